/** The scopes under the picture. They claim no more than they measure. */
export const scopes = {
  title: 'Scopes',
  button: 'Scopes (W)',
  label: 'Scopes, 8-bit Rec.709, as decoded',
  limit: '8-bit Rec.709, as decoded',
  waveform: 'Waveform',
  parade: 'Parade',
  rgb: 'R G B',
  vectorscope: 'Vectorscope',
  histogram: 'Histogram',
  luma: 'Luma',
  percent: (n: number) => `${n}`,
  say: {
    waveform: 'Waveform: luma across the picture, 0 to 100',
    parade: 'Parade: red, green and blue across the picture, 0 to 100',
    vectorscope: 'Vectorscope with the targets of 75 % bars in Rec.709, and the line of skin',
    histogram: 'Histogram: how much of the picture has which luma, black at the left',
  },
  faults: {
    unsupported: 'This browser cannot draw scopes. Use a current Chrome, Edge, Firefox or Safari.',
    unreadable: 'This browser does not let the page read the picture, so there is nothing to measure.',
  },
}

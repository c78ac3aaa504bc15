/** The page with the chart. */
export const chart = {
  /** How times are written, as a language tag. */
  times: 'en-GB',

  picture: 'Colour chart with 24 patches, a grey scale, PLUGE, line patterns and a machine-readable strip',
  /** Drawn into the chart itself. */
  label: (width: number, height: number) =>
    `Sightline chart · ${width} × ${height} · code values of sRGB and BT.709`,
  still: 'Still: colour without latency',

  clock: {
    checking: 'Asking the server for its clock',
    'no-link': 'No clock: this page was opened without a chart link. It shows colour, not latency.',
    ended: 'No clock: this chart link has ended. Make a new one in the room.',
    away: 'No clock: the server cannot be reached. Trying again in a few seconds.',
    fine: (ms: number) => `Clock of the server, ± ${ms} ms`,
    free: (since: string, ms: number) =>
      `The server cannot be reached. The clock runs free since ${since}, ± ${ms} ms`,
  },
  pixels: {
    exact: 'Exact pixels',
    smaller: 'Exact pixels, smaller than the window',
    scaled: (percent: number) => `Scaled to ${percent} %: pixels are not exact`,
  },

  bar: 'Chart',
  size: 'Size',
  window: 'This window',
  download: 'Download PNG',
  full: 'Full screen',
  leave: 'Leave full screen',
}

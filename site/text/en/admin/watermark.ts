/** Who watches, written over the picture. */
export const watermark = {
  title: 'Watermark',
  modes: { off: 'None', corner: 'In a corner, which changes', tiled: 'All over the picture' },
  asRoom: 'As the room says',
  asLink: 'As the link says',
  hint: 'Name, link, date and address of who watches, faint, over the picture. It deters and traces; it does not prevent.',
  mark: {
    off: 'No watermark for them',
    corner: 'Watermark in a corner',
    tiled: 'Watermark all over',
    none: 'Watermark as the link says',
  },
  marked: (name: string) => `The picture of ${name} is marked as you chose.`,
}

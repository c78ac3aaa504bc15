import { type Box, type Chart, inner, type StripCells } from './chart.ts'
import type { Picture } from './picture.ts'
import { agree, decodeStrip, type Strip } from './strip.ts'

/** How much of each side of a cell is left out: what an encoder's blocks and a scaler smear. */
const MARGIN = 0.25
/** White and black of a strip that can be read lie at least so far apart, in code values. */
const MIN_CONTRAST = 60

/** What the strip in a picture says; null where there is none, it is covered, or the picture is torn. */
export const stripOf = (picture: Picture, { strips: [top, bottom] }: Chart): Strip | null =>
  agree(readCells(picture, top), readCells(picture, bottom))

function readCells(picture: Picture, { whites, blacks, cells }: StripCells): Strip | null {
  const white = Math.min(...whites.map(box => lightOf(picture, box)))
  const black = Math.max(...blacks.map(box => lightOf(picture, box)))
  if (white - black < MIN_CONTRAST) return null
  const middle = (white + black) / 2
  return decodeStrip(cells.map(box => (lightOf(picture, box) > middle ? 1 : 0)))
}

/** Of the middle of a box, as a code value: green and half of the rest, near enough to luma for black and white. */
export function lightOf(picture: Picture, box: Box, margin = MARGIN): number {
  const { x, y, width, height } = inner(box, margin)
  const [red, green, blue] = picture.rgbAt(x, y, width, height)
  return red / 4 + green / 2 + blue / 4
}

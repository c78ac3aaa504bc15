import type { Mark } from './layer.ts'

/** How strong the words are over a still, 0 to 1: as over the picture. */
const STRENGTH = 0.16
/** The size of the words, of the picture's height. */
const SIZE = 1 / 45

type Pen = Pick<
  CanvasRenderingContext2D,
  | 'save'
  | 'restore'
  | 'fillText'
  | 'strokeText'
  | 'measureText'
  | 'font'
  | 'globalAlpha'
  | 'fillStyle'
  | 'strokeStyle'
>

/** Where the words stand in a picture, by their lower left ends: in the upper right corner, or all over. */
export function placesIn(
  mode: Mark['mode'],
  picture: { width: number; height: number },
  text: { width: number; size: number },
): [number, number][] {
  const { width, height } = picture
  if (mode === 'corner') return [[Math.max(0, width * 0.97 - text.width), height * 0.05 + text.size]]
  const places: [number, number][] = []
  const step = text.width + 3 * text.size
  for (let row = 0, y = 2 * text.size; y < height; row++, y += 6 * text.size)
    for (let x = row % 2 ? -step / 2 : text.size; x < width; x += step) places.push([x, y])
  return places
}

/** Writes a mark into a still, as it lies over the picture that it was taken of. */
export function burnMark(pen: Pen, { mode, text }: Mark, picture: { width: number; height: number }): void {
  const size = Math.max(10, Math.round(picture.height * SIZE))
  pen.save()
  pen.font = `500 ${size}px sans-serif`
  pen.globalAlpha = STRENGTH
  pen.fillStyle = '#fff'
  pen.strokeStyle = '#000'
  const { width } = pen.measureText(text)
  for (const [x, y] of placesIn(mode, picture, { width, size })) {
    pen.strokeText(text, x, y)
    pen.fillText(text, x, y)
  }
  pen.restore()
}

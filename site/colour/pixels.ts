import type { Picture } from './picture.ts'

/** Pixels of a canvas, four bytes each. */
export const pictureOfPixels = ({
  width,
  height,
  data,
}: Pick<ImageData, 'width' | 'height' | 'data'>): Picture => ({
  width,
  height,
  source: 'canvas',
  colorSpace: null,
  format: 'RGBA',
  rgbAt(x, y, across, down) {
    let [red, green, blue] = [0, 0, 0]
    for (let row = y; row < y + down; row += 1)
      for (let at = (row * width + x) * 4; at < (row * width + x + across) * 4; at += 4) {
        red += data[at]!
        green += data[at + 1]!
        blue += data[at + 2]!
      }
    const count = across * down
    return [red / count, green / count, blue / count]
  },
})

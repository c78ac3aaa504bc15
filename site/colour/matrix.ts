import type { Rgb } from './delta-e.ts'

/** The matrices that luma and colour differences are made with. */
export type Matrix = '709' | '601' | '2020'

/** A code value of luma, blue and red difference, in the range of 8 bits; fractions are means. */
export type Yuv = readonly [y: number, u: number, v: number]

/** The shares of red and blue in luma: ITU-R BT.709, BT.601 and BT.2020 (non-constant luminance). */
const shares: Record<Matrix, readonly [red: number, blue: number]> = {
  '709': [0.2126, 0.0722],
  '601': [0.299, 0.114],
  '2020': [0.2627, 0.0593],
}

/** Where black lies, and how far luma and colour differences reach, in code values of 8 bits. */
const ranges = {
  limited: { black: 16, luma: 219, chroma: 224 },
  full: { black: 0, luma: 255, chroma: 255 },
}
export type Range = keyof typeof ranges

/** Full-range RGB to what an encoder would write, unrounded. */
export function toYuv([red, green, blue]: Rgb, matrix: Matrix, range: Range): Yuv {
  const [kr, kb] = shares[matrix]
  const { black, luma, chroma } = ranges[range]
  const [r, g, b] = [red / 255, green / 255, blue / 255]
  const y = kr * r + (1 - kr - kb) * g + kb * b
  const u = (b - y) / (2 * (1 - kb))
  const v = (r - y) / (2 * (1 - kr))
  return [black + luma * y, 128 + chroma * u, 128 + chroma * v]
}

/** What a decoder makes of it: full-range RGB, its ends cut off. */
export function toRgb([y, u, v]: Yuv, matrix: Matrix, range: Range): Rgb {
  const [kr, kb] = shares[matrix]
  const { black, luma, chroma } = ranges[range]
  const light = (y - black) / luma
  const red = light + (2 * (1 - kr) * (v - 128)) / chroma
  const blue = light + (2 * (1 - kb) * (u - 128)) / chroma
  const green = (light - kr * red - kb * blue) / (1 - kr - kb)
  return [cut(red), cut(green), cut(blue)]
}

const cut = (share: number): number => Math.max(0, Math.min(255, share * 255))

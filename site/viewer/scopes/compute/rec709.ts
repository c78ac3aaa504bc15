/** Rec.709's weights of red, green and blue in luma. */
const KR = 0.2126
const KB = 0.0722
const KG = 1 - KR - KB

/** Luma of code values, in the same units. Not rounded. */
export const lumaOf = (r: number, g: number, b: number): number => KR * r + KG * g + KB * b

/** Colour difference, −0.5 to 0.5 each, of code values 0 to 255. */
export function chromaOf(r: number, g: number, b: number): { cb: number; cr: number } {
  const luma = lumaOf(r, g, b)
  return { cb: (b - luma) / (2 * (1 - KB)) / 255, cr: (r - luma) / (2 * (1 - KR)) / 255 }
}

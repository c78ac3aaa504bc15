/**
 * What a trace is drawn with: a grey no brighter than words are (L* 85), more of it the more pixels there are. Little-endian
 * RGBA, as every machine that runs a browser has it.
 */
const INK = 0x00d2d2d2

/**
 * How opaque a cell is, 0 to 255, by its count; from the last on all are alike. A single pixel can be seen, and half of
 * `full` is nearly white.
 * @param full the count of a cell as bright as can be
 */
export function glowOf(full: number): Uint8ClampedArray {
  const glow = new Uint8ClampedArray(Math.max(2, Math.ceil(full) + 1))
  for (let count = 1; count < glow.length; count++)
    glow[count] = 48 + 207 * (1 - Math.exp((-4 * count) / full))
  return glow
}

/** Where a plot goes: pixels of a picture, and how many of them are in a row. */
export interface Plot {
  pixels: Uint32Array
  stride: number
}

/** Draws counts of levels, `counts[level * width + column]`, the highest level on top, from column `left` of the plot. */
export function paintLevels(
  counts: Uint32Array,
  width: number,
  glow: Uint8ClampedArray,
  { pixels, stride }: Plot,
  left = 0,
): void {
  const rows = counts.length / width
  for (let row = 0; row < rows; row++) {
    const from = (rows - 1 - row) * width
    paintRow(counts, from, width, glow, pixels, row * stride + left)
  }
}

/** Draws a square of counts as it is. */
export function paintField(counts: Uint32Array, glow: Uint8ClampedArray, { pixels }: Plot): void {
  paintRow(counts, 0, counts.length, glow, pixels, 0)
}

function paintRow(
  counts: Uint32Array,
  from: number,
  length: number,
  glow: Uint8ClampedArray,
  pixels: Uint32Array,
  to: number,
): void {
  const last = glow.length - 1
  for (let i = 0; i < length; i++)
    pixels[to + i] = ((glow[Math.min(counts[from + i]!, last)]! << 24) | INK) >>> 0
}

/**
 * Draws a histogram as bars that stand on the bottom row. The highest between black and white is as high as the plot:
 * bars and letterboxes would flatten everything else.
 */
export function paintBars(counts: Uint32Array, { pixels, stride }: Plot): void {
  const rows = pixels.length / stride
  const peak = counts.subarray(1, -1).reduce((most, count) => Math.max(most, count), 0) || Math.max(...counts)
  const opaque = (0xa0 << 24) | INK
  pixels.fill(0)
  for (const [column, count] of counts.entries()) {
    const height = count && Math.max(1, Math.round((Math.min(count, peak) / peak) * rows))
    for (let row = rows - height; row < rows; row++) pixels[row * stride + column] = opaque >>> 0
  }
}

import type { Frame } from './frame.ts'

/** A frame of a colour for each place. */
export function frameOf(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number],
): Frame {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([...color(x, y), 255], (y * width + x) * 4)
  return { width, height, data }
}

/** What an array counts, without its zeros: `[[index, count], …]`. */
export const counted = (counts: Uint32Array): [number, number][] =>
  [...counts].flatMap((count, index) => (count ? [[index, count] as [number, number]] : []))

/** Numbers that look like chance and are the same each time. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

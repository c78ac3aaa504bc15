import type { Frame } from './frame.ts'
import { chromaOf } from './rec709.ts'

/** The plot is so many cells wide and high: an odd number, so that grey has a cell of its own in the middle. */
export const CHROMA_SIZE = 257

/** Where a chroma lies, 0 to 1 from the left and from the top: Cb to the right, Cr upwards. */
export const placeOf = ({ cb, cr }: { cb: number; cr: number }): { x: number; y: number } => ({
  x: 0.5 + cb,
  y: 0.5 - cr,
})

const cellOf = (part: number): number => Math.round(part * (CHROMA_SIZE - 1))

/** How many pixels have each chroma: `counts[y * 257 + x]`. What was counted before is gone. */
export function countChroma({ data }: Frame, counts: Uint32Array): void {
  counts.fill(0)
  for (let i = 0; i < data.length; i += 4) {
    const { x, y } = placeOf(chromaOf(data[i]!, data[i + 1]!, data[i + 2]!))
    counts[cellOf(y) * CHROMA_SIZE + cellOf(x)]!++
  }
}

export const chromaCounts = (): Uint32Array => new Uint32Array(CHROMA_SIZE * CHROMA_SIZE)

import { type Frame, LEVELS } from './frame.ts'
import { lumaOf } from './rec709.ts'

/** A level for each pixel; 0 = red, 1 = green, 2 = blue. */
export type Channel = 0 | 1 | 2

/**
 * How many pixels of each column have each level: `counts[level * width + column]`, so that the rows of the result are
 * levels. What was counted before is gone.
 * @param counts at least width × 256 long
 */
export function countLuma({ width, data }: Frame, counts: Uint32Array): void {
  counts.fill(0)
  for (let i = 0, column = 0; i < data.length; i += 4) {
    const level = Math.round(lumaOf(data[i]!, data[i + 1]!, data[i + 2]!))
    counts[level * width + column]!++
    if (++column === width) column = 0
  }
}

/** The same of one of the colours. */
export function countChannel({ width, data }: Frame, channel: Channel, counts: Uint32Array): void {
  counts.fill(0)
  for (let i = channel, column = 0; i < data.length; i += 4) {
    counts[data[i]! * width + column]!++
    if (++column === width) column = 0
  }
}

/** A fitting array for the counts of frames so wide. */
export const countsFor = (width: number): Uint32Array => new Uint32Array(width * LEVELS)

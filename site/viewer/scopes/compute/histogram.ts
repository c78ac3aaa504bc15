import { type Frame, LEVELS } from './frame.ts'
import { lumaOf } from './rec709.ts'

/** How many pixels have each luma, from 0 to 255. What was counted before is gone. */
export function histogramOf({ data }: Frame, counts: Uint32Array): void {
  counts.fill(0)
  for (let i = 0; i < data.length; i += 4) counts[Math.round(lumaOf(data[i]!, data[i + 1]!, data[i + 2]!))]!++
}

export const histogramCounts = (): Uint32Array => new Uint32Array(LEVELS)

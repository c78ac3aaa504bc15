/** Rates that encoders make. */
const usual = [23.976, 24, 25, 29.97, 30, 48, 50, 59.94, 60]
/** A rate counts as a usual one when it is as close to it, as a part of it. */
const CLOSE = 0.004
/** So many distances are looked at. */
export const DISTANCES = 60

/**
 * How many frames a second the source makes, from the distances of frames on the source's own clock, in seconds. Where a
 * frame was lost or left out the distance is a multiple: so it is the middle of the shorter half.
 */
export function sourceRateOf(distances: readonly number[]): number | null {
  const sorted = distances.filter(distance => distance > 0 && distance < 2).toSorted((a, b) => a - b)
  if (sorted.length < 8) return null
  const distance = sorted[Math.floor(sorted.length / 4)]!
  const rate = 1 / distance
  const nearest = usual.reduce((a, b) => (Math.abs(b - rate) < Math.abs(a - rate) ? b : a))
  return Math.abs(nearest - rate) / nearest < CLOSE ? nearest : Math.round(rate * 10) / 10
}

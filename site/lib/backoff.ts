/** Between the first failure and the second try, in ms. */
const FIRST = 500
/** Never longer between two tries, in ms: a room comes back for its viewers within this. */
const LONGEST = 10_000

/**
 * How long to wait before the next try, in ms, after `failures` (≥ 1) in a row: 0.5, 1, 2, 4, 8, then 10 s.
 * `spread` (0 to 1, drawn once a page) moves it by ±15 %, so that the viewers of a room do not all come back at once.
 */
export function backoff(failures: number, spread: number): number {
  const plain = Math.min(FIRST * 2 ** (Math.max(1, failures) - 1), LONGEST)
  return Math.round(plain * (0.85 + 0.3 * spread))
}

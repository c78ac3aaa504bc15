/** What one person may still send: a bucket that every message takes a token from, and that fills up again by itself. */
export interface Allowance {
  tokens: number
  /** When that was, in ms. */
  at: number
}

/** Messages at once, and per second after that: more than anybody types or clicks. */
export const BURST = 20
const PER_SECOND = 5

/** So many messages past the allowance are refused one by one; who goes on is no page of ours. */
export const PATIENCE = 100

export const fullAllowance = (at: number): Allowance => ({ tokens: BURST, at })

/** Takes one message's token. A clock that goes back fills nothing. */
export function take(
  { tokens, at: before }: Allowance,
  at: number,
): { allowance: Allowance; verdict: 'go' | 'wait' | 'flooding' } {
  const filled = Math.min(BURST, tokens + (Math.max(0, at - before) / 1000) * PER_SECOND)
  const left = Math.max(-PATIENCE, filled - 1)
  const verdict = left >= 0 ? 'go' : left > -PATIENCE ? 'wait' : 'flooding'
  return { allowance: { tokens: left, at: Math.max(at, before) }, verdict }
}

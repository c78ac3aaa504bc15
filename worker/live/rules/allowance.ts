/** What one person may still send: a bucket that every message takes a token from, and that fills up again by itself. */
export interface Allowance {
  tokens: number
  /** When that was, in ms. */
  at: number
}

/** How much a bucket holds, and what comes back per second. */
export interface Rule {
  burst: number
  perSecond: number
  /** See {@link PATIENCE}, which it is if nothing else is said. */
  patience?: number
}

/** Messages: more than anybody types or clicks. */
export const MESSAGES: Rule = { burst: 20, perSecond: 5 }

/**
 * What is relayed between two pages: an offer or answer and the candidates of a connection's way, some 30 at once; three
 * file transfers may begin together. As much as that of the largest size still fits into what a slow page may be behind.
 */
export const SIGNALS: Rule = { burst: 100, perSecond: 10 }

/** Pings: many more than one each 3 s from each of a person's pages. Past them none is answered. */
export const PINGS: Rule = { burst: 50, perSecond: 5 }

/**
 * A pointer that moves, 30 times a second from a page of ours. A line that hangs may bring 10 s of that at once, which is
 * no flood.
 */
export const POINTERS: Rule = { burst: 40, perSecond: 40, patience: 600 }

/** Parts of what is being drawn: 20 a second from a page of ours, and likewise after a line that hung. */
export const STROKES: Rule = { burst: 200, perSecond: 25, patience: 200 }

/** What a page says of its picture: one each 2 s, and a few at once when a room begins. */
export const REPORTS: Rule = { burst: 4, perSecond: 0.5 }

/** So many messages past the allowance are refused one by one; who goes on is no page of ours. */
export const PATIENCE = 100

export const fullAllowance = (at: number, { burst }: Rule = MESSAGES): Allowance => ({ tokens: burst, at })

/** Takes a message's tokens, one as a rule. A clock that goes back fills nothing. */
export function take(
  { tokens, at: before }: Allowance,
  at: number,
  { burst, perSecond, patience = PATIENCE }: Rule = MESSAGES,
  cost = 1,
): { allowance: Allowance; verdict: 'go' | 'wait' | 'flooding' } {
  const filled = Math.min(burst, tokens + (Math.max(0, at - before) / 1000) * perSecond)
  const left = Math.max(-patience, filled - cost)
  const verdict = left >= 0 ? 'go' : left > -patience ? 'wait' : 'flooding'
  return { allowance: { tokens: left, at: Math.max(at, before) }, verdict }
}

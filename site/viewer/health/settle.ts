import { isHeld, type Level, UNKNOWN, type Verdict } from './verdict.ts'

/** Worse is said when it has been so for as long, better when it has been better for as long, in ms. */
const WORSE_AFTER = 3_000
const BETTER_AFTER = 5_000

const ranks: Record<Level, number> = { unknown: -1, good: 0, fair: 1, poor: 2 }

/** What is said, and what was found of late. */
export interface Settled {
  said: Verdict
  /** The oldest first; ms. */
  recent: readonly { at: number; verdict: Verdict }[]
}

export const unsettled: Settled = { said: UNKNOWN, recent: [] }

/**
 * Takes one more finding, so that what is said does not flicker. At once: that the picture stands or moves again, that
 * nobody can judge it, and the first finding after that.
 */
export function settle({ said, recent }: Settled, verdict: Verdict, at: number): Settled {
  const kept = [...recent.filter(one => one.at > at - BETTER_AFTER - 1_000), { at, verdict }]
  const after = (next: Verdict): Settled => ({ said: next, recent: kept })
  if (verdict.level === 'unknown' || said.level === 'unknown') return after(verdict)
  if (isHeld(verdict)) return after(heldNow(said, verdict))
  if (isHeld(said)) return after(verdict)
  if (verdict.level === said.level && verdict.cause === said.cause) return after(verdict)
  const since = (ms: number) => kept.filter(one => one.at >= at - ms)
  const lasted = (ms: number, is: (rank: number) => boolean) =>
    kept[0]!.at <= at - ms && since(ms).every(one => is(ranks[one.verdict.level]))
  const rank = ranks[said.level]
  if (lasted(WORSE_AFTER, other => other > rank)) return after(verdict)
  if (lasted(BETTER_AFTER, other => other < rank))
    return after(worst(since(BETTER_AFTER).map(one => one.verdict)))
  const moved = since(BETTER_AFTER).every(one => one.verdict.cause !== said.cause)
  if (lasted(BETTER_AFTER, other => other === rank) && moved) return after(verdict)
  return after(said)
}

/**
 * That an encoder stands is known from a path that lives. When the path has gone with it, because its time ran out, that
 * is no news about the fault.
 */
const heldNow = (said: Verdict, verdict: Verdict): Verdict =>
  verdict.cause === 'lost' && (said.cause === 'frozen' || said.cause === 'stopped') ? said : verdict

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce((a, b) => (ranks[b.level] >= ranks[a.level] ? b : a))

import type { IceAnswer } from '../../../worker/ice/schema.ts'
import { callOf } from '../../lib/call-of.ts'

/** Why there are no servers to be had. */
export type NoServers = 'refused' | 'unreachable'

/**
 * Asks for STUN and TURN servers, and keeps the answer for half its time: a transfer that begins then still has the
 * other half.
 * @param token of the person, as it is now
 */
export function createServers(
  fetch: typeof globalThis.fetch,
  token: () => string,
  now: () => number = Date.now,
): () => Promise<IceAnswer | NoServers> {
  let kept: { answer: IceAnswer; until: number } | null = null
  return async () => {
    if (kept && now() < kept.until) return kept.answer
    try {
      const response = await fetch('/api/ice', callOf({ token: token() }))
      if (!response.ok) return response.status < 500 ? 'refused' : 'unreachable'
      const answer = (await response.json()) as IceAnswer
      kept = { answer, until: now() + answer.ttl * 500 }
      return answer
    } catch {
      return 'unreachable'
    }
  }
}

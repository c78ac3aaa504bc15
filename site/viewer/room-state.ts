import type { RoomView } from '../../worker/people/schema.ts'
import type { Refusal } from '../lib/refusal.ts'
import type { RoomOutcome } from './api.ts'

/** What there is to know of the room. Later the live channel brings the same news without being asked. */
export type RoomNews =
  | { type: 'view'; view: RoomView }
  | { type: 'refused'; refusal: Refusal }
  /** The token no longer counts: join again. */
  | { type: 'signed-out' }
  | { type: 'unreachable'; failures: number; nextTryAt: number }

export interface RoomStateOptions {
  ask(etag: string | null): Promise<RoomOutcome>
  /** How long until the next time, in ms; asked after every answer. */
  pace(facts: { refused: boolean; failures: number }): number
  onNews(news: RoomNews): void
}

export interface RoomState {
  /** Something happened that the room knows more of, or somebody does not want to wait. */
  askNow(): void
  stop(): void
}

/**
 * Follows the state of a room by cheap polling: the server answers 304 while nothing changed. Asks at once when the
 * page is looked at again or the network is back.
 */
export function followRoom({ ask, pace, onNews }: RoomStateOptions): RoomState {
  let etag: string | null = null
  let failures = 0
  let refused = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = false
  let again = false
  let stopped = false
  let last: RoomView | null = null

  async function round(): Promise<void> {
    clearTimeout(timer)
    asking = true
    again = false
    const outcome = await ask(etag)
    asking = false
    if (stopped) return
    const missed = failures
    failures = outcome === 'unreachable' ? failures + 1 : 0
    if (typeof outcome === 'object') {
      refused = 'refusal' in outcome
      etag = 'view' in outcome ? outcome.etag : null
      last = 'view' in outcome ? outcome.view : last
    }
    if (again) etag = null
    const wait = () => (again ? 0 : pace({ refused, failures }))
    if (outcome === 'unreachable') onNews({ type: outcome, failures, nextTryAt: Date.now() + wait() })
    else if (outcome === 'signed-out') onNews({ type: outcome })
    else if (outcome !== 'unchanged' && 'refusal' in outcome)
      onNews({ type: 'refused', refusal: outcome.refusal })
    else if (last && (outcome !== 'unchanged' || missed > 0)) onNews({ type: 'view', view: last })
    // News decide how soon to ask again, and may have ended it or asked already.
    if (!stopped && !asking) timer = setTimeout(round, wait())
  }

  const askNow = () => {
    if (stopped) return
    // Whoever asks wants to hear it, changed or not.
    etag = null
    if (asking) again = true
    else round()
  }
  const looked = () => {
    if (document.visibilityState === 'visible') askNow()
  }

  timer = setTimeout(round, pace({ refused, failures }))
  addEventListener('online', askNow)
  document.addEventListener('visibilitychange', looked)
  return {
    askNow,
    stop() {
      stopped = true
      clearTimeout(timer)
      removeEventListener('online', askNow)
      document.removeEventListener('visibilitychange', looked)
    },
  }
}

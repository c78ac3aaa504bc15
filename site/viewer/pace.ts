import type { RoomView } from '../../worker/people/schema.ts'
import { backoff } from '../lib/backoff.ts'

export interface PaceFacts {
  /** The room as last seen; null before that. */
  view: Pick<RoomView, 'state' | 'opensAt' | 'publishing' | 'playable'> | null
  /** The last answer was a refusal. */
  refused: boolean
  /** Answers missed in a row. */
  failures: number
  /** The picture moves. */
  playing: boolean
  hidden: boolean
  /** The server's clock, in ms. */
  now: number
  spread: number
}

/**
 * How long until the room is asked again, in ms. Once a second while something is waited for; every 400 ms once an
 * encoder is there and the picture is about to be (it must start within a second of being playable); every 5 s while
 * it plays, 15 s if nobody looks. A refused person asks every 15 s: a link may be extended.
 */
export function pace({ view, refused, failures, playing, hidden, now, spread }: PaceFacts): number {
  if (failures > 0) return backoff(failures, spread)
  if (refused) return hidden ? 120_000 : 15_000
  if (view?.state === 'waiting') {
    const left = view.opensAt === null ? 0 : Date.parse(view.opensAt) - now
    return Math.min(Math.max(left + 50, 1000), 5000)
  }
  if (playing) return hidden ? 15_000 : 5000
  if (view?.publishing && view.playable !== true) return 400
  return 1000
}

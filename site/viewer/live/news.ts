import type { RoomView } from '../../../worker/people/schema.ts'
import type { Refusal } from '../../lib/refusal.ts'

/** What there is to know of the room, for the visit as a whole. */
export type RoomNews =
  | { type: 'view'; view: RoomView }
  | { type: 'refused'; refusal: Refusal }
  /** The token no longer counts: join again. */
  | { type: 'signed-out' }
  /** Answers missed in a row, and when the next try is, in ms. */
  | { type: 'unreachable'; failures: number; nextTryAt: number }
  /** This page's line has ended, and comes back only when somebody asks for it. */
  | { type: 'left'; why: Left }

/** Another page of the same person took this one's place, this one said far too much, or somebody wanted to leave. */
export type Left = 'replaced' | 'flooding' | 'leaving'

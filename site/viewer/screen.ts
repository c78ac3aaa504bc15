import type { RoomView } from '../../worker/people/schema.ts'
import type { Refusal } from '../lib/refusal.ts'
import type { PlayerReport } from '../player/state.ts'
import type { Needs, PinFault } from './api.ts'
import type { Left } from './live/news.ts'
import type { SignIn } from './sign-in-state.ts'
import type { Given, Trouble, Visit } from './visit.ts'

/** What is on screen: a door, or the room. `name` is the page's `data-state`. */
export type Screen =
  | { name: 'no-link'; signIn: SignIn | null }
  | { name: 'joining' }
  | { name: 'asking'; needs: Needs; fault: PinFault | null; busy: boolean; given: Given }
  | { name: 'countdown'; title: string; opensAt: string | null; skew: number; demo: boolean }
  /** Before a door that a host, or the room, opens. */
  | {
      name: 'knock'
      waiting: Exclude<NonNullable<RoomView['waiting']>['for'], 'start'>
      message: string | null
      title: string
      person: string
      demo: boolean
    }
  | { name: 'full'; seats: number | null; person: string; demo: boolean }
  /** `knocked`: they were not in before. */
  | { name: 'refused'; refusal: Refusal; knocked?: true }
  | { name: 'unreachable'; trouble: Trouble }
  | { name: 'left'; why: Left }
  | { name: 'waiting' | 'playing' | 'held'; view: RoomView; trouble: Trouble | null }

/** One lost answer is nothing to speak of; two are told, while there is no picture to look at. */
const TELL_AFTER = 2

/**
 * Chooses between what the visit knows and what the player shows. A picture that moves is shown to the end of its
 * lease, whatever is refused meanwhile, except to somebody whom the host removed.
 */
export function chooseScreen(visit: Visit, player: PlayerReport | null): Screen {
  switch (visit.at) {
    case 'no-link':
      return { name: 'no-link', signIn: visit.signIn }
    case 'joining':
      return { name: 'joining' }
    case 'returning':
      return visit.trouble ? { name: 'unreachable', trouble: visit.trouble } : { name: 'joining' }
    case 'asking': {
      const { needs, fault, busy, given } = visit
      return { name: 'asking', needs, fault, busy, given }
    }
    case 'refused':
      return { name: 'refused', refusal: visit.refusal }
    case 'unreachable':
      return { name: 'unreachable', trouble: visit.trouble }
  }
  const { view, skew, refusal, trouble, left } = visit
  if (left) return { name: 'left', why: left }
  const picture = player?.picture ?? 'none'
  const room = { view, trouble }
  if (picture === 'moving' && refusal?.code !== 'removed') return { name: 'playing', ...room }
  const reason = refusal ?? player?.refusal
  if (reason?.code === 'room_full')
    return { name: 'full', seats: reason.seats ?? null, person: view.person.name, demo: view.demo }
  if (
    view.state === 'waiting' &&
    (!reason || reason.code === 'not_started' || reason.code === 'not_admitted')
  )
    return beforeDoor(view, skew)
  if (reason) {
    const refused = { name: 'refused', refusal: reason } as const
    return view.state === 'waiting' ? { ...refused, knocked: true } : refused
  }
  if (picture === 'held') return { name: 'held', ...room }
  if (trouble && trouble.failures >= TELL_AFTER) return { name: 'unreachable', trouble }
  return { name: 'waiting', ...room }
}

function beforeDoor(view: RoomView, skew: number): Screen {
  const { waiting, opensAt, demo, person, room } = view
  if (!waiting || waiting.for === 'start')
    return { name: 'countdown', title: room.title, opensAt, skew, demo }
  const { for: what, message } = waiting
  return { name: 'knock', waiting: what, message, title: room.title, person: person.name, demo }
}

/** Whether a player is at work behind this: refused by the room means no player, refused a seat does. */
export function wantsPlayer(visit: Visit, player: PlayerReport | null): visit is Visit & { at: 'in' } {
  if (visit.at !== 'in' || visit.left) return false
  if (!visit.refusal) return true
  return player?.picture === 'moving' && visit.refusal.code !== 'removed'
}

import { backoff } from '../lib/backoff.ts'
import type { Refusal } from '../lib/refusal.ts'
import { renewAt } from './renewal.ts'
import type { Route } from './route.ts'

/**
 * The programme as the room tells it: not published, published but not yet playable, playable, or published while the
 * origin cannot be asked (then the player tries signalling).
 */
export type Stream = 'none' | 'coming' | 'playable' | 'unknown'

/** Addresses to open sessions with, and how long they and the sessions are good for. */
export interface Ticket {
  webrtc: string
  llhls: string
  /** No session may be opened after this, in ms. */
  usableUntil: number
  leaseMs: number
}

/** One media session at the origin. */
export interface Session {
  id: number
  route: Route
  openedAt: number
  leaseMs: number
  /** When it counts as failed, in ms, unless it got further; Infinity while the browser waits for a touch. */
  failBy: number
  /** How far it got. LL-HLS gets from nothing to its first frame at once. */
  reached: 'nothing' | 'offer' | 'connection'
}

/** Why a session did not come about or ended. */
export type Failure =
  /** No offer: refused, not live, or the origin cannot be reached. */
  | 'signalling'
  /** An offer, but no connection. */
  | 'not-connected'
  /** A codec or format that the browser does not take over this way. */
  | 'unsupported'
  /** Connected, but no picture; or the picture ended. */
  | 'media'

export interface PlayerState {
  stream: Stream
  /** Its picture is on screen, moving or not. */
  shown: Session | null
  /** The picture on screen moves. */
  moving: boolean
  /** When it last did, in ms, once it stands. */
  stoodAt: number
  /** Being opened beside or instead of it. */
  opening: Session | null
  ticket: Ticket | null
  /** What was asked and is not answered yet. */
  awaiting: 'ticket' | 'probe' | null
  /** The way the next session goes. */
  route: Route
  /** Tries that failed since the picture was last there. */
  tries: number
  nextTryAt: number
  renewalFailures: number
  /** While on LL-HLS: when to try to get back to WebRTC, and how often that was tried. */
  climbAt: number
  climbs: number
  /** Why no further session is granted. The picture goes on to the end of its lease. */
  refusal: Refusal | null
  /** Sessions opened so far. */
  opened: number
  /** This viewer's place among all, 0 to 1. */
  spread: number
}

export const startingState = (spread: number): PlayerState => ({
  stream: 'none',
  shown: null,
  moving: false,
  stoodAt: 0,
  opening: null,
  ticket: null,
  awaiting: null,
  route: 'udp',
  tries: 0,
  nextTryAt: 0,
  renewalFailures: 0,
  climbAt: 0,
  climbs: 0,
  refusal: null,
  opened: 0,
  spread,
})

/** After a refusal, ask no sooner again, in ms: for a seat in a full room, or when the room says otherwise. */
export const ASK_AGAIN = 3000
/** Between two signallings while the origin cannot be asked, in ms. */
export const PROBE_AGAIN = 500

/** The last refusal counts once the picture has ended. */
export const isOver = (s: PlayerState): boolean => s.refusal !== null && !s.moving

export const shouldOpen = (s: PlayerState): boolean =>
  s.refusal === null && !s.moving && s.stream !== 'none' && s.stream !== 'coming'

export const renewalTime = (s: PlayerState): number =>
  s.shown && s.moving && s.refusal === null
    ? renewAt({ ...s.shown, spread: s.spread, failures: s.renewalFailures })
    : Number.POSITIVE_INFINITY

/** From LL-HLS back to WebRTC, unless the lease is renewed first. */
export const climbTime = (s: PlayerState): number =>
  s.shown?.route === 'llhls' && s.moving && s.refusal === null && s.climbAt + 15_000 < renewalTime(s)
    ? s.climbAt
    : Number.POSITIVE_INFINITY

/** When something is due that no event announces, in ms; Infinity if nothing is. */
export function wakeAt(s: PlayerState): number {
  if (s.opening) return s.opening.failBy
  if (s.awaiting) return Number.POSITIVE_INFINITY
  if (isOver(s)) return s.refusal?.code === 'room_full' ? s.nextTryAt : Number.POSITIVE_INFINITY
  if (s.moving) return Math.min(renewalTime(s), climbTime(s))
  return shouldOpen(s) ? s.nextTryAt : Number.POSITIVE_INFINITY
}

export const nextTry = (s: PlayerState, now: number): number => now + backoff(s.tries, s.spread)

/** What the page needs to know of the player. */
export interface PlayerReport {
  /** `none` before the first picture, `held` while the last one stands. */
  picture: 'none' | 'moving' | 'held'
  /** Why it is over, once the picture has ended. */
  refusal: Refusal | null
  stream: Stream
  /** Tries that failed since the picture was last there, and when the next one is, in ms. */
  tries: number
  nextTryAt: number | null
  /** How the picture on screen comes; null without one. */
  route: Route | null
  /** Of a held picture: when it last moved, in ms. */
  stoodAt: number | null
}

export function report(s: PlayerState): PlayerReport {
  const trying = shouldOpen(s) && !s.opening && !s.awaiting
  return {
    picture: s.shown === null ? 'none' : s.moving ? 'moving' : 'held',
    refusal: isOver(s) ? s.refusal : null,
    stream: s.stream,
    tries: s.tries,
    nextTryAt: trying ? s.nextTryAt : null,
    route: s.shown?.route ?? null,
    stoodAt: s.shown && !s.moving ? s.stoodAt : null,
  }
}

import type { Refusal } from '../lib/refusal.ts'
import { addressFor, CONNECT_WITHIN, climbAfter, climbRoute, nextRoute, type Route } from './route.ts'
import { STALL_AFTER } from './stall.ts'
import {
  ASK_AGAIN,
  climbTime,
  type Failure,
  isOver,
  nextTry,
  type PlayerState,
  PROBE_AGAIN,
  renewalTime,
  type Session,
  type Stream,
  shouldOpen,
  type Ticket,
} from './state.ts'

/** An origin that is there makes its offer within this, in ms. */
const OFFER_WITHIN = 5000
/** A connected session must show its first frame within this, in ms: a keyframe may be long in coming. */
const FRAME_WITHIN = 12_000
/** A ticket is not used in its last moments, in ms: the way to the origin takes time too. */
const TICKET_MARGIN = 5000
/** So many openings without an offer while the room says it plays, and the WebSocket itself may be blocked. */
const SIGNALLING_GIVES_WAY = 3

export type PlayerEvent = { now: number } & (
  | { type: 'tick' | 'online' | 'retry' | 'resume' | 'unreachable' }
  | { type: 'stream'; stream: Stream }
  | { type: 'ticket'; ticket: Ticket }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'probed'; offered: boolean }
  | { type: 'offered' | 'connected' | 'frame' | 'blocked' | 'stalled' | 'moving'; id: number }
  | { type: 'failed'; id: number; why: Failure }
)

export type PlayerEffect =
  /** Ask the API for a playback address. */
  | { do: 'ask-ticket' }
  /** Ask the API about the room now, for the true reason. */
  | { do: 'ask-room' }
  /** Signal without playing, to see whether there is an offer. */
  | { do: 'probe'; url: string }
  /** Open a session out of sight. */
  | { do: 'open'; id: number; route: Route; url: string }
  /** Put its picture on screen. */
  | { do: 'show'; id: number }
  | { do: 'close'; id: number }

/** What it means that a session got no further in time. */
const tooLate: Record<Session['reached'], Failure> = {
  nothing: 'signalling',
  offer: 'not-connected',
  connection: 'media',
}

interface Draft {
  s: PlayerState
  effects: PlayerEffect[]
  now: number
}

/** What an event makes of the player, and what to do about it. Pure: all clocks come in with the event. */
export function reduce(
  before: PlayerState,
  event: PlayerEvent,
): { state: PlayerState; effects: PlayerEffect[] } {
  const draft: Draft = { s: { ...before }, effects: [], now: event.now }
  heed(draft, event)
  goOn(draft)
  return { state: draft.s, effects: draft.effects }
}

function heed(draft: Draft, event: PlayerEvent): void {
  const { s, effects, now } = draft
  switch (event.type) {
    case 'tick':
      return
    case 'online':
      // Another network may allow what this one did not.
      Object.assign(s, { route: 'udp', tries: 0, nextTryAt: now, climbAt: now, climbs: 0 })
      return
    case 'retry':
      s.nextTryAt = now
      return
    case 'resume':
      Object.assign(s, { refusal: null, ticket: null, tries: 0, nextTryAt: now })
      return
    case 'stream':
      heedStream(draft, event.stream)
      return
    case 'ticket':
      Object.assign(s, { awaiting: null, ticket: event.ticket, refusal: null })
      return
    case 'refused':
      Object.assign(s, { awaiting: null, ticket: null, refusal: event.refusal, nextTryAt: now + ASK_AGAIN })
      effects.push({ do: 'ask-room' })
      return
    case 'unreachable':
      s.awaiting = null
      if (s.moving) s.renewalFailures++
      else {
        s.tries++
        s.nextTryAt = nextTry(s, now)
      }
      return
    case 'probed':
      s.awaiting = null
      if (event.offered && shouldOpen(s) && !s.opening) open(draft, s.route)
      else s.nextTryAt = now + PROBE_AGAIN
      return
    case 'offered':
      if (s.opening?.id === event.id)
        s.opening = { ...s.opening, reached: 'offer', failBy: now + CONNECT_WITHIN[s.opening.route] }
      return
    case 'connected':
      if (s.opening?.id === event.id)
        s.opening = { ...s.opening, reached: 'connection', failBy: now + FRAME_WITHIN }
      return
    case 'blocked':
      if (s.opening?.id === event.id)
        s.opening = { ...s.opening, reached: 'connection', failBy: Number.POSITIVE_INFINITY }
      return
    case 'frame':
      if (s.opening?.id === event.id) show(draft, s.opening)
      return
    case 'moving':
      if (s.shown?.id === event.id) s.moving = true
      return
    case 'stalled':
      if (s.shown?.id === event.id && s.moving) hold(draft, now - STALL_AFTER)
      return
    case 'failed':
      if (s.opening?.id === event.id) fail(draft, s.opening, event.why)
      else if (s.shown?.id === event.id && s.moving) hold(draft, now)
      else if (s.shown?.id === event.id) effects.push({ do: 'ask-room' })
      return
  }
}

/**
 * The room answered, so whatever room or link refused before is no more; only a seat is not the room's to tell. Should
 * the two disagree, it counts as a failed attempt, so that they are not asked in turns without end.
 */
function heedStream({ s, now }: Draft, stream: Stream): void {
  if (s.refusal && s.refusal.code !== 'room_full' && s.refusal.code !== 'moved') {
    s.refusal = null
    s.renewalFailures++
  }
  if (stream === 'playable' && s.stream !== 'playable') s.nextTryAt = now
  s.stream = stream
}

/** The first frame is there: swap. The old session goes only after the new one stands before it. */
function show({ s, effects, now }: Draft, session: Session): void {
  effects.push({ do: 'show', id: session.id })
  if (s.shown) effects.push({ do: 'close', id: s.shown.id })
  if (session.route === 'llhls' && s.shown?.route !== 'llhls') {
    s.climbs = 0
    s.climbAt = now + climbAfter(0)
  }
  Object.assign(s, { shown: session, moving: true, opening: null, ticket: null, route: session.route })
  Object.assign(s, { tries: 0, renewalFailures: 0 })
}

/** The picture stands still: keep it, ask why, and try at once to get the next one. */
function hold({ s, effects, now }: Draft, stoodAt: number): void {
  Object.assign(s, { moving: false, stoodAt, tries: 0, nextTryAt: now, ticket: null })
  effects.push({ do: 'ask-room' })
}

function fail(draft: Draft, session: Session, why: Failure): void {
  const { s, effects, now } = draft
  effects.push({ do: 'close', id: session.id })
  s.opening = null
  if (why === 'signalling') s.ticket = null
  if (s.moving && s.shown?.route === 'llhls' && session.route !== 'llhls') {
    s.climbs++
    s.climbAt = now + climbAfter(s.climbs)
    return
  }
  const route = routeAfter(s, session.route, why)
  if (s.moving) {
    s.renewalFailures++
    s.route = route
    return
  }
  // Another way is tried at once; the same way, or the first one again, after a pause.
  const onwards = route !== s.route && session.route !== 'llhls' && why !== 'signalling'
  if (!onwards) s.tries++
  s.nextTryAt = onwards ? now : nextTry(s, now)
  s.route = route
  if (why === 'signalling') effects.push({ do: 'ask-room' })
}

function routeAfter(s: PlayerState, route: Route, why: Failure): Route {
  if (route === 'llhls') return 'udp'
  if (why === 'not-connected' || why === 'unsupported') return nextRoute(route, why)
  const blocked = s.stream === 'playable' && (s.tries + 1) % SIGNALLING_GIVES_WAY === 0
  return why === 'signalling' && blocked ? 'llhls' : route
}

function open({ s, effects, now }: Draft, route: Route): void {
  if (!s.ticket) return
  const id = ++s.opened
  const failBy = now + (route === 'llhls' ? CONNECT_WITHIN.llhls : OFFER_WITHIN)
  s.opening = { id, route, openedAt: now, leaseMs: s.ticket.leaseMs, failBy, reached: 'nothing' }
  effects.push({ do: 'open', id, route, url: addressFor(route, s.ticket) })
}

/** Does what is due. */
function goOn(draft: Draft): void {
  const { s, effects, now } = draft
  if (isOver(s)) {
    for (const session of [s.opening, s.shown]) if (session) effects.push({ do: 'close', id: session.id })
    Object.assign(s, { opening: null, shown: null })
    const seatAgain = s.refusal?.code === 'room_full' && now >= s.nextTryAt && !s.awaiting
    if (seatAgain) ask(draft)
    return
  }
  if (s.opening && now >= s.opening.failBy) fail(draft, s.opening, tooLate[s.opening.reached])
  if (s.opening || s.awaiting) return
  if (s.moving) {
    const climb = now >= climbTime(s)
    if (!climb && now < renewalTime(s)) return
    if (usable(s, now)) open(draft, climb ? climbRoute(s.climbs) : s.route)
    else ask(draft)
    return
  }
  if (!shouldOpen(s) || now < s.nextTryAt) return
  if (!usable(s, now)) ask(draft)
  else if (s.stream === 'unknown') {
    s.awaiting = 'probe'
    effects.push({ do: 'probe', url: addressFor(s.route, s.ticket!) })
  } else open(draft, s.route)
}

function ask({ s, effects }: Draft): void {
  s.awaiting = 'ticket'
  s.ticket = null
  effects.push({ do: 'ask-ticket' })
}

const usable = (s: PlayerState, now: number): boolean =>
  s.ticket !== null && now < s.ticket.usableUntil - TICKET_MARGIN

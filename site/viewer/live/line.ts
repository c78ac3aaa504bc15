import type { ByeCode, ToClient } from '../../../worker/live/protocol.ts'
import { backoff } from '../../lib/backoff.ts'
import type { Refusal } from '../../lib/refusal.ts'
import type { RoomOutcome } from '../api.ts'
import type { Left, RoomNews } from './news.ts'

/** Between two pings, in ms. */
const PING_EVERY = 3_000
/** A line on which nothing was heard for so long is dead, in ms: the server's own measure. */
const SILENCE = 10_000
/** Looked at again, or with a new network, the line has so long to show that it lives, in ms. */
const SIGN_OF_LIFE = 3_000
/** A connection has so long to come about, in ms. */
const CONNECT_WITHIN = 8_000
/** A room that refuses is asked again this often, in ms: a link may be extended. */
const ASK_AGAIN = 15_000

/** Byte for byte: on Workers the edge itself answers it. */
const PING = '{"type":"ping"}'

/** The page's line to the room's channel. Times in ms. */
export interface Line {
  at:
    | { is: 'connecting' }
    /** Connected; hello was said and is not answered yet. */
    | { is: 'greeting' }
    | { is: 'live' }
    /** No connection came about, or one without a welcome: the room is being asked why. */
    | { is: 'asking' }
    /** Until the next try. */
    | { is: 'pausing' }
    /** The room refuses; it is asked now and then whether it still does. */
    | { is: 'refused'; refusal: Refusal }
    /** Ended by the room, until somebody wants to come back. */
    | { is: 'left' }
  /** The present connection, or the last; what happens to older ones counts for nothing. */
  socket: number
  /** What has been heard last; a page that comes back gets what came after it. */
  since: { epoch: string; seq: number } | null
  /** Tries in a row that led to no answer. */
  failures: number
  /** When the present state has lasted long enough; Infinity: it waits for an event. */
  until: number
  pingAt: number
}

export type LineEvent = { now: number } & (
  | { type: 'begin' }
  | { type: 'opened'; socket: number }
  | { type: 'heard'; socket: number; message: ToClient }
  | { type: 'closed'; socket: number }
  /** The answer of `GET /api/room`. */
  | { type: 'told'; outcome: RoomOutcome }
  | { type: 'tick' }
  /** The page is looked at again, or the network is back. */
  | { type: 'woken' }
  /** Somebody wants to know now how the room is. */
  | { type: 'ask' }
  /** After the room ended the line for good: somebody wants to be back all the same. */
  | { type: 'again' }
  /** Somebody wants to be gone. */
  | { type: 'leave' }
)

export type LineEffect =
  | { do: 'connect'; socket: number }
  | { do: 'send'; text: string }
  | { do: 'hang-up' }
  | { do: 'ask' }
  /** A message for the room on the page; each reaches it once. */
  | { do: 'deliver'; message: ToClient }
  | { do: 'tell'; news: RoomNews }

export interface LineStep {
  line: Line
  effects: LineEffect[]
}

/** Before anything happened. */
export const idleLine: Line = {
  at: { is: 'pausing' },
  socket: 0,
  since: null,
  failures: 0,
  until: Number.POSITIVE_INFINITY,
  pingAt: Number.POSITIVE_INFINITY,
}

/** What an event makes of the line. Pure: the clock comes in with the event, `spread` (0 to 1) is the page's own. */
export function reduceLine(line: Line, event: LineEvent, spread: number): LineStep {
  const step = decide(line, event, spread)
  if (!hasSocket(line) || hasSocket(step.line)) return step
  return { line: step.line, effects: [{ do: 'hang-up' }, ...step.effects] }
}

const isOpen = ({ at }: Line): boolean => at.is === 'greeting' || at.is === 'live'
const hasSocket = (line: Line): boolean => isOpen(line) || line.at.is === 'connecting'

function decide(line: Line, event: LineEvent, spread: number): LineStep {
  const { now } = event
  switch (event.type) {
    case 'begin':
      return connect(line, now)
    case 'opened':
      if (event.socket !== line.socket || line.at.is !== 'connecting') return still(line)
      return greet(line, now)
    case 'heard':
      return event.socket === line.socket && isOpen(line) ? heard(line, event, spread) : still(line)
    case 'closed':
      if (event.socket !== line.socket) return still(line)
      if (line.at.is === 'live') return broken(line, now, spread)
      return hasSocket(line) ? ask(line) : still(line)
    case 'told':
      return told(line, event.outcome, now, spread)
    case 'tick':
      return ticked(line, now, spread)
    case 'woken':
      return woken(line, now)
    case 'ask':
      if (line.at.is === 'pausing') return connect(line, now)
      return line.at.is === 'left' || line.at.is === 'asking'
        ? still(line)
        : { line, effects: [{ do: 'ask' }] }
    case 'leave':
      return line.at.is === 'left' ? still(line) : left(line, 'leaving')
    case 'again':
      return line.at.is === 'left' ? connect(line, now) : still(line)
  }
}

/** When something is due that no event announces, in ms; Infinity if nothing is. */
export const lineWakeAt = ({ until, pingAt }: Line): number => Math.min(until, pingAt)

const still = (line: Line): LineStep => ({ line, effects: [] })

function rest(line: Line, at: Line['at'], until: number): Line {
  return { ...line, at, until, pingAt: Number.POSITIVE_INFINITY }
}

function connect(line: Line, now: number): LineStep {
  const socket = line.socket + 1
  return {
    line: { ...rest(line, { is: 'connecting' }, now + CONNECT_WITHIN), socket },
    effects: [{ do: 'connect', socket }],
  }
}

function greet(line: Line, now: number): LineStep {
  const { since } = line
  const hello = JSON.stringify(since ? { type: 'hello', since } : { type: 'hello' })
  return {
    line: { ...line, at: { is: 'greeting' }, until: now + SILENCE, pingAt: now + PING_EVERY },
    effects: [{ do: 'send', text: hello }],
  }
}

const ask = (line: Line): LineStep => ({
  line: rest(line, { is: 'asking' }, Number.POSITIVE_INFINITY),
  effects: [{ do: 'ask' }],
})

/** One more try that led to nothing, and a pause before the next. */
function failed(line: Line, now: number, spread: number, tell: RoomNews | null): LineStep {
  const failures = line.failures + 1
  const until = now + backoff(failures, spread)
  return {
    line: { ...rest(line, { is: 'pausing' }, until), failures },
    effects: [{ do: 'tell', news: tell ?? { type: 'unreachable', failures, nextTryAt: until } }],
  }
}

const broken = (line: Line, now: number, spread: number): LineStep => failed(line, now, spread, null)

function refused(line: Line, refusal: Refusal, askAt: number): LineStep {
  return {
    line: rest({ ...line, failures: 0 }, { is: 'refused', refusal }, askAt),
    effects: [{ do: 'tell', news: { type: 'refused', refusal } }],
  }
}

function heard(line: Line, { message, now }: LineEvent & { type: 'heard' }, spread: number): LineStep {
  const alive = { ...line, until: now + SILENCE }
  switch (message.type) {
    case 'bye':
      return bye(line, message, now, spread)
    case 'pong':
      return still(alive)
    case 'welcome':
      return {
        line: {
          ...alive,
          at: { is: 'live' },
          failures: 0,
          since: { epoch: message.epoch, seq: message.seq },
        },
        effects: [{ do: 'deliver', message }],
      }
    case 'resumed':
      return {
        line: { ...alive, at: { is: 'live' }, failures: 0 },
        effects: [{ do: 'deliver', message }],
      }
  }
  if (!('seq' in message)) return { line: alive, effects: [{ do: 'deliver', message }] }
  const { since } = line
  if (line.at.is !== 'live' || !since || message.seq <= since.seq) return still(alive)
  return {
    line: { ...alive, since: { ...since, seq: message.seq } },
    effects: [{ do: 'deliver', message }],
  }
}

/** What a page does by itself after a goodbye; the rest are refusals of the room. */
const farewells: Partial<Record<ByeCode, 'back' | 'join' | 'stay' | 'ask'>> = {
  slow: 'back',
  silent: 'back',
  stopping: 'back',
  token_ended: 'join',
  replaced: 'stay',
  flooding: 'stay',
  gone: 'ask',
}

type Bye = Extract<ToClient, { type: 'bye' }>

function bye(line: Line, message: Bye, now: number, spread: number): LineStep {
  switch (farewells[message.code]) {
    case 'back':
      return broken(line, now, spread)
    case 'join':
      return failed(line, now, spread, { type: 'signed-out' })
    case 'stay':
      return left(line, message.code === 'flooding' ? 'flooding' : 'replaced')
    case 'ask':
      return ask(line)
  }
  const refusal = refusalOf(message, now)
  return refused(line, refusal, refusal.code === 'removed' ? now + ASK_AGAIN : now)
}

const left = (line: Line, why: Left): LineStep => ({
  line: { ...rest(line, { is: 'left' }, Number.POSITIVE_INFINITY), since: null },
  effects: [{ do: 'tell', news: { type: 'left', why } }],
})

/** Of a removal, this moment is when; since when a room or a link has ended, only the room itself says. */
function refusalOf({ code, reason }: Bye, now: number): Refusal {
  return {
    code: code as Refusal['code'],
    ...(code === 'removed' ? { endedAt: new Date(now).toISOString() } : {}),
    ...(reason === undefined ? {} : { reason }),
  }
}

function told(line: Line, outcome: RoomOutcome, now: number, spread: number): LineStep {
  const { at } = line
  if (at.is === 'left' || at.is === 'pausing') return still(line)
  if (outcome === 'unreachable') {
    if (at.is === 'asking') return broken(line, now, spread)
    // A line that lives says more than one answer that was missed.
    return at.is === 'refused' ? still({ ...line, until: now + ASK_AGAIN }) : still(line)
  }
  if (outcome === 'signed-out') {
    // Whom a host removed is not signed in anew by their own page.
    if (at.is === 'refused' && at.refusal.code === 'removed')
      return still({ ...line, until: now + ASK_AGAIN })
    return failed(line, now, spread, { type: 'signed-out' })
  }
  if ('refusal' in outcome) {
    const known = at.is === 'refused' && at.refusal.code === outcome.refusal.code ? at.refusal : {}
    return refused(line, { ...known, ...outcome.refusal }, now + ASK_AGAIN)
  }
  const tell: LineEffect = { do: 'tell', news: { type: 'view', view: outcome.view } }
  if (at.is === 'refused') {
    const { line: next, effects } = connect(line, now)
    return { line: next, effects: [...effects, tell] }
  }
  // The server answers, but no channel comes about: some networks let none through.
  if (at.is === 'asking') return failed(line, now, spread, tell.news)
  return { line, effects: [tell] }
}

function ticked(line: Line, now: number, spread: number): LineStep {
  if (now < lineWakeAt(line)) return still(line)
  if (now < line.until)
    return { line: { ...line, pingAt: now + PING_EVERY }, effects: [{ do: 'send', text: PING }] }
  switch (line.at.is) {
    case 'connecting':
    case 'greeting':
      return ask(line)
    case 'live':
      return broken(line, now, spread)
    case 'pausing':
      return connect(line, now)
    case 'refused':
      return { line: { ...line, until: Number.POSITIVE_INFINITY }, effects: [{ do: 'ask' }] }
    default:
      return still(line)
  }
}

function woken(line: Line, now: number): LineStep {
  switch (line.at.is) {
    case 'pausing':
      return connect(line, now)
    case 'refused':
      return { line: { ...line, until: Number.POSITIVE_INFINITY }, effects: [{ do: 'ask' }] }
    case 'live':
      return {
        line: { ...line, until: Math.min(line.until, now + SIGN_OF_LIFE), pingAt: now + PING_EVERY },
        effects: [{ do: 'send', text: PING }],
      }
    default:
      return still(line)
  }
}

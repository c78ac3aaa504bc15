import { mayWatch, type Verdict, type Waiting } from '../../people/may-watch.ts'
import type { ByeCode } from '../protocol.ts'
import { fullAllowance, PINGS, REPORTS, SIGNALS } from './allowance.ts'
import { tellDoor, tellNewHost, waitersOf } from './before-door.ts'
import { finishOf } from './drawing.ts'
import { endIncident } from './health.ts'
import { noteHosts } from './hosts.ts'
import { lookAtNotes } from './notes.ts'
import type { LiveEvent, Member, PersonFacts, RoomFacts } from './state.ts'
import { askForWelcome } from './talking.ts'
import {
  forget,
  hangUp,
  isFor,
  personOf,
  putMember,
  REPLAY_MS,
  roomNow,
  type Turn,
  tell,
  waiterOf,
  welcome,
  without,
} from './telling.ts'
import { tellMark } from './watermark.ts'

type Of<T extends LiveEvent['type']> = Extract<LiveEvent, { type: T }>

/** A person whose pages are not heard of for so long, in ms, is gone. */
export const GONE_AFTER = 10_000

/** Pages of one person at once; a further one takes the place of the oldest. */
export const MAX_SOCKETS = 8

/** A connection of somebody who showed a person's token. Their first one brings them into the room. */
export function opened(turn: Turn, { socket, until, address, userAgent, room, person }: Of<'opened'>): void {
  turn.state = { ...turn.state, room }
  const verdict = verdictOf(room, person, turn.at)
  const known = turn.state.people.has(person.id)
  if (verdict.state === 'refused') {
    hangUp(turn, socket, verdict.code, reasonOf(verdict.code, person))
    if (known) expel(turn, new Map([[person.id, verdict.code]]))
    noteHosts(turn)
    return
  }
  turn.state = {
    ...turn.state,
    sockets: new Map(turn.state.sockets).set(socket, {
      person: person.id,
      address,
      userAgent,
      openedAt: turn.at,
      until,
      greeted: false,
      current: false,
    }),
  }
  if (known) putMember(turn, person.id, { goneAt: null })
  else {
    const people = new Map(turn.state.people)
    people.set(person.id, newcomer(person, verdict, turn.at))
    turn.state = { ...turn.state, people }
    if (verdict.state === 'admitted')
      tell(turn, 'admitted', { type: 'person.joined', person: personOf(people.get(person.id)!) })
    tellDoor(turn, person.id, undefined)
  }
  const own = socketsOf(turn, person.id)
  for (const oldest of own.slice(0, Math.max(0, own.length - MAX_SOCKETS))) hangUp(turn, oldest, 'replaced')
  review(turn, new Map([[person.id, person]]))
  noteHosts(turn)
}

const newcomer = (facts: PersonFacts, verdict: Verdict, at: number): Member => ({
  facts,
  since: at,
  hand: false,
  microphone: 'off',
  camera: 'off',
  health: 'unknown',
  report: null,
  unwell: null,
  waiting: verdict.state === 'waiting' ? verdict : null,
  allowance: fullAllowance(at),
  signals: fullAllowance(at, SIGNALS),
  pings: fullAllowance(at, PINGS),
  reports: fullAllowance(at, REPORTS),
  goneAt: null,
})

/** A connection is gone; its person may come back for a while. */
export function closed(turn: Turn, { socket }: Of<'closed'>): void {
  const person = turn.state.sockets.get(socket)?.person
  if (person === undefined) return
  turn.state = { ...turn.state, sockets: without(turn.state.sockets, socket) }
  finishOf(turn, person)
  if (!socketsOf(turn, person).length) putMember(turn, person, { goneAt: turn.at + GONE_AFTER })
}

/** Ends what is silent or past its token, lets those go who did not come back, and does what is due by the clock. */
export function ticked(turn: Turn, { heard }: Of<'ticked'>): void {
  const { at } = turn
  for (const [socket, { person, until }] of turn.state.sockets) {
    const silent = (heard.get(socket) ?? 0) + GONE_AFTER <= at
    if (!silent && until > at) continue
    hangUp(turn, socket, silent ? 'silent' : 'token_ended')
    // Who was silent has had their time already.
    if (!socketsOf(turn, person).length) putMember(turn, person, { goneAt: silent ? at : at + GONE_AFTER })
  }
  leave(
    turn,
    [...turn.state.people].filter(([, { goneAt }]) => goneAt !== null && goneAt <= at).map(([id]) => id),
  )
  forget(turn, turn.state.replay.filter(told => told.at > at - REPLAY_MS).length)
  review(turn, new Map())
  noteHosts(turn)
}

/** What the database says now, of the room and of those who are in it. */
export function looked(turn: Turn, { room, people, keptOut }: Of<'looked'>): void {
  if (room) {
    lookAtNotes(turn, room)
    // A sub-room is gone for who may not enter it any more; the room is still there for them.
    review(turn, people, id => (people.has(id) ? undefined : room.sub ? 'gone' : 'removed'))
    keepOut(turn, keptOut)
    noteHosts(turn)
    return
  }
  expel(turn, new Map([...turn.state.people.keys()].map(id => [id, 'gone'])))
}

/** Ends what comes from addresses that are kept out. Who has no other page is gone. */
function keepOut(turn: Turn, addresses: ReadonlySet<string>): void {
  const gone = new Set<string>()
  for (const [socket, { address, person }] of turn.state.sockets) {
    if (address === null || !addresses.has(address)) continue
    hangUp(turn, socket, 'blocked')
    gone.add(person)
  }
  leave(
    turn,
    [...gone].filter(id => !socketsOf(turn, id).length),
  )
}

export function stopping(turn: Turn): void {
  for (const socket of turn.state.sockets.keys()) hangUp(turn, socket, 'stopping')
}

/**
 * Holds everybody and everything against facts and clock: tells what changed of the room and of people, moves those who
 * now wait or need not wait any more, and sends away who may not be here.
 * @param fresh what is newly known of people
 * @param missing why somebody of whom nothing is newly known must go, if they must
 */
function review(
  turn: Turn,
  fresh: ReadonlyMap<string, PersonFacts>,
  missing: (id: string) => ByeCode | undefined = () => undefined,
): void {
  const { room } = turn.state
  if (!room) return
  const view = roomNow(room, turn.at)
  const roomTold = JSON.stringify(view)
  if (roomTold !== turn.state.roomTold) {
    const first = turn.state.roomTold === ''
    turn.state = { ...turn.state, roomTold }
    if (!first) tell(turn, 'all', { type: 'room.changed', now: new Date(turn.at).toISOString(), ...view })
  }
  const leaving = new Map<string, ByeCode>()
  for (const [id, member] of turn.state.people) {
    const facts = fresh.get(id) ?? member.facts
    const verdict = verdictOf(room, facts, turn.at)
    const must = missing(id) ?? (verdict.state === 'refused' ? verdict.code : undefined)
    if (must) {
      leaving.set(id, must)
      putMember(turn, id, { facts })
    } else move(turn, member, facts, verdict.state === 'waiting' ? verdict : null)
  }
  expel(turn, leaving)
}

/** Gives a member their new facts and place, and tells what others see of it. */
function move(turn: Turn, before: Member, facts: PersonFacts, waiting: Waiting | null): void {
  const { id } = facts
  const same = JSON.stringify(waiting) === JSON.stringify(before.waiting)
  if (facts === before.facts && same) return
  const wasIn = before.waiting === null
  const isIn = waiting === null
  putMember(turn, id, {
    facts,
    waiting,
    ...(wasIn === isIn ? {} : { hand: false, report: null, unwell: null }),
  })
  // What a page shows before the doors and behind them has nothing in common: it begins again.
  const pages = same ? [] : socketsOf(turn, id).filter(socket => turn.state.sockets.get(socket)!.greeted)
  for (const socket of pages) {
    if (isIn) askForWelcome(turn, socket)
    else welcome(turn, socket, null)
  }
  if (wasIn && !isIn) endIncident(turn, before)
  if (wasIn && !isIn) tell(turn, 'admitted', { type: 'person.left', id })
  tellMark(turn, before)
  tellDoor(turn, id, waiterOf(before)[0])
  const person = personOf(turn.state.people.get(id)!)
  if (!wasIn && isIn) tell(turn, 'admitted', { type: 'person.joined', person })
  if (wasIn && isIn && JSON.stringify(person) !== JSON.stringify(personOf(before)))
    tell(turn, 'admitted', { type: 'person.changed', person })
  tellNewHost(turn, before)
}

/** Sends people away at once, each with the reason; then the others learn that they left. */
export function expel(turn: Turn, leaving: ReadonlyMap<string, ByeCode>): void {
  if (!leaving.size) return
  for (const [socket, { person }] of turn.state.sockets) {
    const code = leaving.get(person)
    if (code) hangUp(turn, socket, code, reasonOf(code, turn.state.people.get(person)!.facts))
  }
  leave(turn, [...leaving.keys()])
}

function leave(turn: Turn, ids: readonly string[]): void {
  if (!ids.length) return
  for (const id of ids) finishOf(turn, id)
  const people = new Map(turn.state.people)
  const waiting = waitersOf(ids.map(id => people.get(id)!))
  const seen = ids.filter(id => isFor('admitted', people.get(id)!))
  const fleeting = new Map(turn.state.fleeting)
  for (const id of ids) {
    endIncident(turn, people.get(id)!)
    people.delete(id)
    fleeting.delete(id)
  }
  turn.state = { ...turn.state, people, fleeting }
  for (const id of seen) tell(turn, 'admitted', { type: 'person.left', id })
  for (const [id, waiter] of waiting) tellDoor(turn, id, waiter)
}

/** What the host who removed them wrote to them. */
const reasonOf = (code: ByeCode, { removedReason }: PersonFacts): string | undefined =>
  code === 'removed' ? (removedReason ?? undefined) : undefined

export const socketsOf = (turn: Turn, person: string): string[] =>
  [...turn.state.sockets].filter(([, socket]) => socket.person === person).map(([id]) => id)

/** The same rule as for `GET /api/room`; blocked addresses do not get as far as here. */
const verdictOf = (room: RoomFacts, person: PersonFacts, at: number): Verdict =>
  mayWatch(
    {
      blocked: 0,
      roomStartsAt: room.startsAt,
      roomEndsAt: room.endsAt,
      roomEndedAt: room.endedAt,
      linkStartsAt: person.linkStartsAt,
      linkEndsAt: person.linkEndsAt,
      linkRevokedAt: person.linkRevokedAt,
      personRemovedAt: person.removedAt,
      admittedAt: person.admittedAt,
      isHost: person.permissions.includes('op'),
      hostless: room.hostless,
      lockedAt: room.lockedAt,
      lockMessage: room.lockMessage,
    },
    at,
  )

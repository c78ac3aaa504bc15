import { iso } from '../../http/fields.ts'
import type { Grant } from '../../links/permissions.ts'
import { doorOf, waitingOf } from '../../people/door-view.ts'
import { roomState } from '../../rooms/state.ts'
import { type Watermark, watermarkOf } from '../../watermark/watermark.ts'
import type { Waiting } from '../messages/control.ts'
import type { Somebody } from '../messages/fields.ts'
import {
  type ByeCode,
  type ChatPage,
  type News,
  type Person,
  type RefusedCode,
  type RoomNow,
  refusalDetails,
  type ToClient,
} from '../protocol.ts'
import { marksNow } from './marks.ts'
import type { Ask, Audience, Effect, LiveState, Member, RoomFacts, Told } from './state.ts'

/** One event's work: the state as it becomes, and what is to be done. */
export interface Turn {
  state: LiveState
  readonly effects: Effect[]
  readonly at: number
}

/** How long changes are kept for those who come back (ms), and how many. */
export const REPLAY_MS = 300_000
export const REPLAY_MAX = 1_000

export function putMember(turn: Turn, id: string, change: Partial<Member>): void {
  const people = new Map(turn.state.people)
  people.set(id, { ...people.get(id)!, ...change })
  turn.state = { ...turn.state, people }
}

export function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map)
  rest.delete(key)
  return rest
}

/** Whether somebody is in the room; else they wait before it. */
export const isIn = ({ waiting }: Member): boolean => waiting === null

export function isFor(audience: Audience, member: Member): boolean {
  if (audience === 'all') return true
  if (!isIn(member)) return false
  if (audience === 'hosts') return holds(member, 'op')
  return audience === 'admitted' || audience.includes(member.facts.id)
}

/** Permissions of this moment: what somebody held before counts for nothing. */
export const holds = ({ facts }: Member, grant: Grant): boolean => facts.permissions.includes(grant)

/** Hosts, and people whose link opens sub-rooms, may look where others are. */
export const seesSubrooms = (member: Member): boolean => holds(member, 'op') || member.facts.opens !== 'room'

export const nameOf = ({ facts: { id, name } }: Member): Somebody => ({ id, name })

/** Numbers a change, keeps it for who comes back, and sends it to whom it is for. */
export function tell(turn: Turn, audience: Audience, news: News): void {
  const { state, at } = turn
  const seq = state.seq + 1
  turn.state = { ...state, seq, replay: [...state.replay, { seq, at, audience, news }] }
  if (turn.state.replay.length > REPLAY_MAX) forget(turn, REPLAY_MAX)
  const sockets = [...state.sockets].flatMap(([id, { current, person }]) =>
    current && isFor(audience, state.people.get(person)!) ? [id] : [],
  )
  if (sockets.length) send(turn, sockets, numbered({ seq, news }))
}

/** Keeps only the youngest changes. */
export function forget(turn: Turn, keep: number): void {
  const { replay } = turn.state
  if (keep >= replay.length) return
  const cut = replay.length - keep
  turn.state = { ...turn.state, replay: replay.slice(cut), forgotten: replay[cut - 1]!.seq }
}

/** Whoever comes back, or comes only now, is told no more of what was deleted than that it was. */
export function unsay(turn: Turn, which: Extract<News, { type: 'chat.deleted' }>['which']): void {
  const replay = turn.state.replay.filter(({ news }) => {
    if (news.type !== 'chat' && news.type !== 'chat.edited') return true
    const { id, from } = news.message
    return !('all' in which || ('of' in which ? which.of === from.id : which.id === id))
  })
  if (replay.length < turn.state.replay.length) turn.state = { ...turn.state, replay }
}

export const numbered = ({ seq, news }: Pick<Told, 'seq' | 'news'>): ToClient =>
  ({ ...news, seq }) as ToClient

export const send = (turn: Turn, sockets: readonly string[], message: ToClient): void =>
  void turn.effects.push({ do: 'send', sockets, message })

/** Asks the database. */
export const ask = (turn: Turn, asked: Ask): void => void turn.effects.push({ do: 'ask', ask: asked })

/** The answer to a message that was done, if the page it came from is still there. */
export function done(turn: Turn, socket: string, about: { type: string; ref?: string | undefined }): void {
  if (turn.state.sockets.has(socket))
    send(turn, [socket], {
      type: 'done',
      about: about.type,
      ...(about.ref === undefined ? {} : { ref: about.ref }),
    })
}

export const refuse = (
  turn: Turn,
  socket: string,
  about: { type: string | null; ref?: string | undefined },
  code: RefusedCode,
): void =>
  send(turn, [socket], {
    type: 'refused',
    about: about.type,
    ...(about.ref === undefined ? {} : { ref: about.ref }),
    code,
    detail: refusalDetails[code],
  })

/** Says goodbye to a connection and forgets it; what becomes of its person is the caller's to decide. */
export function hangUp(turn: Turn, socket: string, code: ByeCode, reason?: string): void {
  send(turn, [socket], { type: 'bye', code, ...(reason === undefined ? {} : { reason }) })
  turn.effects.push({ do: 'close', socket, code })
  turn.state = { ...turn.state, sockets: without(turn.state.sockets, socket) }
}

export const personOf = ({ facts, since, hand, microphone, camera, health }: Member): Person => ({
  id: facts.id,
  name: facts.name,
  role: facts.role,
  permissions: facts.permissions,
  since: iso(since)!,
  hand,
  microphone,
  camera,
  health,
  displayChecked: facts.displayChecked,
})

/** Somebody before the door as operators see them; nobody for who is in or only waits for the start. */
export function waiterOf({ facts, since, waiting }: Member): Waiting[] {
  if (!waiting || waiting.for === 'start') return []
  return [{ id: facts.id, name: facts.name, since: iso(since)!, for: waiting.for, link: facts.link }]
}

export function roomNow(room: RoomFacts, at: number): RoomNow {
  const { slug, title, sub, startsAt, endsAt, endedAt, maxViewers, publishing, playable } = room
  const { streams, demo, timecode } = room
  return {
    room: {
      slug,
      title,
      state: roomState({ startsAt, endsAt, endedAt, publishing }, at),
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
      maxViewers,
      ...doorOf(room),
    },
    publishing,
    playable,
    streams: [...streams],
    demo,
    ...(sub ? { sub } : {}),
    ...(timecode ? { timecode } : {}),
  }
}

/** Tells a connection everything; from now on it is told what changes. */
export function welcome(turn: Turn, socket: string, chat: ChatPage | null): void {
  const { state, at } = turn
  const { person } = state.sockets.get(socket)!
  const member = state.people.get(person)!
  const admitted = member.waiting === null
  makeCurrent(turn, socket)
  send(turn, [socket], {
    type: 'welcome',
    epoch: state.epoch,
    seq: state.seq,
    now: iso(at)!,
    you: {
      ...personOf(member),
      state: admitted ? 'admitted' : 'waiting',
      ...waitingOf(member.waiting ?? { state: 'admitted' }),
      watermark: markOf(turn, socket),
      ...(seesSubrooms(member) ? { subrooms: true as const } : {}),
    },
    people: admitted ? [...state.people.values()].filter(isIn).map(personOf) : [],
    waiting: admitted && holds(member, 'op') ? [...state.people.values()].flatMap(waiterOf) : [],
    ...roomNow(state.room!, at),
    ...(admitted && state.shown ? { shownStill: state.shown } : {}),
    chat,
    marks: admitted ? marksNow(state) : [],
  })
  if (!admitted || !holds(member, 'op')) return
  for (const [of, { report }] of state.people)
    if (report && of !== person) send(turn, [socket], { type: 'health', of, ...report })
}

/** What a page lays over the picture. */
export function markOf({ state, at }: Turn, socket: string): Watermark {
  const { person, address } = state.sockets.get(socket)!
  const { name, link, watermark } = state.people.get(person)!.facts
  return watermarkOf(watermark, { name, link: link.label, address }, at)
}

export function makeCurrent(turn: Turn, socket: string): void {
  const sockets = new Map(turn.state.sockets)
  sockets.set(socket, { ...sockets.get(socket)!, greeted: true, current: true })
  turn.state = { ...turn.state, sockets }
}

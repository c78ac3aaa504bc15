import * as v from 'valibot'
import type { Grant } from '../../worker/links/permissions.ts'
import type { Waiting } from '../../worker/live/messages/control.ts'
import type { HealthNumbers } from '../../worker/live/messages/health.ts'
import type { ChatMessage, Person, RoomNow } from '../../worker/live/protocol.ts'
import { ToClient, type ToServer } from '../../worker/live/protocol.ts'
import { reduce } from '../../worker/live/rules/reduce.ts'
import {
  type AboutChat,
  type Answer,
  type Ask,
  emptyRoom,
  type LiveEvent,
  type LiveState,
  type PersonFacts,
  type Recorded,
  type RoomFacts,
} from '../../worker/live/rules/state.ts'
import type { StillSeen } from '../../worker/live/stills-store.ts'
import { NOON } from './app.ts'
import type { World } from './world.ts'

/** An id for tests: 16 characters, told by their beginning. */
export const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z2-7]/g, '')
    .padEnd(16, 'a')

export const roomFacts = (change: Partial<RoomFacts> = {}): RoomFacts => ({
  slug: 'nordlicht',
  title: 'Nordlicht',
  sub: null,
  startsAt: null,
  endsAt: null,
  endedAt: null,
  maxViewers: null,
  waitingRoom: false,
  lockedAt: null,
  lockMessage: '',
  hostless: false,
  publishing: false,
  playable: false,
  streams: [],
  demo: false,
  streamId: idOf('stream'),
  historyMs: 4 * 3600_000,
  hostSince: null,
  notesAt: 0,
  timecode: null,
  ...change,
})

export const personFacts = (
  name: string,
  permissions: Grant[] = ['message'],
  change: Partial<PersonFacts> = {},
): PersonFacts => ({
  id: idOf(name),
  name,
  role: null,
  permissions,
  removedAt: null,
  removedReason: null,
  joinedAt: NOON,
  link: { id: idOf(`link of ${name}`), label: `Link of ${name}` },
  opens: 'room',
  watermark: 'off',
  admittedAt: 0,
  linkStartsAt: null,
  linkEndsAt: null,
  linkRevokedAt: null,
  displayChecked: false,
  ...change,
})

/** What a page measured of its picture: nothing, but for what is given. */
export const healthNumbers = (change: Partial<HealthNumbers> = {}): HealthNumbers => ({
  way: null,
  codec: null,
  decoder: null,
  hardware: null,
  width: null,
  height: null,
  shown: null,
  colour: null,
  fps: null,
  receivedFps: null,
  sourceFps: null,
  bitrate: null,
  loss: null,
  roundTripMs: null,
  bufferMs: null,
  decodeMs: null,
  freezes: null,
  dropped: null,
  decoded: null,
  delay: null,
  gamut: null,
  range: null,
  depth: null,
  scale: null,
  ...change,
})

/** Where somebody in a test connects from. */
export const addressOf = (name: string): string => `192.0.2.${name.charCodeAt(0)}`

type Happening = LiveEvent extends infer E ? (E extends { at: number } ? Omit<E, 'at'> : never) : never

/** A room without runtime and database: what happens goes in, what pages are sent is kept. */
export class TestRoom {
  now = NOON
  state: LiveState = emptyRoom(idOf('epoch'))
  room: RoomFacts = roomFacts()
  chat = new MemoryChat()
  /** What operators do goes there; none: it is not answered. */
  world: World | undefined
  /** What the room keeps. */
  stills = new Map<string, StillSeen>()
  asks: Ask[] = []
  /** How often the database was to be read anew, the origin's orders to be carried out, and what the audit got. */
  looks = 0
  drains = 0
  records: Recorded[] = []
  /** Whether it can be written down that hosts come and go. */
  noting = true
  #hosts: boolean[] = []
  /** What each connection was sent, and as the last its goodbye. */
  inbox = new Map<string, ToClient[]>()
  #ids = 0

  happens(event: Happening): void {
    const { state, effects } = reduce(this.state, { ...event, at: this.now } as LiveEvent)
    this.state = state
    for (const effect of effects) {
      if (effect.do === 'ask') this.asks.push(effect.ask)
      if (effect.do === 'look') this.looks++
      if (effect.do === 'drain') this.drains++
      if (effect.do === 'record') this.records.push(effect.record)
      if (effect.do === 'hosts') this.#note(effect.here)
      if (effect.do === 'send')
        for (const socket of effect.sockets) this.inbox.get(socket)!.push(v.parse(ToClient, effect.message))
    }
  }

  #note(here: boolean): void {
    this.#hosts.push(here)
    if (!this.noting) return
    this.room = { ...this.room, hostSince: here ? this.now : null }
    this.happens({ type: 'noted', since: this.room.hostSince })
  }

  /** What was to be written down since the last time: that a host is in, or none any more. */
  hosts(): boolean[] {
    return this.#hosts.splice(0)
  }

  open(socket: string, person: PersonFacts, until = this.now + 24 * 3600_000): void {
    this.inbox.set(socket, [])
    const [address, userAgent] = [addressOf(person.name), `${person.name}’s browser`]
    this.happens({ type: 'opened', socket, until, address, userAgent, room: this.room, person })
  }

  says(socket: string, message: ToServer): void {
    this.#ids++
    this.happens({
      type: 'received',
      socket,
      message,
      fresh: idOf(`m${this.#ids.toString(2).replace(/[01]/g, d => 'bc'[+d]!)}`),
    })
  }

  /** Opens a connection that says hello and is told everything. */
  enter(socket: string, person: PersonFacts): void {
    this.open(socket, person)
    this.says(socket, { type: 'hello' })
    this.settle()
  }

  /** The database answers what it was asked. */
  settle(up = true): void {
    for (const ask of this.asks.splice(0))
      this.happens({ type: 'answered', ask, answer: up ? this.#answer(ask) : 'failed' })
  }

  #answer(ask: Ask): Answer {
    if (ask.kind === 'act') return { acted: this.world!.act(ask.act, ask.by.id, ask.at) }
    if (ask.kind === 'removed') return { removed: this.world!.removed(ask.by.id) }
    if (ask.kind === 'still') return { still: this.stills.get(ask.id) }
    if (ask.kind === 'subrooms' || ask.kind === 'note') return 'failed'
    if (ask.kind === 'display') return { checked: ask.checked }
    if (ask.kind === 'incident') return { noted: true }
    return this.chat.answer(ask)
  }

  /** Time passes; who is listed has been silent since. */
  pass(ms: number, silent: string[] = []): void {
    const before = this.now
    this.now += ms
    const heard = new Map(
      [...this.state.sockets.keys()].map(id => [id, silent.includes(id) ? before : this.now]),
    )
    this.happens({ type: 'ticked', heard })
  }

  look(people: PersonFacts[], room: RoomFacts | null = this.room, keptOut: string[] = []): void {
    if (room) this.room = room
    const known = new Map(people.map(person => [person.id, person]))
    this.happens({ type: 'looked', room, people: known, keptOut: new Set(keptOut) })
  }

  /** What a connection was sent since the last time. */
  read(socket: string): ToClient[] {
    return this.inbox.get(socket)!.splice(0)
  }
}

/** The chat as the database keeps it, in memory. */
export class MemoryChat {
  rows: ChatMessage[] = []

  answer(ask: AboutChat): Answer {
    const seenBy = (row: ChatMessage) => !row.to || row.to.id === ask.by.id || row.from.id === ask.by.id
    if (ask.kind === 'say') {
      if (this.rows.some(row => row.from.id === ask.by.id && row.ref === ask.ref)) return { said: 'already' }
      const replied = this.rows.find(row => row.id === ask.replyTo && seenBy(row))
      const said: ChatMessage = {
        id: ask.id,
        at: new Date(ask.at).toISOString(),
        from: ask.by,
        to: ask.to,
        me: ask.me,
        text: ask.text,
        replyTo: replied?.id ?? null,
        editedAt: null,
        ref: ask.ref,
      }
      this.rows.push(said)
      return { said }
    }
    if (ask.kind === 'edit') {
      const at = this.rows.findIndex(row => row.id === ask.id && row.from.id === ask.by.id)
      if (at < 0) return { edited: undefined }
      const edited = { ...this.rows[at]!, text: ask.text, editedAt: new Date(ask.at).toISOString() }
      this.rows[at] = edited
      return { edited }
    }
    if (ask.kind === 'delete') {
      const { which, anybody } = ask
      const goes = (row: ChatMessage) =>
        'id' in which
          ? row.id === which.id && (anybody || row.from.id === ask.by.id)
          : 'all' in which || row.from.id === which.of
      const gone = this.rows.filter(goes)
      this.rows = this.rows.filter(row => !goes(row))
      if (!('id' in which)) return { deleted: 'many' }
      return { deleted: gone[0] && { from: gone[0].from.id, to: gone[0].to?.id ?? null } }
    }
    return { page: { items: this.rows.filter(seenBy), next: null } }
  }
}

/** What a page makes of what it is told. @throws when it is told something twice or out of order */
export class Page {
  place: { epoch: string; seq: number } | undefined
  waiting = false
  /** False after a welcome without the chat: then it only knows what was said since. */
  chatKnown = false
  people = new Map<string, Person>()
  /** Who stands before the door. */
  door = new Map<string, Waiting>()
  #own = ''
  room: RoomNow | undefined
  chat = new Map<string, ChatMessage>()

  take(message: ToClient): void {
    if (message.type === 'welcome') {
      const { room, publishing, playable, streams, demo } = message
      this.place = { epoch: message.epoch, seq: message.seq }
      this.waiting = message.you.state === 'waiting'
      this.people = new Map(message.people.map(person => [person.id, person]))
      this.door = new Map(message.waiting.map(person => [person.id, person]))
      this.#own = message.you.id
      this.room = { room, publishing, playable, streams, demo }
      this.chatKnown = message.chat !== null
      this.chat = new Map(message.chat?.items.map(item => [item.id, item]))
      return
    }
    if (!('seq' in message) || message.type === 'resumed') return
    if (!this.place || message.seq <= this.place.seq)
      throw new Error(`told twice: ${JSON.stringify(message)}`)
    this.place.seq = message.seq
    if (message.type === 'person.joined' || message.type === 'person.changed')
      this.people.set(message.person.id, message.person)
    if (message.type === 'waiting.joined') this.door.set(message.person.id, message.person)
    if (message.type === 'waiting.left') this.door.delete(message.id)
    // Who is no operator any more is told nothing of the door, and forgets it.
    const own = 'person' in message && message.person.id === this.#own ? message.person : undefined
    if (own && 'permissions' in own && !own.permissions.includes('op')) this.door.clear()
    if (message.type === 'person.left') this.people.delete(message.id)
    if (message.type === 'room.changed') {
      const { room, publishing, playable, streams, demo } = message
      this.room = { room, publishing, playable, streams, demo }
    }
    if (message.type === 'chat' || message.type === 'chat.edited')
      this.chat.set(message.message.id, message.message)
    if (message.type === 'chat.deleted')
      for (const [id, { from }] of this.chat) {
        const { which } = message
        if ('all' in which || ('of' in which ? which.of === from.id : which.id === id)) this.chat.delete(id)
      }
  }

  /** What it shows, comparable with what another page shows. */
  view() {
    const byId = <T extends { id: string }>(items: Iterable<T>) =>
      [...items].toSorted((a, b) => (a.id < b.id ? -1 : 1))
    return {
      waiting: this.waiting,
      people: byId(this.people.values()),
      door: byId(this.door.values()),
      room: this.room,
      chat: byId(this.chat.values()),
    }
  }
}

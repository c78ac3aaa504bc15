import type { SightlineApp } from '../app.ts'
import { newId } from '../crypto/id.ts'
import type { Conductor, Stage } from '../live/conductor.ts'
import { SETTLED_AFTER } from '../live/hub.ts'
import type { Place } from '../live/place.ts'
import { CLOSED, PING, SUBPROTOCOL } from '../live/protocol.ts'
import {
  emptyRoom,
  type KeptMark,
  type LiveState,
  type Member,
  type Socket,
  type Told,
} from '../live/rules/state.ts'
import { nextTick } from '../live/rules/wake.ts'
import type { Seat } from '../live/seat.ts'
import { snapshotOf } from '../live/snapshot.ts'
import { faultOf } from '../log.ts'

/** What we use of a Durable Object's state. */
export interface ObjectContext {
  storage: {
    list(): Promise<Map<string, unknown>>
    put(entries: Record<string, unknown>): Promise<void>
    delete(keys: string[]): Promise<number>
    deleteAll(): Promise<void>
    getAlarm(): Promise<number | null>
    setAlarm(at: number): Promise<void>
    deleteAlarm(): Promise<void>
  }
  acceptWebSocket(socket: ObjectSocket, tags: string[]): void
  getWebSockets(tag?: string): ObjectSocket[]
  getTags(socket: ObjectSocket): string[]
  setWebSocketAutoResponse(pair: unknown): void
  getWebSocketAutoResponseTimestamp(socket: ObjectSocket): Date | null
  blockConcurrencyWhile<T>(work: () => Promise<T>): Promise<T>
}

export interface ObjectSocket {
  send(text: string): void
  close(code: number, reason: string): void
}

declare const WebSocketPair: new () => { 0: ObjectSocket; 1: ObjectSocket }
declare const WebSocketRequestResponsePair: new (request: string, response: string) => unknown

/** What the object asks for at once at most: storage takes 128 keys a call. */
const KEYS = 128

/** Where the Worker puts the seat of who may connect; nobody but it reaches the object. */
export const SEAT = 'x-sightline-seat'

/** The rest of a room's state, beside its people, connections, marks and changes, which have keys of their own. */
const CORE = ['epoch', 'seq', 'forgotten', 'saidAt', 'room', 'roomTold', 'shown'] as const

/** The same with what names the object. */
type Core = Pick<LiveState, (typeof CORE)[number]> & {
  roomId: string
  sub: string
  form: number
}

/**
 * Counts how what is kept looks. What another version of this file kept is forgotten: its connections have ended with
 * it, and pages that come back begin again.
 */
const FORM = 6

/**
 * The live channel of a room or sub-room as a Durable Object. Between messages it may lose its memory while the connections stay: all
 * that the room is lies in its storage, written with every change before the change goes out.
 * @param open makes the app of the object's bindings; undefined = they are wrong, and the log says how
 */
export const liveRoom = <B>(open: (bindings: B) => SightlineApp | undefined) =>
  class LiveRoom {
    #place: Place | undefined
    #conductor: Conductor | undefined
    #alarmAt: number | null = null
    #app: SightlineApp | undefined
    #settledAt = 0
    /** The storage has the room's core. */
    #hasCore = false
    readonly #heard = new Map<string, number>()

    constructor(
      readonly context: ObjectContext,
      bindings: B,
    ) {
      this.#app = open(bindings)
      context.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, '{"type":"pong"}'))
      void context.blockConcurrencyWhile(() => this.#wake())
    }

    /** From the Worker: somebody connects, staff ask who is there, or the room may have changed. */
    async fetch(request: Request): Promise<Response> {
      if (request.method === 'GET' && !request.headers.has(SEAT))
        return Response.json(snapshotOf(this.#conductor?.state ?? emptyRoom('')))
      const seat = request.headers.get(SEAT)
      if (seat === null) {
        await this.#conductor?.look()
        await this.#rest()
        return new Response(null, { status: 204 })
      }
      if (!this.#app) return new Response(null, { status: 503 })
      const taken = JSON.parse(decodeURIComponent(seat)) as Seat
      const { 0: page, 1: own } = new WebSocketPair()
      const socket = newId()
      this.context.acceptWebSocket(own, [socket])
      this.#heard.set(socket, Date.now())
      this.#conductor ??= this.#conduct({ roomId: taken.roomId, sub: taken.sub }, emptyRoom(newId()))
      this.#conductor?.open(socket, taken)
      await this.#rest()
      return new Response(null, {
        status: 101,
        headers: { 'Sec-WebSocket-Protocol': SUBPROTOCOL },
        webSocket: page,
      } as ResponseInit)
    }

    async webSocketMessage(own: ObjectSocket, data: unknown): Promise<void> {
      const [socket] = this.context.getTags(own)
      this.#heard.set(socket!, Date.now())
      this.#conductor?.hear(socket!, data)
      await this.#rest()
    }

    async webSocketClose(own: ObjectSocket): Promise<void> {
      const [socket] = this.context.getTags(own)
      this.#heard.delete(socket!)
      this.#conductor?.lost(socket!)
      await this.#rest()
    }

    async webSocketError(own: ObjectSocket): Promise<void> {
      await this.webSocketClose(own)
    }

    async alarm(): Promise<void> {
      this.#alarmAt = null
      await this.#conductor?.tick()
      await this.#rest()
    }

    /** Takes up what the storage has of the room. */
    async #wake(): Promise<void> {
      const kept = await this.context.storage.list()
      const core = kept.get('core') as Core | undefined
      if (!core) return
      this.#alarmAt = await this.context.storage.getAlarm()
      const { roomId, sub = '', form, ...rest } = core
      this.#hasCore = form === FORM
      if (form !== FORM) return this.#begin({ roomId, sub }, rest.room)
      this.#conductor = this.#conduct(
        { roomId, sub },
        {
          ...emptyRoom(rest.epoch),
          ...rest,
          people: inOrder(of<Member>(kept, 'person:'), member => member.since),
          sockets: inOrder(of<Socket>(kept, 'socket:'), socket => socket.openedAt),
          marks: inOrder(of<KeptMark>(kept, 'mark:'), mark => mark.seq),
          replay: [...of<Told>(kept, 'told:').values()],
        },
      )
      // A new version of the Worker, or an accident, ends connections without a word.
      for (const socket of this.#conductor?.state.sockets.keys() ?? [])
        if (!this.context.getWebSockets(socket).length) this.#conductor?.lost(socket)
    }

    /** With nothing but the room itself, whose hosts have time to come back. */
    async #begin(place: Place, room: LiveState['room']): Promise<void> {
      await this.context.storage.deleteAll()
      this.#settledAt = Date.now() + SETTLED_AFTER
      this.#conductor = this.#conduct(place, { ...emptyRoom(newId()), room })
    }

    #conduct(place: Place, state: LiveState): Conductor | undefined {
      this.#place = place
      return this.#app?.conduct(place, this.#stage, state)
    }

    readonly #stage: Stage = {
      send: (socket, text) => {
        try {
          this.context.getWebSockets(socket)[0]?.send(text)
        } catch {
          // It has closed, and will be told as lost.
        }
      },
      close: (socket, code) => {
        this.#heard.delete(socket)
        try {
          this.context.getWebSockets(socket)[0]?.close(CLOSED, code)
        } catch {
          // It has closed.
        }
      },
      heard: () => this.#lastHeard(),
      keep: (before, after) => this.#keep(before, after),
      isSettling: () => Date.now() < this.#settledAt,
    }

    /** Pings do not wake the object; the runtime notes when the last one was. */
    #lastHeard(): ReadonlyMap<string, number> {
      return new Map(
        this.context.getWebSockets().map(own => {
          const [socket] = this.context.getTags(own)
          const pinged = this.context.getWebSocketAutoResponseTimestamp(own)?.getTime() ?? 0
          return [socket!, Math.max(pinged, this.#heard.get(socket!) ?? 0)]
        }),
      )
    }

    /** Writes nothing of what changed nothing that is kept: a pointer that moves, a stroke that goes on. */
    #keep(before: LiveState, after: LiveState): void {
      const put: [string, unknown][] = []
      const gone: string[] = []
      if (!this.#hasCore || CORE.some(part => before[part] !== after[part])) {
        const { epoch, seq, forgotten, saidAt, room, roomTold, shown } = after
        const core: Core = {
          epoch,
          seq,
          forgotten,
          saidAt,
          room,
          roomTold,
          shown,
          ...this.#place!,
          form: FORM,
        }
        put.push(['core', core])
        this.#hasCore = true
      }
      compare('person:', before.people, after.people, put, gone)
      compare('socket:', before.sockets, after.sockets, put, gone)
      compare('mark:', before.marks, after.marks, put, gone)
      if (before.replay !== after.replay) {
        for (const told of after.replay) if (told.seq > before.seq) put.push([toldKey(told.seq), told])
        const left = new Set(after.replay)
        for (const told of before.replay) if (!left.has(told)) gone.push(toldKey(told.seq))
      }
      const { storage } = this.context
      const failed = (error: unknown) =>
        console.log(JSON.stringify({ level: 'error', event: 'live.not-kept', error: faultOf(error) }))
      for (const entries of parts(put)) storage.put(Object.fromEntries(entries)).catch(failed)
      for (const keys of parts(gone)) storage.delete(keys).catch(failed)
    }

    /** What is left to do before the object may sleep: the database's answers, the next alarm, or to be as if never used. */
    async #rest(): Promise<void> {
      await this.#conductor?.settled()
      const { storage } = this.context
      const state = this.#conductor?.state
      if (!state) return
      if (this.#conductor!.isDone) {
        this.#conductor = undefined
        this.#hasCore = false
        this.#alarmAt = null
        await storage.deleteAlarm()
        await storage.deleteAll()
        return
      }
      const at = nextTick(state, this.#lastHeard(), Date.now())
      if (this.#alarmAt !== null && this.#alarmAt <= at) return
      this.#alarmAt = at
      await storage.setAlarm(at)
    }
  }

/** Keys in the order of the numbers. */
const toldKey = (seq: number) => `told:${String(seq).padStart(16, '0')}`

/** The values whose keys begin so, by the rest of the key, in the order of the keys. */
function of<T>(kept: ReadonlyMap<string, unknown>, prefix: string): ReadonlyMap<string, T> {
  const own = [...kept].filter(([key]) => key.startsWith(prefix))
  return new Map(own.map(([key, value]) => [key.slice(prefix.length), value as T]))
}

/** As they came: storage has them in the order of their keys. */
const inOrder = <T>(map: ReadonlyMap<string, T>, at: (value: T) => number): ReadonlyMap<string, T> =>
  new Map([...map].toSorted(([, a], [, b]) => at(a) - at(b)))

function compare<T>(
  prefix: string,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  put: [string, unknown][],
  gone: string[],
): void {
  if (before === after) return
  for (const [id, value] of after) if (before.get(id) !== value) put.push([prefix + id, value])
  for (const id of before.keys()) if (!after.has(id)) gone.push(prefix + id)
}

const parts = <T>(list: T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / KEYS) }, (_, i) => list.slice(i * KEYS, (i + 1) * KEYS))

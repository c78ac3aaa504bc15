import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { Page } from '../../test/support/live.ts'
import { sql } from '../db.ts'
import type { Link } from '../links/schema.ts'
import type { ToClient, ToServer } from '../live/protocol.ts'
import { HOSTS_RETRY } from '../live/rules/hosts.ts'
import { GONE_AFTER } from '../live/rules/presence.ts'
import { SELDOM } from '../live/rules/wake.ts'
import type { Seat } from '../live/seat.ts'
import { liveRoom, type ObjectContext, type ObjectSocket, SEAT } from './live-room.ts'

/** A connection as the runtime holds it: it outlives the object's memory. */
class FakeSocket implements ObjectSocket {
  sent: ToClient[] = []
  closed: string | undefined
  pinged: number | undefined
  send(text: string): void {
    if (this.closed) throw new TypeError('closed')
    this.sent.push(JSON.parse(text))
  }
  close(_code: number, reason: string): void {
    this.closed = reason
  }
  read(): ToClient[] {
    return this.sent.splice(0)
  }
}

/** What an object has beside its memory. Values are copied, as storage does. */
class FakeContext implements ObjectContext {
  kept = new Map<string, unknown>()
  writes = 0
  sockets = new Map<FakeSocket, string[]>()
  alarmAt: number | null = null
  ready: Promise<unknown> = Promise.resolve()
  storage = {
    list: async () => structuredClone(new Map([...this.kept].toSorted(([a], [b]) => (a < b ? -1 : 1)))),
    put: async (entries: Record<string, unknown>) => {
      expect(Object.keys(entries).length).toBeLessThanOrEqual(128)
      this.writes++
      for (const [key, value] of Object.entries(entries)) this.kept.set(key, structuredClone(value))
    },
    delete: async (keys: string[]) => keys.filter(key => this.kept.delete(key)).length,
    deleteAll: async () => this.kept.clear(),
    getAlarm: async () => this.alarmAt,
    setAlarm: async (at: number) => {
      this.alarmAt = at
    },
    deleteAlarm: async () => {
      this.alarmAt = null
    },
  }
  acceptWebSocket = (socket: ObjectSocket, tags: string[]) =>
    void this.sockets.set(socket as FakeSocket, tags)
  getWebSockets = (tag?: string) =>
    [...this.sockets].flatMap(([socket, tags]) =>
      !socket.closed && (tag === undefined || tags.includes(tag)) ? [socket] : [],
    )
  getTags = (socket: ObjectSocket) => this.sockets.get(socket as FakeSocket)!
  setWebSocketAutoResponse = () => {}
  getWebSocketAutoResponseTimestamp = (socket: ObjectSocket) => {
    const { pinged } = socket as FakeSocket
    return pinged === undefined ? null : new Date(pinged)
  }
  async blockConcurrencyWhile<T>(work: () => Promise<T>): Promise<T> {
    const working = work()
    this.ready = working
    return working
  }
}

let app: TestApp
let link: Link
let context: FakeContext
let room: InstanceType<ReturnType<typeof liveRoom>>
let newest: FakeSocket
beforeEach(async () => {
  app = await testApp()
  link = await makeLink(app, (await makeRoom(app)).id, { role: 'host' })
  context = new FakeContext()
  vi.useFakeTimers({ toFake: ['Date'], now: app.clock.now })
  vi.stubGlobal(
    'WebSocketPair',
    class {
      0 = {}
      1: FakeSocket
      constructor() {
        newest = new FakeSocket()
        this[1] = newest
      }
    },
  )
  vi.stubGlobal('WebSocketRequestResponsePair', class {})
  // Only Workers have an answer with a WebSocket.
  vi.stubGlobal('Response', class {})
  await wake()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  app.close()
})

/** The object is there again, with nothing but what it kept. */
async function wake(): Promise<void> {
  const LiveRoom = liveRoom(() => app)
  room = new LiveRoom(context, {})
  await context.ready
}

/** Time passes, and the alarm rings if it is due. */
async function pass(ms: number, { pinging }: { pinging: FakeSocket[] }): Promise<void> {
  app.clock.now += ms
  vi.setSystemTime(app.clock.now)
  for (const socket of pinging) socket.pinged = app.clock.now
  if (context.alarmAt === null || context.alarmAt > app.clock.now) return
  context.alarmAt = null
  await room.alarm()
}

const seats = new Map<string, Seat>()
async function seatOf(name: string): Promise<Seat> {
  vi.stubGlobal('Response', RealResponse)
  const { token } = await join(app, link, { name })
  const headers = { upgrade: 'websocket', 'sec-websocket-protocol': `sightline.1, bearer.${token}` }
  let taken: Seat | undefined
  await app.fetch(new Request('http://sightline.test/api/live', { headers }), {
    upgrade(seat) {
      taken = seat
      return new Response(null)
    },
  })
  vi.stubGlobal('Response', class {})
  seats.set(name, taken!)
  return taken!
}
const RealResponse = Response

async function enter(seat: Seat, since?: { epoch: string; seq: number }): Promise<FakeSocket> {
  app.clock.now++
  vi.setSystemTime(app.clock.now)
  await room.fetch(
    new Request('https://room/', { headers: { [SEAT]: encodeURIComponent(JSON.stringify(seat)) } }),
  )
  const socket = newest
  await says(socket, since ? { type: 'hello', since } : { type: 'hello' })
  return socket
}
const says = (socket: FakeSocket, message: ToServer) => room.webSocketMessage(socket, JSON.stringify(message))

describe('an object that lost its memory in mid-room', () => {
  it('writes nothing for a pointer or the parts of a stroke, and keeps what was drawn', async () => {
    const a = await enter(await seatOf('Ann'))
    const b = await enter(await seatOf('Ben'))
    const id = 'b'.repeat(16)
    const mark = { tool: 'pen', ink: 'red', weight: 3, points: [[0, 0]] } as const
    await says(a, { type: 'draw.mark', id, mark: { ...mark, points: [[0, 0]] } })
    const before = context.writes
    b.read()
    await says(a, { type: 'pointer', at: [0.5, 0.5] })
    await says(a, { type: 'draw.extend', id, points: [[1, 1]] })
    expect([b.read().map(({ type }) => type), context.writes]).toEqual([['pointer', 'draw.extended'], before])
    const points: [number, number][] = [
      [0, 0],
      [0.5, 1],
    ]
    await says(a, { type: 'draw.end', id, points })
    await says(b, { type: 'draw.mark', id: 'a'.repeat(16), mark: { ...mark, points } })
    await wake()
    const late = await enter(await seatOf('Cem'))
    const welcome = late.read()[0] as Extract<ToClient, { type: 'welcome' }>
    const shown = { ...mark, points }
    expect(welcome.marks.map(({ by, mark }) => [by.name, mark])).toEqual([
      ['Ann', shown],
      ['Ben', shown],
    ])
    await says(a, { type: 'draw.clear', which: { all: true } })
    await wake()
    const later = await enter(await seatOf('Dea'))
    expect(later.read()[0]).toMatchObject({ type: 'welcome', marks: [] })
  })

  it('goes on with the same people, numbers and connections', async () => {
    const a = await enter(await seatOf('Ann'))
    const b = await enter(await seatOf('Ben'))
    await says(a, { type: 'hand', raised: true })
    await says(a, { type: 'chat', text: 'before', ref: '1' })
    const page = new Page()
    for (const message of b.read()) page.take(message)
    const { seq } = page.place!
    await wake()
    await says(a, { type: 'chat', text: 'after', ref: '2' })
    expect(b.read()).toEqual([expect.objectContaining({ type: 'chat', seq: seq + 1 })])
    await wake()
    const late = await enter(await seatOf('Cem'))
    const welcome = late.read()[0] as Extract<ToClient, { type: 'welcome' }>
    expect([
      welcome.epoch,
      welcome.people.map(({ name, hand }) => [name, hand]),
      welcome.chat!.items.length,
    ]).toEqual([
      page.place!.epoch,
      [
        ['Ann', true],
        ['Ben', false],
        ['Cem', false],
      ],
      2,
    ])
  })

  it('still knows what a page missed, and nothing that is forgotten', async () => {
    const seat = await seatOf('Ann')
    const b = await enter(await seatOf('Ben'))
    const a = await enter(seat)
    const page = new Page()
    for (const message of a.read()) page.take(message)
    await wake()
    await room.webSocketClose(a)
    for (let i = 0; i < 3; i++) await says(b, { type: 'chat', text: `missed ${i}`, ref: String(i) })
    await wake()
    const back = await enter(seat, page.place)
    expect(back.read().map(message => ('message' in message ? message.message.text : message.type))).toEqual([
      'resumed',
      'missed 0',
      'missed 1',
      'missed 2',
    ])
    for (let minute = 0; minute < 6; minute++) await pass(60_000, { pinging: [b, back] })
    await wake()
    const later = await enter(seat, page.place)
    expect(later.read().map(message => message.type)).toEqual(['welcome'])
    expect([...context.kept.keys()].filter(key => key.startsWith('told:'))).toEqual([])
  })

  it('keeps nothing of what was deleted', async () => {
    const a = await enter(await seatOf('Ann'))
    await says(a, { type: 'chat', text: 'a slip', ref: '1' })
    const [id] = a.read().flatMap(told => (told.type === 'chat' ? [told.message.id] : []))
    expect(JSON.stringify([...context.kept.values()])).toContain('a slip')
    await says(a, { type: 'chat.delete', which: { id: id! } })
    expect(JSON.stringify([...context.kept.values()])).not.toContain('a slip')
  })

  it('counts those as gone whose connections ended without a word', async () => {
    await enter(await seatOf('Ann'))
    const b = await enter(await seatOf('Ben'))
    context.sockets = new Map([...context.sockets].filter(([socket]) => socket === b))
    await wake()
    b.read()
    await says(b, { type: 'hand', raised: true })
    b.read()
    await pass(GONE_AFTER, { pinging: [b] })
    expect(b.read().map(message => message.type)).toEqual(['person.left'])
  })

  it('says nothing to a connection that closed meanwhile', async () => {
    const a = await enter(await seatOf('Ann'))
    const b = await enter(await seatOf('Ben'))
    b.closed = 'by the network'
    a.read()
    await says(a, { type: 'hand', raised: true })
    expect(a.read().map(message => message.type)).toEqual(['person.changed'])
  })
})

it('what another version kept is forgotten: who comes back begins again, and hosts have time to', async () => {
  const a = await enter(await seatOf('Ann'))
  a.read()
  await says(a, { type: 'chat', text: 'still there', ref: '1' })
  const { epoch } = context.kept.get('core') as { epoch: string }
  context.kept.set('core', { ...(context.kept.get('core') as object), form: 1 })
  context.kept.set('person:old', { facts: { id: 'old' }, opensAt: null })
  context.sockets.clear()
  await wake()
  expect([...context.kept.keys()]).toEqual([])
  const hosted = async () => (await app.db.execute('SELECT host_since FROM rooms')).rows[0]!.host_since
  const since = await hosted()
  await app.db.execute(`UPDATE links SET permissions = '[]', role = NULL`)
  const viewer = await enter(await seatOf('Ben'))
  expect([await hosted(), since]).toEqual([since, expect.any(Number)])
  const [welcome] = viewer.read() as [Extract<ToClient, { type: 'welcome' }>]
  expect([
    welcome.epoch === epoch,
    welcome.people.map(({ name }) => name),
    welcome.chat!.items.length,
  ]).toEqual([false, ['Ben'], 1])
  for (let i = 0; i < 11; i++) await pass(3_000, { pinging: [viewer] })
  for (let i = 0; i < 2; i++) await pass(SELDOM, { pinging: [viewer] })
  expect(await hosted()).toBeNull()
})

it('a host who is gone for good is written off before the object forgets the room', async () => {
  const left = async () =>
    (await app.db.execute('SELECT host_since AS since, host_left_at AS "left" FROM rooms')).rows.map(row => [
      row.since,
      row.left,
    ])
  const a = await enter(await seatOf('Ann'))
  expect(await left()).toEqual([[app.clock.now, null]])
  await room.webSocketClose(a)
  app.database.state('down')
  await pass(GONE_AFTER, { pinging: [] })
  expect(context.alarmAt! - app.clock.now).toBe(HOSTS_RETRY)
  await wake()
  app.database.state('up')
  await pass(HOSTS_RETRY, { pinging: [] })
  expect([await left(), context.alarmAt, context.kept.size]).toEqual([[[null, app.clock.now]], null, 0])
})

it('staff see who is there, and that nobody is', async () => {
  const snapshot = async () => {
    vi.stubGlobal('Response', RealResponse)
    const answer = await room.fetch(new Request('https://room/'))
    vi.stubGlobal('Response', class {})
    return answer.json()
  }
  expect(await snapshot()).toEqual([])
  const seat = await seatOf('Ann')
  await enter(seat)
  expect(await snapshot()).toEqual([
    { id: seat.person.id, since: app.clock.now, waitingFor: null, addresses: [] },
  ])
  expect(context.kept.size).toBeGreaterThan(0)
})

describe('the alarm', () => {
  it('rings while people are there, and lets those go who do not ping', async () => {
    const a = await enter(await seatOf('Ann'))
    const b = await enter(await seatOf('Ben'))
    for (let i = 0; i < 4; i++) await pass(3_000, { pinging: [a] })
    expect([b.closed, a.read().at(-1)!.type]).toEqual(['silent', 'person.left'])
    expect(context.alarmAt).not.toBeNull()
  })

  it('is seldom for one alone, who may sleep', async () => {
    await enter(await seatOf('Ann'))
    expect(context.alarmAt! - app.clock.now).toBe(SELDOM)
  })

  it('is off, and nothing is kept, when nobody is there', async () => {
    const a = await enter(await seatOf('Ann'))
    await room.webSocketClose(a)
    await pass(GONE_AFTER, { pinging: [] })
    expect([context.alarmAt, context.kept.size]).toEqual([null, 0])
    await wake()
    const again = await enter(seats.get('Ann')!)
    expect(again.read()).toEqual([expect.objectContaining({ type: 'welcome', seq: 1 })])
  })
})

it('a change elsewhere reaches those who are there, and does nothing where nobody is', async () => {
  const changed = () => room.fetch(new Request('https://room/', { method: 'POST' }))
  await changed()
  expect(context.kept.size).toBe(0)
  const a = await enter(await seatOf('Ann'))
  await app.db.execute('UPDATE links SET revoked_at = 1')
  await wake()
  await changed()
  expect([a.closed, a.read().at(-1)]).toEqual(['link_revoked', { type: 'bye', code: 'link_revoked' }])
  expect(context.kept.size).toBe(0)
})

it('an object of a sub-room stays that one’s, and is as if never used when nobody is left', async () => {
  const seat = { ...(await seatOf('Ann')), sub: 'corner' }
  const roomId = seat.roomId
  await app.db.execute(
    sql("INSERT INTO subrooms (room_id, name, title, created_at) VALUES (:roomId, 'corner', 'Corner', 0)", {
      roomId,
    }),
  )
  const socket = await enter(seat)
  await says(socket, { type: 'chat', text: 'before', ref: '1' })
  await wake()
  await says(socket, { type: 'chat', text: 'after', ref: '2' })
  const stored = async () => [await rows(app, 'chat', 'DISTINCT sub'), await rows(app, 'subrooms', 'people')]
  expect(await stored()).toEqual([[{ sub: 'corner' }], [{ people: 1 }]])
  await room.webSocketClose(socket)
  await pass(GONE_AFTER, { pinging: [] })
  expect(await stored()).toEqual([[{ sub: 'corner' }], [{ people: 0 }]])
  expect(context.kept.size).toBe(0)
})

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, makeRoom } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { newHiddenName, newId } from '../crypto/id.ts'
import { sql, write } from '../db.ts'
import { type Room, roomStates } from './schema.ts'
import { roomState } from './state.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(() => app.close())

type List = { items: Room[]; next: string | null }
const list = (query = '', headers: Record<string, string> = {}) =>
  ask<List>(app, 'GET', `/api/rooms${query}`, { headers })

interface Planted {
  title: string
  startsAt: number | null
  endsAt: number | null
  endedAt: number | null
  publishers: (number | null)[]
  createdAt: number
}

/** Rooms as the database may hold them, without going through the API one by one. */
async function plant(rooms: Planted[]): Promise<void> {
  const statements = rooms.flatMap((room, n) => {
    const id = newId()
    const streamId = newId()
    return [
      sql(
        `INSERT INTO rooms (id, slug, title, starts_at, ends_at, ended_at, created_at, updated_at)
         VALUES (:id, :slug, :title, :startsAt, :endsAt, :endedAt, :createdAt, :createdAt)`,
        {
          id,
          slug: `slug-${n}`,
          title: room.title,
          startsAt: room.startsAt,
          endsAt: room.endsAt,
          endedAt: room.endedAt,
          createdAt: room.createdAt,
        },
      ),
      sql(`INSERT INTO streams (id, room_id, hidden_name, created_at) VALUES (:streamId, :id, :name, :at)`, {
        streamId,
        id,
        name: newHiddenName(),
        at: room.createdAt,
      }),
      ...room.publishers.map((expiresAt, i) =>
        sql(
          `INSERT INTO publications (session, stream_id, protocol, address, port, opened_at, expires_at)
           VALUES (:session, :streamId, 'rtmp', '192.0.2.1', 1, :at, :expiresAt)`,
          { session: `${id}-${i}`, streamId, at: room.createdAt, expiresAt },
        ),
      ),
    ]
  })
  await write(app.db, statements)
}

const plain = { startsAt: null, endsAt: null, endedAt: null, publishers: [] }

test('an empty list is a list', async () => {
  const { status, body } = await list()
  expect({ status, body }).toEqual({ status: 200, body: { items: [], next: null } })
})

test('a list has the rooms as they are one by one, newest first', async () => {
  const first = await makeRoom(app, { title: 'first' })
  app.clock.now += 1
  const second = await makeRoom(app, { title: 'second' })
  expect((await list()).body).toEqual({ items: [second, first], next: null })
})

test('a list has a tag, which changes with any room in it', async () => {
  const room = await makeRoom(app)
  const { etag } = (await list()).headers
  expect(await list('', { 'if-none-match': etag! })).toMatchObject({ status: 304, body: undefined })
  await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { title: 'x' } })
  expect((await list('', { 'if-none-match': etag! })).status).toBe(200)
})

test.each([1, 7, 50, 119, 120, 121, 200])(
  '120 rooms of the same moment come once each in pages of %i',
  async limit => {
    await plant(
      Array.from({ length: 120 }, (_, n) => ({ ...plain, title: `room ${n}`, createdAt: NOON - (n % 2) })),
    )
    const titles: string[] = []
    const sizes: number[] = []
    for (let query = `?limit=${limit}`; query; ) {
      const { items, next }: List = (await list(query)).body
      titles.push(...items.map(room => room.title))
      sizes.push(items.length)
      query = next ? `?limit=${limit}&cursor=${next}` : ''
    }
    expect(new Set(titles).size).toBe(120)
    expect(titles).toHaveLength(120)
    const pages = Math.ceil(120 / limit)
    expect(sizes).toEqual([...Array(pages - 1).fill(limit), 120 - limit * (pages - 1)])
  },
  10_000,
)

test('a room made while somebody pages moves nothing in the pages to come', async () => {
  await plant(Array.from({ length: 6 }, (_, n) => ({ ...plain, title: `${n}`, createdAt: NOON - n })))
  const first = (await list('?limit=3')).body
  app.clock.now += 1
  await makeRoom(app, { title: 'new' })
  const second = (await list(`?limit=3&cursor=${first.next}`)).body
  expect([...first.items, ...second.items].map(room => room.title)).toEqual(['0', '1', '2', '3', '4', '5'])
})

test.each<[string, string[]]>([
  ['nord', ['Nordlicht', 'nordwind']],
  ['NORD', ['Nordlicht', 'nordwind']],
  ['  licht ', ['Nordlicht']],
  ['slug-2', ['100% _x']],
  ['%', ['100% _x']],
  ['_', ['100% _x']],
  ["'", []],
  ['zzz', []],
  ['', ['Nordlicht', 'nordwind', '100% _x']],
])('q=%j finds %j', async (q, titles) => {
  await plant(
    ['Nordlicht', 'nordwind', '100% _x'].map((title, n) => ({ ...plain, title, createdAt: NOON - n })),
  )
  const { body } = await list(`?q=${encodeURIComponent(q)}`)
  expect(body.items.map(room => room.title)).toEqual(titles)
})

test.each<[string, string, string]>([
  ['?limit=0', 'limit', 'must be a whole number from 1 to 200'],
  ['?limit=201', 'limit', 'must be a whole number from 1 to 200'],
  ['?limit=ten', 'limit', 'must be a whole number from 1 to 200'],
  ['?cursor=x', 'cursor', 'must be the next of an earlier page'],
  ['?state=closed', 'state', 'must be one of scheduled, open, live, ended'],
  [`?q=${'x'.repeat(201)}`, 'q', 'must have at most 200 characters'],
  ['?sort=title', 'sort', 'is not known here'],
  ['?__proto__=1', '__proto__', 'is not known here'],
  ['?q=a&q=b', 'q', 'must be given once'],
])('%s is refused with the field named', async (query, field, detail) => {
  expect(await list(query)).toMatchObject({
    status: 400,
    body: { code: 'invalid', errors: [{ field, detail }] },
  })
})

test('the state in SQL is the state of the rule, for whatever a room may hold', async () => {
  // NOON and its neighbours, where off-by-ones live.
  const moment = fc.constantFrom(null, NOON - 1, NOON, NOON + 1)
  const planted = fc.record({
    title: fc.constant('x'),
    startsAt: moment,
    endsAt: moment,
    endedAt: moment,
    publishers: fc.array(moment, { maxLength: 2 }),
    createdAt: fc.constant(NOON - 10),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(planted, { minLength: 1, maxLength: 12 }), async rooms => {
      await app.db.executeMultiple('DELETE FROM rooms')
      await plant(rooms)
      const everything = (await list()).body.items
      const bySlug = new Map(everything.map(room => [room.slug, room]))
      for (const [n, room] of rooms.entries()) {
        const publishing = room.publishers.some(expiresAt => expiresAt === null || expiresAt > NOON)
        expect(bySlug.get(`slug-${n}`)!.state).toBe(roomState({ ...room, publishing }, NOON))
      }
      for (const state of roomStates)
        expect((await list(`?state=${state}`)).body.items).toEqual(
          everything.filter(room => room.state === state),
        )
    }),
    { numRuns: 40 },
  )
})

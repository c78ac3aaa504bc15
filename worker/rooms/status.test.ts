import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { plansOf } from '../../test/support/plan.ts'
import { makeUser } from '../../test/support/users.ts'
import { sql } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import type { Present } from '../live/snapshot.ts'
import type { Room } from './schema.ts'
import type { PublicRoomList, RoomStatus } from './status-schema.ts'

let app: TestApp
/** Who the live channels say is there, by room. */
let present: Map<string, Present[]>
beforeEach(async () => {
  present = new Map()
  app = await testApp(
    {},
    {
      live: {
        changed: async () => {},
        snapshot: async id => present.get(id) ?? [],
        carries: () => true,
      },
    },
  )
})
const here = (id: string): Present => ({ id, since: NOON, waitingFor: null, addresses: [] })
afterEach(async () => {
  await app.settled()
  app.close()
})

type Headers = Record<string, string>
const status = (slug: string, headers: Headers = {}, token: string | null = null, address = '192.0.2.9') =>
  ask<RoomStatus>(app, 'GET', `/api/rooms/${slug}/status`, { headers, token, address })
const list = (headers: Headers = {}) =>
  ask<PublicRoomList>(app, 'GET', '/api/public-rooms', { headers, token: null })

/** Longer than the list is kept. */
const later = () => {
  app.clock.now += 5_000
}

const NORDLICHT: RoomStatus = {
  name: 'nordlicht',
  location: 'http://sightline.test/r/nordlicht',
  endpoint: 'ws://sightline.test/api/live',
  displayName: 'Nordlicht',
  locked: false,
  clientCount: 0,
}
const NOT_FOUND = {
  type: 'urn:sightline:problem:not_found',
  title: 'Not found',
  status: 404,
  code: 'not_found',
  detail: 'There is nothing here, or it is not for you.',
}

describe('the status of a public room', () => {
  test('says what a stranger needs, and no more', async () => {
    await makeRoom(app, { public: true })
    const { status: code, headers, body } = await status('nordlicht')
    expect({
      code,
      body,
      cache: headers['cache-control'],
      cors: headers['access-control-allow-origin'],
    }).toEqual({
      code: 200,
      body: NORDLICHT,
      cache: 'private, no-cache',
      cors: undefined,
    })
    expect((await status('nordlicht', { 'if-none-match': headers.etag! })).status).toBe(304)
  })

  test('with all there is', async () => {
    const room = await makeRoom(app, {
      public: true,
      description: 'Every Tuesday',
      lock: { message: 'Not for you' },
      redirect: 'https://other.example/r/x',
      authServer: 'https://id.example/',
      authPortal: 'https://portal.example/',
      contact: 'Reception',
      comment: 'For staff',
      maxViewers: 9,
    })
    const link = await makeLink(app, room.id)
    await app.db.execute(
      sql(
        `INSERT INTO room_users (link_id, room_id, name, password, updated_at) VALUES (:link, :room, 'anna', '{}', 1)`,
        { link: link.id, room: room.id },
      ),
    )
    expect((await status('nordlicht')).body).toEqual({
      ...NORDLICHT,
      description: 'Every Tuesday',
      locked: true,
      redirect: 'https://other.example/r/x',
      authServer: 'https://id.example/',
      authPortal: 'https://portal.example/',
      canChangePassword: true,
    })
  })

  test.each<[string, string | null, string | null]>([
    ['a user without a password', 'anna', null],
    ['any other name', null, '{}'],
  ])('%s can change none', async (_, name, password) => {
    const room = await makeRoom(app, { public: true })
    const link = await makeLink(app, room.id)
    await app.db.execute(
      sql(
        'INSERT INTO room_users (link_id, room_id, name, password, updated_at) VALUES (:link, :room, :name, :password, 1)',
        { link: link.id, room: room.id, name, password },
      ),
    )
    expect((await status('nordlicht')).body).toEqual(NORDLICHT)
  })

  test('counts who is there', async () => {
    const room = await makeRoom(app, { public: true })
    present.set(room.id, [here('a'), here('b'), { ...here('c'), waitingFor: 'admission' }])
    expect((await status('nordlicht')).body).toEqual({ ...NORDLICHT, clientCount: 2 })
    expect((await list()).body.items).toEqual([expect.objectContaining({ clientCount: 2 })])
  })

  test('whose channel cannot be asked is shown all the same', async () => {
    await makeRoom(app, { public: true })
    present.get = () => {
      throw new Error('no answer')
    }
    expect(await status('nordlicht')).toMatchObject({ status: 200, body: NORDLICHT })
    expect((await list()).body.items).toHaveLength(1)
    expect(app.log.filter(line => line.includes('live.not-asked'))).toHaveLength(2)
  })
})

describe('to a stranger', () => {
  const away: [string, (room: Room) => Promise<unknown>][] = [
    ['is not public', room => patch(room, { public: false })],
    ['has ended', room => patch(room, { state: 'ended' })],
    ['has ended by its schedule', room => patch(room, { endsAt: new Date(app.clock.now).toISOString() })],
    ['was deleted', room => ask(app, 'DELETE', `/api/rooms/${room.id}`)],
    ['has another slug now', room => patch(room, { slug: 'other' })],
  ]
  const patch = (room: Room, json: object) => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json })

  test.each(away)('a room that %s is as one that never was', async (_, change) => {
    await change(await makeRoom(app, { public: true, description: 'Secret', redirect: 'https://x.example/' }))
    const [there, nowhere] = [await status('nordlicht'), await status('never-was')]
    const timeless = ({ headers, ...answer }: typeof there) => {
      const { 'x-request-id': _, ...rest } = headers
      return { ...answer, headers: rest }
    }
    expect(timeless(there)).toEqual(timeless(nowhere))
    expect(there.body).toEqual(NOT_FOUND)
  })

  test.each(['', 'x/y', '%2e%2e', 'NORDLICHT', 'nordlicht%00', "nordlicht'--"])('%j is none', async slug => {
    await makeRoom(app, { public: true })
    expect((await status(slug)).status).toBe(404)
  })

  test('an id is no slug, and a slug that looks like one is no id', async () => {
    const hidden = await makeRoom(app, { slug: 'hidden' })
    await makeRoom(app, { slug: hidden.id, title: 'Other', public: true })
    expect((await status(hidden.id)).body).toMatchObject({ displayName: 'Other' })
    expect((await ask<Room>(app, 'GET', `/api/rooms/${hidden.id}`)).body.title).toBe('Nordlicht')
    expect((await status('hidden')).status).toBe(404)
  })

  test('it answers so often only, found or not', async () => {
    await makeRoom(app, { public: true })
    for (let n = 0; n < LIMITS.status.tries; n++) await status(n % 2 ? 'nordlicht' : 'never-was')
    for (const slug of ['nordlicht', 'never-was'])
      expect(await status(slug)).toMatchObject({ status: 429, body: { code: 'too_many' } })
    expect((await status('nordlicht', {}, null, '192.0.2.10')).status).toBe(200)
  })

  test('a page of another site may not read it', async () => {
    await makeRoom(app, { public: true })
    const { headers } = await status('nordlicht', { origin: 'https://evil.example' })
    expect(Object.keys(headers).filter(name => name.startsWith('access-control'))).toEqual([])
  })
})

describe('who may see every room', () => {
  beforeEach(() => makeRoom(app, { authPortal: 'https://x.example/' }))
  const SEEN = { ...NORDLICHT, authPortal: 'https://x.example/' }

  test.each(['owner', 'admin', 'operator'] as const)('%s gets the status of any', async role => {
    const { headers } = await makeUser(app, role)
    expect(await status('nordlicht', headers)).toMatchObject({ status: 200, body: SEEN })
  })

  test('so does the deployment’s token', async () => {
    expect((await status('nordlicht', {}, app.config.adminToken!)).body).toEqual(SEEN)
  })

  test('not so a guest, a key without the right, somebody who was there, or a token that is none', async () => {
    const owner = await makeUser(app, 'owner')
    const room = (await ask<{ items: Room[] }>(app, 'GET', '/api/rooms')).body.items[0]!
    const key = await ask<{ secret: string }>(app, 'POST', '/api/keys', {
      json: { name: 'Robot', rights: ['links:read'] },
      headers: owner.headers,
      token: null,
    })
    const person = await join(app, await makeLink(app, room.id))
    const guest = await makeUser(app, 'guest')
    for (const token of [key.body.secret, person.token, 'nonsense'])
      expect(await status('nordlicht', {}, token)).toMatchObject({ status: 404, body: NOT_FOUND })
    expect((await status('nordlicht', guest.headers)).status).toBe(404)
    expect((await status('nordlicht', { cookie: '__Host-sightline=nonsense' })).status).toBe(404)
  })

  test('a wrong token decides alone, whatever the cookie', async () => {
    const { headers } = await makeUser(app, 'owner')
    expect((await status('nordlicht', headers, 'nonsense')).status).toBe(404)
  })
})

describe('the list of public rooms', () => {
  test('has them by title, and none that has ended or is not public', async () => {
    await makeRoom(app, { slug: 'b', title: 'Beta', public: true, description: 'Two', lock: {} })
    await makeRoom(app, { slug: 'a', title: 'Alpha', public: true, startsAt: '2026-11-21T14:00:00Z' })
    await makeRoom(app, { slug: 'c', title: 'Closed' })
    await makeRoom(app, { slug: 'd', title: 'Done', public: true, endsAt: '2026-11-21T12:00:00Z' })
    const over = await makeRoom(app, { slug: 'e', title: 'Ended', public: true })
    await ask(app, 'PATCH', `/api/rooms/${over.id}`, { json: { state: 'ended' } })
    const { status: code, headers, body } = await list()
    expect({ code, cache: headers['cache-control'], body }).toEqual({
      code: 200,
      cache: 'public, max-age=5',
      body: {
        items: [
          {
            name: 'a',
            displayName: 'Alpha',
            description: '',
            locked: false,
            clientCount: 0,
            startsAt: '2026-11-21T14:00:00.000Z',
          },
          {
            name: 'b',
            displayName: 'Beta',
            description: 'Two',
            locked: true,
            clientCount: 0,
            startsAt: null,
          },
        ],
        next: null,
      },
    })
    expect((await list({ 'if-none-match': headers.etag! })).status).toBe(304)
  })

  test('is one round trip for all who ask within five seconds', async () => {
    app.roundTrips()
    await Promise.all(Array.from({ length: 50 }, () => list()))
    expect(app.roundTrips()).toBe(1)
    app.clock.now += 4_999
    await list()
    expect(app.roundTrips()).toBe(0)
    app.clock.now += 1
    await list()
    expect(app.roundTrips()).toBe(1)
  })

  test('shows what changed once those have passed', async () => {
    const room = await makeRoom(app, { public: true })
    expect((await list()).body.items).toHaveLength(1)
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { public: false } })
    later()
    expect((await list()).body.items).toEqual([])
  })

  test('that could not be read is read anew', async () => {
    await makeRoom(app, { public: true })
    await app.db.execute('ALTER TABLE rooms RENAME TO away')
    expect((await list()).status).toBe(503)
    await app.db.execute('ALTER TABLE away RENAME TO rooms')
    expect((await list()).body.items).toHaveLength(1)
  })

  test('ends somewhere', async () => {
    await app.db.batch(
      Array.from({ length: 101 }, (_, n) =>
        sql(
          `INSERT INTO rooms (id, slug, title, public, created_at, updated_at) VALUES (:id, :id, :id, 1, 1, 1)`,
          { id: `r${n}` },
        ),
      ),
      'write',
    )
    expect((await list()).body.items).toHaveLength(100)
  })
})

test('both are by index', async () => {
  await makeRoom(app, { public: true })
  app.roundTrips()
  await list()
  await status('nordlicht')
  const steps = (await plansOf(app.database))
    .filter(plan => plan.sql.includes('FROM rooms r WHERE'))
    .map(plan => plan.steps[0])
  expect(steps).toEqual([
    'SCAN r USING INDEX rooms_public',
    'SEARCH r USING INDEX sqlite_autoindex_rooms_2 (slug=?)',
  ])
  expect(await rows(app, 'rooms', 'slug')).toHaveLength(1)
})

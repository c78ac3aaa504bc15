import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { sql } from '../db.ts'
import type { Room } from './schema.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const create = (fields: object) =>
  ask<Room>(app, 'POST', '/api/rooms', { json: { title: 'Nordlicht', ...fields } })
const change = (room: Room, json: object, headers: Record<string, string> = {}) =>
  ask<Room>(app, 'PATCH', `/api/rooms/${room.id}`, { json, headers })
const read = async (room: Room) => (await ask<Room>(app, 'GET', `/api/rooms/${room.id}`)).body

const everything = {
  waitingRoom: true,
  autolock: true,
  autokick: true,
  endAfterHostMs: 300_000,
  chatHistoryMs: 60_000,
  public: true,
  contact: 'Reception, 2nd floor',
  comment: 'Two\nlines',
  presentersInvite: true,
  allowRecording: true,
  allowAnonymous: true,
  autoSubrooms: true,
  redirect: 'https://other.example/r/nordlicht',
  codecs: ['h264', 'opus'],
  authServer: 'https://id.example/join',
  authPortal: 'http://127.0.0.1:9/portal?x=1',
}
const LOCK = { message: 'Back at three', since: '2026-11-21T12:00:00.000Z' }

test('everything that can be said of a new room is kept', async () => {
  const { status, body } = await create({ ...everything, lock: { message: LOCK.message } })
  expect({ status, body }).toEqual({ status: 201, body: { ...body, ...everything, lock: LOCK } })
  expect(await read(body)).toEqual(body)
})

test('each can be changed alone, and the rest stays', async () => {
  let before = await makeRoom(app)
  for (const [field, value] of Object.entries(everything)) {
    const { status, body } = await change(before, { [field]: value })
    const lock = field === 'autolock' ? { message: '', since: LOCK.since } : before.lock
    expect({ status, body }).toEqual({ status: 200, body: { ...before, [field]: value, lock } })
    before = body
  }
})

test('nulls and empty texts say "none"', async () => {
  const none = {
    endAfterHostMs: null,
    chatHistoryMs: null,
    redirect: null,
    codecs: null,
    authServer: null,
    authPortal: null,
    contact: '',
    comment: '',
  }
  const { body } = await create(everything)
  expect((await change(body, none)).body).toEqual({ ...body, ...none })
  const made = (await create({ slug: 'other', ...none })).body
  expect(made).toEqual({ ...made, ...none })
})

const YES_OR_NO = 'must be true or false'
const ADDRESS = 'must be an address that begins with https:// or http://'
const flags = [
  'waitingRoom',
  'autolock',
  'autokick',
  'public',
  'presentersInvite',
  'allowRecording',
  'allowAnonymous',
  'autoSubrooms',
]
const addresses = ['redirect', 'authServer', 'authPortal']

const wrong: [json: object, field: string, detail: string][] = [
  ...flags.flatMap(field =>
    [1, 'true', null].map((value): [object, string, string] => [{ [field]: value }, field, YES_OR_NO]),
  ),
  ...addresses.flatMap(field =>
    [
      'javascript:alert(1)',
      'data:text/html,x',
      '//other.example/',
      '/r/other',
      'ftp://other.example/',
      'https:other.example',
      'https://',
      'https://somebody:secret@other.example/',
      'https://somebody@other.example/',
      'https://other.example\\@third.example/',
      'https://other.example/a b',
      '',
    ].map((value): [object, string, string] => [{ [field]: value }, field, ADDRESS]),
  ),
  [{ redirect: `https://x.example/${'x'.repeat(2000)}` }, 'redirect', 'must have at most 2000 characters'],
  [{ redirect: 7 }, 'redirect', 'must be text'],
  [{ endAfterHostMs: 59_999 }, 'endAfterHostMs', 'must be at least 60000'],
  [{ endAfterHostMs: 86_400_001 }, 'endAfterHostMs', 'must be at most 86400000'],
  [{ endAfterHostMs: 60_000.5 }, 'endAfterHostMs', 'must be a whole number'],
  [{ endAfterHostMs: '5' }, 'endAfterHostMs', 'must be a whole number'],
  [{ chatHistoryMs: 59_999 }, 'chatHistoryMs', 'must be at least 60000'],
  [{ chatHistoryMs: 315_360_000_001 }, 'chatHistoryMs', 'must be at most 315360000000'],
  [{ contact: null }, 'contact', 'must be text'],
  [{ contact: 'x'.repeat(501) }, 'contact', 'must have at most 500 characters'],
  [{ comment: 'x'.repeat(2001) }, 'comment', 'must have at most 2000 characters'],
  [{ comment: 'a\u0000b' }, 'comment', 'must not have control characters'],
  [{ codecs: ['h263'] }, 'codecs.0', 'must be one of vp8, vp9, av1, h264, h265, opus, g722, pcmu, pcma'],
  [{ codecs: 'h264' }, 'codecs', 'must be a list'],
  [{ codecs: [] }, 'codecs', 'must not be empty; null says that there is no preference'],
  [{ codecs: ['h264', 'vp8', 'h264'] }, 'codecs', 'must name each once'],
  [{ lock: true }, 'lock', 'must be an object'],
  [{ lock: 'Back at three' }, 'lock', 'must be an object'],
  [{ lock: { message: 7 } }, 'lock.message', 'must be text'],
  [{ lock: { message: 'x'.repeat(501) } }, 'lock.message', 'must have at most 500 characters'],
  [{ lock: { since: LOCK.since } }, 'lock.since', 'is not known here'],
  [{ lockedAt: LOCK.since }, 'lockedAt', 'is not known here'],
  [{ hostSince: null }, 'hostSince', 'is not known here'],
]

test.each(wrong)('%j is refused, made or changed', async (json, field, detail) => {
  const answer = { status: 400, body: { code: 'invalid', errors: [{ field, detail }] } }
  expect(await create(json)).toMatchObject(answer)
  expect(await rows(app, 'rooms')).toEqual([])
  const room = await makeRoom(app)
  expect(await change(room, json)).toMatchObject(answer)
  expect(await read(room)).toEqual(room)
})

test('what nobody may know by the tag of before is refused and locks nothing', async () => {
  const room = await makeRoom(app)
  await change(room, { title: 'meanwhile' })
  const { status } = await change(room, { lock: {}, autolock: true, public: true }, { 'if-match': '"1-x"' })
  expect([status, await read(room)]).toEqual([412, { ...room, title: 'meanwhile' }])
})

test('the tag changes with each of them', async () => {
  const room = await makeRoom(app)
  const tags = new Set<string>()
  for (const [field, value] of Object.entries({ ...everything, lock: {} }))
    tags.add((await change(room, { [field]: value })).headers.etag!)
  expect(tags.size).toBe(Object.keys(everything).length + 1)
})

test('a list of rooms shows them too', async () => {
  const { body } = await create(everything)
  expect((await ask<{ items: Room[] }>(app, 'GET', '/api/rooms')).body.items).toEqual([body])
})

/** As the live channel notes that hosts come and go. */
const hosts = (since: number | null, left: number | null) =>
  app.db.execute(sql('UPDATE rooms SET host_since = :since, host_left_at = :left', { since, left }))
const leftAt = async () => (await rows(app, 'rooms', 'host_left_at'))[0]!.host_left_at

test.each<[given: object, lock: Room['lock']]>([
  [{ autolock: true }, { message: '', since: LOCK.since }],
  [{ autolock: true, lock: { message: LOCK.message } }, LOCK],
  [
    { autolock: true, lock: {} },
    { message: '', since: LOCK.since },
  ],
  [{ autolock: true, lock: null }, null],
  [{ autolock: false }, null],
  [
    { autolock: false, lock: {} },
    { message: '', since: LOCK.since },
  ],
  [{ lock: { message: ` ${LOCK.message} ` } }, LOCK],
  [{ lock: null }, null],
])('a room made with %j begins with the lock %j', async (given, lock) => {
  expect((await create(given)).body.lock).toEqual(lock)
})

test('locking again keeps since when and takes the new message', async () => {
  const room = await makeRoom(app, { lock: { message: 'one' } })
  app.clock.now += 1_000
  expect((await change(room, { lock: { message: 'two' } })).body.lock).toEqual({ ...LOCK, message: 'two' })
  expect((await change(room, { title: 'x' })).body.lock).toEqual({ ...LOCK, message: 'two' })
  expect((await change(room, { lock: {} })).body.lock).toEqual({ ...LOCK, message: '' })
  expect((await change(room, { lock: null })).body.lock).toBeNull()
})

test('turning on that a room locks itself leaves it open while a host is there', async () => {
  const room = await makeRoom(app)
  await hosts(app.clock.now, null)
  expect((await change(room, { autolock: true })).body.lock).toBeNull()
})

test('a room that locks itself and was unlocked by hand stays so, whatever else is saved', async () => {
  const room = await makeRoom(app, { autolock: true })
  await change(room, { lock: null })
  expect((await change(room, { autolock: true, title: 'x' })).body.lock).toBeNull()
  expect((await change(room, { autolock: false })).body.lock).toBeNull()
})

test('a room that learns to end after its last host counts from now on', async () => {
  const room = await makeRoom(app)
  await hosts(null, app.clock.now - 3_600_000)
  await change(room, { endAfterHostMs: 300_000 })
  expect(await leftAt()).toBe(app.clock.now)
  app.clock.now += 1_000
  await change(room, { endAfterHostMs: 300_000, title: 'the same again' })
  expect(await leftAt()).toBe(app.clock.now - 1_000)
  await change(room, { endAfterHostMs: 60_000 })
  expect(await leftAt()).toBe(app.clock.now)
})

test('a room where no host was yet does not begin to end', async () => {
  const room = await makeRoom(app)
  await change(room, { endAfterHostMs: 300_000 })
  expect(await leftAt()).toBeNull()
})

test('a room that opens again forgets that its host left', async () => {
  const room = await makeRoom(app, { endAfterHostMs: 300_000 })
  await hosts(null, app.clock.now)
  await change(room, { state: 'ended' })
  expect(await leftAt()).toBe(app.clock.now)
  await change(room, { state: 'open', endAfterHostMs: 60_000 })
  expect(await leftAt()).toBeNull()
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { sql } from '../db.ts'
import type { Room } from '../rooms/schema.ts'
import type { Subroom, SubroomList } from './schema.ts'
import { MAX_SUBROOMS } from './store.ts'

let app: TestApp
let room: Room
let told: string[]
beforeEach(async () => {
  told = []
  app = await testApp(
    {},
    { live: { changed: async id => void told.push(id), snapshot: async () => [], carries: () => true } },
  )
  room = await makeRoom(app)
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const at = (name = '', roomId = room.id) => `/api/rooms/${roomId}/subrooms${name && `/${name}`}`
const make = (json: unknown, roomId = room.id) => ask<Subroom>(app, 'POST', at('', roomId), { json })
const read = (name: string, headers: Record<string, string> = {}) =>
  ask<Subroom>(app, 'GET', at(name), { headers })
const change = (name: string, json: unknown, headers: Record<string, string> = {}) =>
  ask<Subroom>(app, 'PATCH', at(name), { json, headers })
const remove = (name: string, headers: Record<string, string> = {}) =>
  ask(app, 'DELETE', at(name), { headers })
const list = (roomId = room.id) => ask<SubroomList>(app, 'GET', at('', roomId))

const say = (text: string, sub: string) =>
  app.db.execute(
    sql(
      `INSERT INTO chat (id, room_id, person_id, person_name, text, ref, created_at, sub)
       VALUES (:text, :room, 'p', 'Anna', :text, :text, 1, :sub)`,
      { text, sub, room: room.id },
    ),
  )

const ASIDE = {
  name: 'aside',
  title: 'aside',
  lock: null,
  createdAt: '2026-11-21T12:00:00.000Z',
}

test('a sub-room is made of a name', async () => {
  const { status, headers, body } = await make({ name: 'aside' })
  expect({ status, body, location: headers.location }).toEqual({
    status: 201,
    body: ASIDE,
    location: at('aside'),
  })
  expect((await read('aside')).body).toEqual(body)
  expect((await read('aside', { 'if-none-match': headers.etag! })).status).toBe(304)
})

test('with a title and a lock', async () => {
  const { body } = await make({ name: 'aside', title: ' Sound ', lock: { message: 'Mixing' } })
  expect(body).toEqual({
    ...ASIDE,
    title: 'Sound',
    lock: { message: 'Mixing', since: '2026-11-21T12:00:00.000Z' },
  })
})

test('the list has those of the room, by name', async () => {
  const other = await makeRoom(app, { slug: 'other' })
  for (const name of ['b', 'a', 'c']) await make({ name })
  await make({ name: 'd' }, other.id)
  const { status, body } = await list()
  expect({ status, names: body.items.map(item => item.name), next: body.next }).toEqual({
    status: 200,
    names: ['a', 'b', 'c'],
    next: null,
  })
  expect((await list('aaaaaaaaaaaaaaaa')).status).toBe(404)
})

test('two rooms may have sub-rooms of one name', async () => {
  const other = await makeRoom(app, { slug: 'other' })
  expect([(await make({ name: 'a' })).status, (await make({ name: 'a' }, other.id)).status]).toEqual([
    201, 201,
  ])
})

const wrong: [json: object, field: string, detail: string][] = [
  [{}, 'name', 'is required'],
  [{ name: '' }, 'name', 'must be 1 to 64 of a–z, 0–9 and -'],
  [{ name: 'A' }, 'name', 'must be 1 to 64 of a–z, 0–9 and -'],
  [{ name: 'a/b' }, 'name', 'must be 1 to 64 of a–z, 0–9 and -'],
  [{ name: '..' }, 'name', 'must be 1 to 64 of a–z, 0–9 and -'],
  [{ name: 'x'.repeat(65) }, 'name', 'must be 1 to 64 of a–z, 0–9 and -'],
  [{ name: 'a', title: '' }, 'title', 'must not be empty'],
  [{ name: 'a', title: 'x\ny' }, 'title', 'must be one line without control characters'],
  [{ name: 'a', lock: true }, 'lock', 'must be an object'],
  [{ name: 'a', lock: { message: 1 } }, 'lock.message', 'must be text'],
  [{ name: 'a', version: 1 }, 'version', 'is not known here'],
]
test.each(wrong)('%j makes none', async (json, field, detail) => {
  expect(await make(json)).toMatchObject({
    status: 400,
    body: { code: 'invalid', errors: [{ field, detail }] },
  })
  expect(await rows(app, 'subrooms')).toEqual([])
})

test('a name that is taken is a clash, and nothing changes', async () => {
  await make({ name: 'aside' })
  expect(await make({ name: 'aside', title: 'Other' })).toMatchObject({
    status: 409,
    body: { code: 'subroom_taken', detail: 'The room has a sub-room of this name. Choose another one.' },
  })
  expect((await read('aside')).body).toEqual(ASIDE)
})

test('of many who want one name exactly one gets it', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => make({ name: 'aside' })))
  expect(answers.map(a => a.status).sort()).toEqual([201, ...Array(9).fill(409)])
})

test('a room has no more than it can have', async () => {
  await app.db.batch(
    Array.from({ length: MAX_SUBROOMS }, (_, n) =>
      sql('INSERT INTO subrooms (room_id, name, title, created_at) VALUES (:room, :name, :name, 1)', {
        room: room.id,
        name: `n${n}`,
      }),
    ),
    'write',
  )
  expect(await make({ name: 'more' })).toMatchObject({
    status: 409,
    body: { code: 'too_many_subrooms', detail: 'A room has at most 200 sub-rooms. Delete one first.' },
  })
  expect(await make({ name: 'n7' })).toMatchObject({ status: 409, body: { code: 'subroom_taken' } })
})

test('no room, no sub-rooms', async () => {
  expect(await make({ name: 'a' }, 'aaaaaaaaaaaaaaaa')).toMatchObject({ status: 404 })
  for (const answer of [await read('a'), await change('a', {}), await remove('a')])
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect(await rows(app, 'subrooms')).toEqual([])
})

describe('a change', () => {
  beforeEach(() => make({ name: 'aside' }))

  test('of one thing leaves the rest; a lock keeps since when', async () => {
    const lock = { message: '', since: '2026-11-21T12:00:00.000Z' }
    expect((await change('aside', { title: 'Sound' })).body).toEqual({ ...ASIDE, title: 'Sound' })
    expect((await change('aside', { lock: {} })).body).toEqual({ ...ASIDE, title: 'Sound', lock })
    app.clock.now += 1_000
    expect((await change('aside', { lock: { message: 'Mixing' } })).body).toEqual({
      ...ASIDE,
      title: 'Sound',
      lock: { ...lock, message: 'Mixing' },
    })
    expect((await change('aside', { lock: null })).body).toEqual({ ...ASIDE, title: 'Sound' })
  })

  test.each<[object, string, string]>([
    [{ name: 'other' }, 'name', 'is not known here'],
    [{ title: null }, 'title', 'must be text'],
    [{ lock: 'x' }, 'lock', 'must be an object'],
  ])('%j is refused', async (json, field, detail) => {
    expect(await change('aside', json)).toMatchObject({ status: 400, body: { errors: [{ field, detail }] } })
    expect((await read('aside')).body).toEqual(ASIDE)
  })

  test('by a stale tag is refused, and so is deleting', async () => {
    const { etag } = (await read('aside')).headers
    expect((await change('aside', { title: 'Sound' }, { 'if-match': etag! })).status).toBe(200)
    for (const answer of [
      await change('aside', { title: 'late' }, { 'if-match': etag! }),
      await remove('aside', { 'if-match': etag! }),
    ])
      expect(answer).toMatchObject({ status: 412, body: { code: 'changed_meanwhile' } })
    expect((await read('aside')).body).toEqual({ ...ASIDE, title: 'Sound' })
  })
})

test('deleting one takes what was said in it, and nothing else', async () => {
  await make({ name: 'aside' })
  await make({ name: 'other' })
  for (const sub of ['', 'aside', 'other']) await say(`in ${sub}`, sub)
  expect((await remove('aside', { 'if-match': '"9"' })).status).toBe(412)
  expect(await rows(app, 'chat', 'sub')).toHaveLength(3)
  expect((await remove('aside')).status).toBe(204)
  expect(await rows(app, 'chat', 'sub')).toEqual([{ sub: '' }, { sub: 'other' }])
  expect(await rows(app, 'subrooms', 'name')).toEqual([{ name: 'other' }])
  expect((await remove('aside')).status).toBe(404)
})

test('who is in the room is told of what was done, and of nothing else', async () => {
  await make({ name: 'aside' })
  await change('aside', { lock: {} })
  await remove('aside')
  await app.settled()
  expect(told).toEqual(Array(3).fill(room.id))
  await make({ name: 'A' })
  await change('aside', {})
  await remove('aside')
  await list()
  await app.settled()
  expect(told).toHaveLength(3)
})

test('everything is by index', async () => {
  await make({ name: 'aside' })
  app.roundTrips()
  await list()
  await read('aside')
  await make({ name: 'more' })
  await change('aside', { lock: {} })
  await remove('aside')
  const plans = (await plansOf(app.database)).filter(plan => plan.sql.includes('subrooms'))
  expect([plans.length, plans.flatMap(scans)]).toEqual([6, []])
})

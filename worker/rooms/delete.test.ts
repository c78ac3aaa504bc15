import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  ask,
  drops,
  hiddenName,
  ingestKey,
  join,
  makeLink,
  makeRoom,
  publish,
  rows,
  watch,
} from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import type { Room } from './schema.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const TABLES = ['rooms', 'streams', 'publications', 'links', 'people', 'leases', 'outbox']
const counts = async () =>
  Object.fromEntries(await Promise.all(TABLES.map(async table => [table, (await rows(app, table)).length])))

/** A room with one of everything in it. */
async function fullRoom(slug: string): Promise<{ room: Room; person: string }> {
  const room = await makeRoom(app, { slug })
  const { token } = await join(app, await makeLink(app, room.id))
  expect(await publish(app, await ingestKey(app, room.id), { port: slug.length })).toMatchObject({
    allowed: true,
  })
  expect(await watch(app, token)).toMatchObject({ allowed: true })
  return { room, person: token }
}

const remove = (room: Room, headers: Record<string, string> = {}) =>
  ask(app, 'DELETE', `/api/rooms/${room.id}`, { headers })

test('a room goes with all that is in it, and nothing else does', async () => {
  await fullRoom('kept')
  const before = await counts()
  const { room } = await fullRoom('gone-room')
  const { status, body } = await remove(room)
  expect({ status, body }).toEqual({ status: 204, body: undefined })
  await app.settled()
  expect(await counts()).toEqual(before)
  expect(await rows(app, 'rooms', 'slug')).toEqual([{ slug: 'kept' }])
})

test('its publisher is dropped at the origin, as long as that takes', async () => {
  const { room } = await fullRoom('gone')
  const name = await hiddenName(app)
  app.origin.answer = () => new Response('', { status: 502 })
  await remove(room)
  await app.settled()
  expect(await rows(app, 'outbox', 'target')).toEqual([{ target: name }])
  app.origin.answer = () => Response.json({ statusCode: 200 })
  app.origin.calls.length = 0
  app.clock.now += 60_000
  await app.minute()
  expect(drops(app)).toEqual([name])
  expect(await rows(app, 'outbox')).toEqual([])
})

test('from then on its key, its links and its people are strangers', async () => {
  const { room, person } = await fullRoom('gone')
  await remove(room)
  expect(await publish(app, await ingestKey(app, room.id))).toEqual({ allowed: false, reason: 'unknown' })
  expect((await ask(app, 'GET', '/api/room', { token: person })).status).toBe(401)
  expect((await ask(app, 'POST', '/api/playback', { token: person, json: {} })).status).toBe(401)
  for (const path of ['', '/links', '/ingest', '/seats'])
    expect((await ask(app, 'GET', `/api/rooms/${room.id}${path}`)).status).toBe(404)
  expect((await remove(room)).status).toBe(404)
})

test('a stale tag deletes nothing and drops nobody', async () => {
  const { room } = await fullRoom('kept')
  const before = await counts()
  expect(await remove(room, { 'if-match': '"2"' })).toMatchObject({
    status: 412,
    body: { code: 'changed_meanwhile' },
  })
  await app.settled()
  expect(await counts()).toEqual(before)
  expect(drops(app)).toEqual([])
  expect((await remove(room, { 'if-match': '"1-whatever"' })).status).toBe(204)
})

test('its slug is free again', async () => {
  const { room } = await fullRoom('again')
  await remove(room)
  expect((await makeRoom(app, { slug: 'again' })).id).not.toBe(room.id)
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, join, joinRequest, makeLink, makeRoom, rows, watch } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { blockKey } from '../blocks/bounds.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'
import type { JoinAnswer } from './schema.ts'

let app: TestApp
let room: Room
let link: Link
let host: Link
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  link = await makeLink(app, room.id, { role: 'reviewer' })
  host = await makeLink(app, room.id, { role: 'host' })
})
afterEach(() => app.close())

const set = (what: string) => app.db.execute(`UPDATE ${what}`)
const toPlay = (token: string) => ask<{ code?: string }>(app, 'POST', '/api/playback', { json: {}, token })
const see = async ({ token }: JoinAnswer) => (await ask<JoinAnswer>(app, 'GET', '/api/room', { token })).body
const shown = ({ state, opensAt, waiting }: Pick<JoinAnswer, 'state' | 'opensAt' | 'waiting'>) => ({
  state,
  opensAt,
  waiting,
})
const waits = (what: string, message: string | null = null) => ({
  state: 'waiting',
  opensAt: null,
  waiting: { for: what, message },
})
const isIn = { state: 'admitted', opensAt: null, waiting: null }

describe('who comes', () => {
  it.each<[string, string, object]>([
    ['a waiting room', 'rooms SET waiting_room = 1', waits('admission')],
    ['a link with a waiting room', 'links SET waiting_room = 1', waits('admission')],
    [
      'a locked room',
      "rooms SET locked_at = 1, lock_message = 'Back at ten.'",
      waits('unlock', 'Back at ten.'),
    ],
    ['a locked room without a word', 'rooms SET locked_at = 1', waits('unlock', '')],
    ['both', 'rooms SET locked_at = 1, waiting_room = 1', waits('unlock', '')],
    ['a room whose host must be there', 'rooms SET autokick = 1', waits('host')],
    ['such a room with its host', 'rooms SET autokick = 1, host_since = 1', isIn],
    ['such a room whose host has left', 'rooms SET autokick = 1, host_left_at = 1', waits('host')],
    ['another room that is locked', "rooms SET locked_at = 1 WHERE slug = 'other'", isIn],
  ])('to %s', async (_, change, expected) => {
    await set(change)
    const person = await join(app, link)
    expect(shown(person)).toEqual(expected)
    expect(shown(await see(person))).toEqual(expected)
    // A host passes them all.
    expect(shown(await join(app, host))).toEqual(isIn)
  })

  it('waits for the start first, host or not', async () => {
    await set(`rooms SET starts_at = ${NOON + 60_000}, waiting_room = 1`)
    const start = { ...waits('start'), opensAt: '2026-11-21T12:01:00.000Z' }
    const person = await join(app, link)
    const first = await join(app, host)
    expect([shown(person), shown(first)]).toEqual([start, start])
    app.clock.now += 60_000
    expect([shown(await see(person)), shown(await see(first))]).toEqual([waits('admission'), isIn])
  })
})

describe('who waits', () => {
  it('gets no address to play from, and the true reason', async () => {
    await set('rooms SET waiting_room = 1')
    const { token } = await join(app, link)
    expect(await toPlay(token)).toMatchObject({ status: 409, body: { code: 'not_admitted' } })
  })

  it('is in as soon as the database says so, and out again with the rule and not with the lock', async () => {
    await set('rooms SET waiting_room = 1')
    const person = await join(app, link)
    await set(`people SET admitted_at = ${NOON}`)
    expect(shown(await see(person))).toEqual(isIn)
    expect((await toPlay(person.token)).status).toBe(200)
    await set('rooms SET locked_at = 1')
    expect(shown(await see(person))).toEqual(isIn)
    expect(await watch(app, person.token)).toMatchObject({ allowed: true })
    await set('rooms SET autokick = 1')
    expect(shown(await see(person))).toEqual(waits('host'))
    expect(await toPlay(person.token)).toMatchObject({ status: 409, body: { code: 'not_admitted' } })
  })

  it('is in with op, which may be given to them where they stand, and out again without it', async () => {
    await set('rooms SET waiting_room = 1')
    const person = await join(app, link)
    await set(`people SET permissions = '["op"]'`)
    expect(await see(person)).toMatchObject({ ...isIn, permissions: ['op'] })
    await set(`people SET permissions = '["message"]'`)
    expect(await see(person)).toMatchObject({ ...waits('admission'), permissions: ['message'] })
  })

  it('comes back as the one who waits already', async () => {
    await set('rooms SET waiting_room = 1')
    const person = await join(app, link)
    app.clock.now += 1000
    const again = await join(app, link, {}, person.token)
    expect({ id: again.person.id, ...shown(again) }).toEqual({ id: person.person.id, ...waits('admission') })
    expect(await rows(app, 'people', 'admitted_at')).toEqual([{ admitted_at: null }])
  })
})

it('keeps an address out of one room, and of no other', async () => {
  const other = await makeRoom(app, { slug: 'other' })
  const elsewhere = await makeLink(app, other.id)
  const person = await join(app, link)
  const key = blockKey('192.0.2.7')
  await app.db.execute(
    `INSERT INTO bans (id, room_id, low, high, address, person_id, created_at)
     VALUES ('ban', '${room.id}', '${key}', '${key}', '192.0.2.7', 'x', 0)`,
  )
  const from = (address: string, through: Link) =>
    ask<{ code?: string }>(app, 'POST', '/api/join', { json: joinRequest(through), token: null, address })
  expect((await from('192.0.2.7', link)).body.code).toBe('blocked')
  expect((await from('192.0.2.7', host)).body.code).toBe('blocked')
  expect((await from('192.0.2.8', link)).status).toBe(200)
  expect((await from('192.0.2.7', elsewhere)).status).toBe(200)
  const seen = await ask<{ code?: string }>(app, 'GET', '/api/room', {
    token: person.token,
    address: '192.0.2.7',
  })
  expect(seen).toMatchObject({ status: 403, body: { code: 'blocked' } })
})

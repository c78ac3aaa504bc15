import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
import { askForSeat, connectedPage, type TestPage } from '../../test/support/live-page.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'

/** What hosts do over a whole process: channel, database, admission, audit. */

const HOST = '192.0.2.1'
const GUEST = '198.51.100.7'

let app: TestApp
let room: Room
let link: Link
let host: TestPage
let guest: TestPage
/** The guest's bearer, and what they are called. */
let token: string
let guestId: string
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  link = await makeLink(app, room.id, { label: 'Client' })
  const hosts = await makeLink(app, room.id, { role: 'host', label: 'Host' })
  host = await connectedPage(app, (await join(app, hosts)).token, HOST)
  const joined = await join(app, link)
  token = joined.token
  guestId = joined.person.id
  guest = await connectedPage(app, token, GUEST)
  host.read()
  guest.read()
})
afterEach(() => app.close())

async function says(page: TestPage, message: Parameters<TestPage['says']>[0]) {
  page.says(message)
  await app.hub.settled()
}
const audited = async () => {
  await app.settled()
  return rows(
    app,
    "audit WHERE actor_kind = 'person' AND action NOT IN ('person.join', 'play.opening') ORDER BY id",
    'action, outcome, actor_name, target_kind, target_name, room_id, params, address',
  )
}

describe('removing somebody', () => {
  const kick = (more: object = {}) =>
    says(host, { type: 'person.kick', id: guestId, reason: 'Not invited', ref: 'k', ...more })

  it('ends their page with the reason, their seat and their token, and is audited', async () => {
    await watch(app, token, GUEST)
    await kick()
    expect(guest.read()).toEqual([{ type: 'bye', code: 'removed', reason: 'Not invited' }])
    expect(host.read()).toEqual([
      { type: 'done', about: 'person.kick', ref: 'k' },
      { type: 'person.left', seq: expect.any(Number), id: guestId },
    ])
    expect(await rows(app, 'leases')).toEqual([])
    const view = await ask(app, 'GET', '/api/room', { token })
    const play = await ask(app, 'POST', '/api/playback', { token, json: {} })
    const again = await askForSeat(app, `sightline.1, bearer.${token}`, {}, GUEST)
    expect([view.status, play.status, again.status]).toEqual([403, 403, 403])
    expect(await audited()).toEqual([
      {
        action: 'person.kick',
        outcome: 'done',
        actor_name: 'Host',
        target_kind: 'person',
        target_name: 'Client',
        room_id: room.id,
        params: '{"reason":"Not invited"}',
        address: HOST,
      },
    ])
  })

  it('with their address keeps out whoever comes from there', async () => {
    const other = (await join(app, link)).token
    await kick({ ban: ['address'] })
    expect((await askForSeat(app, `sightline.1, bearer.${other}`, {}, GUEST)).code).toBe('blocked')
    expect((await askForSeat(app, `sightline.1, bearer.${other}`, {}, '198.51.100.8')).status).toBe(204)
  })

  it('with their link sends away everybody who came through it', async () => {
    const other = await connectedPage(app, (await join(app, link)).token)
    other.read()
    await kick({ ban: ['link'] })
    expect(other.read()).toContainEqual({ type: 'bye', code: 'link_revoked' })
  })

  it('is taken back by a pardon', async () => {
    await kick({ ban: ['address'] })
    host.read()
    await says(host, { type: 'removed' })
    expect(host.read()).toEqual([
      {
        type: 'removed',
        items: [
          { id: guestId, name: 'Client', at: new Date(app.clock.now).toISOString(), reason: 'Not invited' },
        ],
      },
    ])
    await says(host, { type: 'person.pardon', id: guestId })
    await connectedPage(app, token, GUEST)
    expect(host.read().map(({ type }) => type)).toEqual(['done', 'person.joined'])
  })

  it('while the database is away removes nobody', async () => {
    app.database.state('down')
    await kick()
    app.database.state('up')
    expect([host.read(), guest.read()]).toEqual([
      [expect.objectContaining({ type: 'refused', code: 'not_saved', ref: 'k' })],
      [],
    ])
    expect((await ask(app, 'GET', '/api/room', { token })).status).toBe(200)
  })
})

describe('rights', () => {
  it('that are given count at once, and so does that they are taken', async () => {
    await says(guest, { type: 'room.lock' })
    await says(host, { type: 'person.role', id: guestId, role: 'host' })
    await says(guest, { type: 'room.lock', message: 'Later' })
    await says(host, { type: 'person.permit', id: guestId, permission: 'op', held: false })
    await says(guest, { type: 'room.unlock' })
    const seen = guest.read().map((message): unknown => {
      if (message.type === 'person.changed') return message.person.permissions
      if (message.type === 'room.changed') return message.room.lock
      return message.type === 'refused' ? message.code : message.type
    })
    expect(seen).toEqual([
      'forbidden',
      ['op', 'present', 'message', 'annotate', 'caption', 'token', 'record'],
      'done',
      { message: 'Later' },
      [],
      'forbidden',
    ])
    expect((await audited()).map(({ action }) => action)).toEqual([
      'person.role',
      'room.lock',
      'person.permit',
    ])
  })

  it('that staff takes in the database count before the room has heard of it', async () => {
    await app.db.execute("UPDATE people SET permissions = '[]'")
    await says(host, { type: 'person.kick', id: guestId })
    expect(host.read()).toMatchObject([
      { type: 'refused', code: 'forbidden' },
      { type: 'person.changed' },
      { type: 'person.changed' },
    ])
  })
})

it('a locked room keeps out who comes, until a host lets them in', async () => {
  await says(host, { type: 'room.lock', message: 'Back at two' })
  host.read()
  const late = await connectedPage(app, (await join(app, link)).token)
  expect(late.read()).toMatchObject([
    { you: { state: 'waiting', waiting: { for: 'unlock', message: 'Back at two' } } },
  ])
  const [told] = host.read()
  expect(told).toMatchObject({ type: 'waiting.joined', person: { name: 'Client', for: 'unlock' } })
  await says(host, { type: 'door.admit', who: { all: true } })
  expect(late.read()).toMatchObject([{ type: 'welcome', you: { state: 'admitted' } }])
})

it('the end sends everybody away and drops the publisher', async () => {
  await publish(app, await ingestKey(app, room.id))
  const hidden = await hiddenName(app)
  await says(host, { type: 'room.end' })
  await app.settled()
  expect([guest.read().at(-1), host.read().at(-1)]).toEqual(
    Array(2).fill({ type: 'bye', code: 'room_ended' }),
  )
  expect(drops(app)).toEqual([hidden])
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, ingestKey, join, makeLink, makeRoom, playback, publish, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { type Webhook, webhook } from '../../test/support/ome.ts'
import { originWith } from '../../test/support/origin.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'

/** What the audit keeps of admission: every decision about a genuine credential; of strangers, how many they were. */

let app: TestApp
let room: Room
let link: Link
let person: { id: string; name: string }
let url: string
let key: string
beforeEach(async () => {
  app = await testApp()
  app.origin.answer = originWith({})
  room = await makeRoom(app, { slug: 'grade', title: 'Nordlicht' })
  link = await makeLink(app, room.id)
  const joined = await join(app, link, { name: 'Anna Ek' })
  person = joined.person
  url = (await playback(app, joined.token)).webrtc.url
  key = await ingestKey(app, room.id)
  await app.settled()
  app.roundTrips()
})
afterEach(() => app.close())

const COLUMNS =
  'at, action, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, target_name, room_id, params, address, user_agent'
async function recorded() {
  await app.settled()
  const found = await rows(
    app,
    "audit WHERE action GLOB 'p*lish.*' OR action GLOB 'play.*' ORDER BY id",
    COLUMNS,
  )
  return found.map(row => ({ ...row, params: JSON.parse(String(row.params)) }))
}
async function strangers() {
  app.clock.now += 60_000
  await app.minute()
  const [found] = await rows(app, "audit WHERE action = 'strangers.failed'", 'params, address')
  return found && { ...JSON.parse(String(found.params)), address: found.address }
}

const common = (at: number) => ({
  at,
  target_kind: 'room',
  target_id: expect.any(String),
  target_name: 'Nordlicht',
  room_id: expect.any(String),
  user_agent: null,
})
const ofPerson = () => ({ actor_kind: 'person', actor_id: person.id, actor_name: 'Anna Ek' })
const ofOrigin = { actor_kind: 'origin', actor_id: 'default', actor_name: 'default' }

describe('a viewer', () => {
  it('comes and goes', async () => {
    const at = app.clock.now
    await webhook(app, { url, port: 7 })
    await webhook(app, { url, port: 7, status: 'closing' })
    const params = { direction: 'outgoing', protocol: 'webrtc', port: 7, link: link.id }
    expect(await recorded()).toEqual([
      {
        ...common(at),
        ...ofPerson(),
        action: 'play.opening',
        outcome: 'done',
        params: { ...params, lifetimeMs: 300_000 },
        address: '192.0.2.1',
      },
      { ...common(at), ...ofPerson(), action: 'play.closing', outcome: 'done', params, address: '192.0.2.1' },
    ])
  })

  it('is refused', async () => {
    await ask(app, 'DELETE', `/api/rooms/${room.id}/links/${link.id}`)
    const at = app.clock.now
    await webhook(app, { url, port: 7, address: '198.51.100.7' })
    expect(await recorded()).toEqual([
      {
        ...common(at),
        ...ofPerson(),
        action: 'play.opening',
        outcome: 'refused',
        params: {
          direction: 'outgoing',
          protocol: 'webrtc',
          port: 7,
          link: link.id,
          reason: 'link revoked',
        },
        address: '198.51.100.7',
      },
    ])
  })

  it('whose room was deleted is refused, and goes, under the id alone', async () => {
    await ask(app, 'DELETE', `/api/rooms/${room.id}`)
    await webhook(app, { url, port: 7 })
    await webhook(app, { url, port: 7, status: 'closing' })
    expect(await recorded()).toEqual([
      expect.objectContaining({
        actor_id: person.id,
        actor_name: '',
        room_id: room.id,
        target_name: null,
        outcome: 'refused',
      }),
      expect.objectContaining({
        actor_id: person.id,
        actor_name: '',
        room_id: room.id,
        action: 'play.closing',
      }),
    ])
  })

  it('is recorded when the database is back', async () => {
    app.database.state('down')
    await webhook(app, { url, port: 7 })
    await app.settled()
    app.database.state('up')
    expect(await recorded()).toEqual([])
    await app.minute()
    expect(await recorded()).toEqual([
      expect.objectContaining({
        outcome: 'refused',
        params: expect.objectContaining({ reason: 'not available' }),
      }),
    ])
  })
})

it('a publisher comes, is refused and goes', async () => {
  await publish(app, key, { port: 9 })
  await publish(app, key, { port: 9, status: 'closing' })
  await app.settled()
  await ask(app, 'POST', `/api/rooms/${room.id}/ingest/rotate`)
  await publish(app, key, { port: 9 })
  const params = { direction: 'incoming', protocol: 'rtmp', port: 9 }
  const row = (action: string, outcome: string, more: object = {}) => ({
    ...common(expect.any(Number) as never),
    ...ofOrigin,
    action,
    outcome,
    params: { ...params, ...more },
    address: '192.0.2.1',
  })
  expect(await recorded()).toEqual([
    row('publish.opening', 'done'),
    row('publish.closing', 'done'),
    row('publish.opening', 'refused', { reason: 'key replaced' }),
  ])
})

it('thumbnails are not recorded, let in or not', async () => {
  const thumbnail = { url: url.replace('ws:', 'http:').replace('?', '/thumb.jpg?'), protocol: 'Thumbnail' }
  await webhook(app, thumbnail)
  await webhook(app, { ...thumbnail, url: thumbnail.url.replace(/.{43}$/, 'A'.repeat(43)) })
  expect([await recorded(), await strangers()]).toEqual([[], undefined])
})

describe('strangers', () => {
  const forged = () => url.replace(/.{43}$/, 'A'.repeat(43))
  const hooks: [string, () => Webhook][] = [
    ['token forged', () => ({ url: forged(), address: '198.51.100.1' })],
    ['token forged', () => ({ url: forged(), address: '198.51.100.1' })],
    ['no token', () => ({ url: url.split('?')[0]!, address: '198.51.100.1' })],
    ['wrong application', () => ({ url: url.replace('/app/', '/live/'), address: '198.51.100.1' })],
    [
      'key not genuine',
      () => ({
        url: 'rtmp://origin.test:1935/app/grade',
        direction: 'incoming',
        protocol: 'RTMP',
        address: '198.51.100.2',
      }),
    ],
  ]

  it('are counted by what they tried, after one round trip at most a minute', async () => {
    for (const [reason, hook] of hooks) expect(await webhook(app, hook())).toEqual({ allowed: false, reason })
    expect([await recorded(), app.roundTrips()]).toEqual([[], 1])
    expect(await strangers()).toEqual({
      'token forged': 2,
      'no token': 1,
      'wrong application': 1,
      'key not genuine': 1,
      since: expect.any(String),
      addresses: 2,
      from: ['198.51.100.1 (4)', '198.51.100.2 (1)'],
      address: null,
    })
  })

  it('leave nothing when they go', async () => {
    for (const [reason, hook] of hooks)
      if (reason !== 'wrong application') await webhook(app, { ...hook(), status: 'closing' })
    expect([await recorded(), await strangers()]).toEqual([[], undefined])
  })
})

it('nothing is recorded before the answer, and the admission costs one round trip', async () => {
  await webhook(app, { url, port: 7 })
  expect([app.roundTrips(), await rows(app, "audit WHERE action GLOB 'play.*'")]).toEqual([1, []])
  await app.pass(499)
  expect(await rows(app, "audit WHERE action GLOB 'play.*'")).toEqual([])
  await app.pass(1)
  expect(await rows(app, "audit WHERE action GLOB 'play.*'", 'at')).toEqual([{ at: NOON + 500 }])
})

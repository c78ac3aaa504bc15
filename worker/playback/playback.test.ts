import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ask,
  ingestKey,
  join,
  makeLink,
  makeRoom,
  playback,
  publish,
  rows,
  watch,
} from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { webhook } from '../../test/support/ome.ts'
import { verifyToken } from '../crypto/token.ts'
import type { Link } from '../links/schema.ts'
import type { JoinAnswer } from '../people/schema.ts'
import type { Room } from '../rooms/schema.ts'
import type { Playback } from './schema.ts'
import { isPlaybackClaims } from './token.ts'

let app: TestApp
let room: Room
let link: Link
let joined: JoinAnswer
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  link = await makeLink(app, room.id)
  joined = await join(app, link)
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const play = (
  json: unknown = {},
  options: { token?: string; address?: string; headers?: Record<string, string> } = {},
) => ask<Playback>(app, 'POST', '/api/playback', { json, token: joined.token, ...options })
const changeRoom = (json: object) => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json })
const changeLink = (json: object) => ask(app, 'PATCH', `/api/rooms/${room.id}/links/${link.id}`, { json })
const iso = (ms: number) => new Date(ms).toISOString()

test('a person gets an address for each way to play, in one round trip, live or not', async () => {
  app.roundTrips()
  const { status, headers, body } = await play()
  expect(app.roundTrips()).toBe(1)
  const token = new URL(body.webrtc.url).searchParams.get('stream_token')
  expect({ status, body, cache: headers['cache-control'] }).toEqual({
    status: 200,
    cache: 'no-store',
    body: {
      webrtc: { url: `ws://origin.test:3333/app/nordlicht?stream_token=${token}` },
      llhls: { url: `http://origin.test:3333/app/nordlicht/llhls.m3u8?stream_token=${token}` },
      expiresAt: iso(NOON + 90_000),
      leaseMs: 300_000,
    },
  })
})

test('the token is bound to origin, room, stream, person, link and direction, and lasts 90 s', async () => {
  const { webrtc } = await playback(app, joined.token)
  const token = new URL(webrtc.url).searchParams.get('stream_token')!
  const read = (now: number) => verifyToken(app.keys, 'playback-token', token, now, isPlaybackClaims)
  const [stream] = await rows(app, 'streams', 'id')
  expect(await read(NOON)).toEqual({
    o: 'default',
    r: room.id,
    s: stream!.id,
    p: joined.person.id,
    l: link.id,
    g: NOON,
    d: 'play',
    exp: (NOON + 90_000) / 1000,
  })
  expect(await read(NOON + 89_999)).toMatchObject({ d: 'play' })
  expect(await read(NOON + 90_000)).toBe('expired')
  expect(await publish(app, token)).toMatchObject({ allowed: false })
})

test('with TLS the addresses have it too, and the token stays last', async () => {
  const tls = await testApp({ OME_PUBLIC_URL: 'wss://ome.example:3334' })
  try {
    const { token } = await join(tls, await makeLink(tls, (await makeRoom(tls)).id))
    const { webrtc, llhls } = await playback(tls, token)
    expect(webrtc.url).toMatch(/^wss:\/\/ome\.example:3334\/app\/nordlicht\?stream_token=[\w.-]+$/)
    expect(llhls.url).toMatch(
      /^https:\/\/ome\.example:3334\/app\/nordlicht\/llhls\.m3u8\?stream_token=[\w.-]+$/,
    )
  } finally {
    tls.close()
  }
})

test('no address gives away the hidden name or the ingest key', async () => {
  const { body } = await play()
  const [stream] = await rows(app, 'streams', 'hidden_name')
  expect(JSON.stringify(body)).not.toContain(stream!.hidden_name)
  expect(JSON.stringify(body)).not.toContain(await ingestKey(app, room.id))
})

describe('leaseMs is how long a session opened now lasts at most', () => {
  test.each<[string, object, object, number]>([
    ['the deployment’s', {}, {}, 300_000],
    ['the room’s own', { leaseMs: 45_000 }, {}, 45_000],
    ['a longer one of the room', { leaseMs: 900_000 }, {}, 900_000],
    ['what is left of the room', { endsAt: iso(NOON + 20_000) }, {}, 20_000],
    ['what is left of the link', {}, { endsAt: iso(NOON + 10_000) }, 10_000],
    [
      'the shortest of all',
      { endsAt: iso(NOON + 20_000), leaseMs: 30_000 },
      { endsAt: iso(NOON + 5_000) },
      5_000,
    ],
    ['never less than a second', { endsAt: iso(NOON + 1_000) }, {}, 1_000],
  ])('%s', async (_, roomFields, linkFields, leaseMs) => {
    await changeRoom(roomFields)
    await changeLink(linkFields)
    expect((await play()).body.leaseMs).toBe(leaseMs)
    expect(await watch(app, joined.token)).toMatchObject({ allowed: true, lifetime: leaseMs })
  })

  test('by LEASE_MS', async () => {
    const short = await testApp({ LEASE_MS: '30000' })
    try {
      const { token } = await join(short, await makeLink(short, (await makeRoom(short)).id))
      expect((await playback(short, token)).leaseMs).toBe(30_000)
    } finally {
      short.close()
    }
  })
})

describe('streams', () => {
  test('the programme may be named', async () => {
    const [stream] = await rows(app, 'streams', 'id')
    expect((await play({ stream: stream!.id })).status).toBe(200)
  })

  test('another room’s stream, or none, is not found', async () => {
    const other = await makeRoom(app, { slug: 'other' })
    const [foreign] = await rows(app, `streams WHERE room_id = '${other.id}'`, 'id')
    for (const stream of [foreign!.id, 'programme', 'aaaaaaaaaaaaaaaa', ''])
      expect(await play({ stream })).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  test.each<[unknown, string, string]>([
    [{ stream: 1 }, 'stream', 'must be text'],
    [{ stream: 'x'.repeat(65) }, 'stream', 'must have at most 64 characters'],
    [{ room: 'x' }, 'room', 'is not known here'],
    [[], '', 'The body must be an object'],
  ])('%j is refused', async (json, field, detail) => {
    expect(await play(json)).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field, detail }] },
    })
  })
})

describe('the true reason when there is nothing to watch', () => {
  test.each<[string, () => Promise<unknown>, number, object]>([
    ['room ended', () => changeRoom({ state: 'ended' }), 410, { code: 'room_ended', endedAt: iso(NOON) }],
    [
      'room about to end',
      () => changeRoom({ endsAt: iso(NOON + 999) }),
      410,
      { code: 'room_ended', endedAt: iso(NOON + 999) },
    ],
    ['link ended', () => changeLink({ endsAt: iso(NOON) }), 410, { code: 'link_ended', endedAt: iso(NOON) }],
    ['link revoked', () => changeLink({ revoked: true }), 410, { code: 'link_revoked' }],
    ['removed', () => app.db.execute('UPDATE people SET removed_at = 1'), 403, { code: 'removed' }],
    [
      'room not started',
      () => changeRoom({ startsAt: iso(NOON + 1) }),
      409,
      { code: 'not_started', opensAt: iso(NOON + 1) },
    ],
    [
      'link not started',
      () => changeLink({ startsAt: iso(NOON + 1) }),
      409,
      { code: 'not_started', opensAt: iso(NOON + 1) },
    ],
  ])('%s, and admission agrees', async (_, act, status, expected) => {
    const { webrtc } = await playback(app, joined.token)
    await act()
    app.roundTrips()
    const { body, ...answer } = await play()
    expect(app.roundTrips()).toBe(1)
    const { type: _type, title: _title, detail, ...rest } = body as unknown as Record<string, string>
    expect({ status: answer.status, rest }).toEqual({ status, rest: { status, ...expected } })
    expect(detail).toMatch(/^[A-Z].*\.$/)
    expect(await webhook(app, { url: webrtc.url })).toMatchObject({ allowed: false })
  })

  test('the room is full: with how many seats it has', async () => {
    await changeRoom({ maxViewers: 2 })
    await watch(app, joined.token)
    const second = await join(app, await makeLink(app, room.id))
    await watch(app, second.token)
    const third = await join(app, link)
    expect(await play({}, { token: third.token })).toMatchObject({
      status: 409,
      body: { code: 'room_full', seats: 2 },
    })
    // Who has a seat may renew it.
    expect((await play()).status).toBe(200)
    app.clock.now += 300_000
    expect((await play({}, { token: third.token })).status).toBe(200)
  })

  test('the link is full, the room is not', async () => {
    await changeRoom({ maxViewers: 10 })
    await changeLink({ maxDevices: 1 })
    await watch(app, joined.token)
    const second = await join(app, link)
    expect(await play({}, { token: second.token })).toMatchObject({
      status: 409,
      body: { code: 'room_full', seats: 1 },
    })
    const elsewhere = await join(app, await makeLink(app, room.id))
    expect((await play({}, { token: elsewhere.token })).status).toBe(200)
  })

  test('no origin', async () => {
    await app.db.execute(`UPDATE rooms SET origin_id = 'gone'`)
    expect(await play()).toMatchObject({
      status: 503,
      body: { code: 'no_origin', detail: 'This room has no origin to play from.' },
    })
  })
})

describe('a person who goes on watching elsewhere', () => {
  const HERE = '192.0.2.1'
  const THERE = '198.51.100.2'

  test('is told so on the page they left', async () => {
    await watch(app, joined.token, HERE)
    app.clock.now += 1000
    await watch(app, joined.token, THERE)
    expect(await play({}, { address: HERE })).toMatchObject({ status: 409, body: { code: 'moved' } })
    expect((await play({}, { address: THERE })).status).toBe(200)
  })

  test('comes back when the other session has run out', async () => {
    await watch(app, joined.token, HERE)
    app.clock.now += 1000
    await watch(app, joined.token, THERE)
    app.clock.now += 300_000
    expect((await play({}, { address: HERE })).status).toBe(200)
  })

  test('cannot be pushed out by a forged X-Forwarded-For', async () => {
    await watch(app, joined.token, HERE)
    app.clock.now += 1000
    await watch(app, joined.token, THERE)
    const forged = { 'x-forwarded-for': HERE }
    expect((await play({}, { address: THERE, headers: forged })).status).toBe(200)
  })

  test('behind a trusted proxy is known by the address it tells', async () => {
    const behind = await testApp({ TRUSTED_PROXY: '10.0.0.0/8' })
    try {
      const place = await makeRoom(behind)
      const { token } = await join(behind, await makeLink(behind, place.id))
      await watch(behind, token, HERE)
      behind.clock.now += 1000
      await watch(behind, token, THERE)
      const from = (client: string) =>
        ask(behind, 'POST', '/api/playback', {
          token,
          json: {},
          address: '10.0.0.7',
          headers: { 'x-forwarded-for': `203.0.113.1, ${client}` },
        })
      expect(await from(HERE)).toMatchObject({ status: 409, body: { code: 'moved' } })
      expect((await from(THERE)).status).toBe(200)
    } finally {
      await behind.settled()
      behind.close()
    }
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ask,
  ingestKey,
  join,
  makeLink,
  makeRoom,
  omeDown,
  playback,
  publish,
  streamAnswer,
} from '../../test/support/api.ts'
import { NOON, omeError, type TestApp, testApp } from '../../test/support/app.ts'
import { signToken } from '../crypto/token.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'
import type { JoinAnswer, RoomView } from './schema.ts'

let app: TestApp
let room: Room
let link: Link
let joined: JoinAnswer
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  link = await makeLink(app, room.id, { role: 'presenter' })
  joined = await join(app, link, { name: 'Anna' })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const view = (headers: Record<string, string> = {}, token: string | null = joined.token) =>
  ask<RoomView>(app, 'GET', '/api/room', { token, headers })
const changeRoom = (json: object) => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json })
const changeLink = (json: object) => ask(app, 'PATCH', `/api/rooms/${room.id}/links/${link.id}`, { json })

test('a person sees what joining told, in one round trip', async () => {
  app.roundTrips()
  const { status, headers, body } = await view()
  expect(app.roundTrips()).toBe(1)
  const { token: _, ...told } = joined
  expect({ status, body, cache: headers['cache-control'] }).toEqual({
    status: 200,
    body: told,
    cache: 'private, no-cache',
  })
})

describe('polling', () => {
  test('costs a 304 while only the clock moves', async () => {
    const { etag } = (await view()).headers
    expect(etag).toMatch(/^W\/"[\w-]{16}"$/)
    app.clock.now += 60_000
    for (const header of [etag!, etag!.slice(2)])
      expect(await view({ 'if-none-match': header })).toMatchObject({ status: 304, body: undefined })
  })

  test('notices each change', async () => {
    const tags: string[] = []
    const note = async () => tags.push((await view()).headers.etag!)
    await note()
    await changeRoom({ title: 'Other' })
    await note()
    await changeLink({ role: 'observer' })
    await note()
    await changeRoom({ startsAt: '2026-11-21T13:00:00Z' })
    await note()
    await changeRoom({ maxViewers: 3 })
    await note()
    app.clock.now = Date.UTC(2026, 10, 21, 13)
    await note()
    await publish(app, await ingestKey(app, room.id))
    await note()
    app.origin.answer = () => streamAnswer()
    await app.settled()
    await note()
    expect(new Set(tags).size).toBe(tags.length)
    expect((await view()).body).toMatchObject({
      room: { title: 'Other', state: 'live', maxViewers: 3 },
      permissions: [],
      publishing: true,
      playable: true,
    })
  })
})

describe('what plays', () => {
  const seen = async () => {
    const { publishing, playable } = (await view()).body
    return { publishing, playable }
  }

  test('nobody publishes: false, and the origin is left alone', async () => {
    expect(await seen()).toEqual({ publishing: false, playable: false })
    await app.settled()
    expect(app.origin.calls).toEqual([])
  })

  test('admitted is not yet playable; with outputs it is', async () => {
    app.origin.answer = () => streamAnswer(undefined, false)
    await publish(app, await ingestKey(app, room.id))
    await app.pass(400)
    expect(await seen()).toEqual({ publishing: true, playable: false })
    app.origin.answer = () => streamAnswer()
    await app.pass(400)
    expect(await seen()).toEqual({ publishing: true, playable: true })
  })

  test('an origin that cannot be asked: null', async () => {
    app.origin.answer = omeDown
    await publish(app, await ingestKey(app, room.id))
    await app.pass(400)
    expect(await seen()).toEqual({ publishing: true, playable: null })
  })

  test('a publisher that is gone without a word is noticed by the pages that poll', async () => {
    app.origin.answer = () => streamAnswer()
    await publish(app, await ingestKey(app, room.id))
    await app.settled()
    expect(await seen()).toEqual({ publishing: true, playable: true })
    app.origin.answer = () => omeError(404)
    app.clock.now += 60_000
    await view()
    await app.settled()
    expect(await seen()).toEqual({ publishing: false, playable: false })
  })

  test('many pages that poll ask the origin once', async () => {
    app.origin.answer = () => streamAnswer()
    await publish(app, await ingestKey(app, room.id))
    await app.settled()
    app.origin.calls.length = 0
    app.clock.now += 60_000
    await Promise.all(Array.from({ length: 20 }, () => view()))
    await app.settled()
    expect(app.origin.calls).toHaveLength(1)
  })
})

describe('refusals', () => {
  const noon = '2026-11-21T12:00:00.000Z'
  test.each<[string, () => Promise<unknown>, number, object]>([
    ['room ended', () => changeRoom({ state: 'ended' }), 410, { code: 'room_ended', endedAt: noon }],
    ['room over', () => changeRoom({ endsAt: noon }), 410, { code: 'room_ended', endedAt: noon }],
    ['link over', () => changeLink({ endsAt: noon }), 410, { code: 'link_ended', endedAt: noon }],
    ['link revoked', () => changeLink({ revoked: true }), 410, { code: 'link_revoked' }],
    ['removed', () => app.db.execute('UPDATE people SET removed_at = 1'), 403, { code: 'removed' }],
    [
      'removed with words',
      () => app.db.execute("UPDATE people SET removed_at = 1, removed_reason = 'Not on the list'"),
      403,
      { code: 'removed', reason: 'Not on the list' },
    ],
  ])('%s', async (_, act, status, body) => {
    await act()
    app.roundTrips()
    const answer = await view()
    expect(app.roundTrips()).toBe(1)
    expect(answer).toMatchObject({ status, body })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('a link used up by others still holds for who came through it', async () => {
    await changeLink({ maxUses: 1 })
    expect((await view()).status).toBe(200)
  })

  test('what was ended comes back when it is opened again', async () => {
    await changeRoom({ state: 'ended' })
    expect((await view()).status).toBe(410)
    await changeRoom({ state: 'open' })
    expect((await view()).status).toBe(200)
  })
})

test('strangers all get one 401, and only tokens of ours reach the database', async () => {
  const claims = { p: joined.person.id, r: room.id, l: link.id, g: NOON }
  const sign = (changed: object, expiresAt = NOON + 1000) =>
    signToken(app.keys, 'person-token', { ...claims, ...changed }, expiresAt)
  const foreign = await testApp({ SIGHTLINE_SECRET: 'the secret of somebody else, quite long enough' })
  const theirs = await signToken(foreign.keys, 'person-token', claims, NOON + 1000)
  foreign.close()
  const play = new URL((await playback(app, joined.token)).webrtc.url).searchParams.get('stream_token')!
  const [head, body, tag] = joined.token.split('.') as [string, string, string]
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')

  const strangers: [string, string | null, number][] = [
    ['no token', null, 0],
    ['garbage', 'garbage', 0],
    ['truncated', joined.token.slice(0, -1), 0],
    ['without signature', `${head}.${body}.`, 0],
    ['with a fourth part', `${joined.token}.x`, 0],
    ['alg none', `${none}.${body}.${tag}`, 0],
    [
      'another payload',
      `${head}.${Buffer.from(JSON.stringify({ ...claims, g: 0 })).toString('base64url')}.${tag}`,
      0,
    ],
    ['padded', `${joined.token}=`, 0],
    ['somebody else’s secret', theirs, 0],
    ['expired', await sign({}, NOON), 0],
    ['a playback token', play, 0],
    ['the admin token', app.config.adminToken!, 0],
    ['claims missing', await sign({ p: undefined }), 0],
    ['claims of another form', await sign({ g: '0' }), 0],
    ['a person that there is not', await sign({ p: 'aaaaaaaaaaaaaaaa' }), 1],
    ['a person of another room', await sign({ r: 'aaaaaaaaaaaaaaaa' }), 1],
    ['a person of another link', await sign({ l: 'aaaaaaaaaaaaaaaa' }), 1],
  ]
  for (const [why, token, trips] of strangers)
    for (const [method, path, json] of [
      ['GET', '/api/room', undefined],
      ['POST', '/api/playback', {}],
    ] as const) {
      app.roundTrips()
      const {
        status,
        headers,
        body: problem,
      } = await ask(app, method, path, { token, ...(json && { json }) })
      expect({
        why,
        path,
        trips: app.roundTrips(),
        status,
        problem,
        challenge: headers['www-authenticate'],
      }).toEqual({
        why,
        path,
        trips,
        status: 401,
        challenge: 'Bearer',
        problem: {
          type: 'urn:sightline:problem:unauthenticated',
          title: 'Sign in first',
          status: 401,
          code: 'unauthenticated',
          detail: 'Sign in first, or send a valid bearer token.',
        },
      })
    }
})

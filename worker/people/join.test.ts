import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ask,
  ingestKey,
  join,
  joinRequest,
  makeLink,
  makeRoom,
  publish,
  rows,
} from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { verifyToken } from '../crypto/token.ts'
import type { Room } from '../rooms/schema.ts'
import type { JoinAnswer } from './schema.ts'
import { isPersonClaims } from './token.ts'

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const tryJoin = (json: unknown, token: string | null = null) =>
  ask<JoinAnswer>(app, 'POST', '/api/join', { json, token })
const iso = (ms: number) => new Date(ms).toISOString()

test('who has the link comes in, and learns the room and no more', async () => {
  const link = await makeLink(app, room.id, { role: 'reviewer' })
  app.roundTrips()
  const { status, headers, body } = await tryJoin(joinRequest(link, { name: '  Anna Ek ' }))
  expect(app.roundTrips()).toBe(1)
  expect({ status, body, cache: headers['cache-control'] }).toEqual({
    status: 200,
    cache: 'no-store',
    body: {
      person: { id: expect.stringMatching(/^[a-z2-7]{16}$/), name: 'Anna Ek' },
      room: {
        slug: 'nordlicht',
        title: 'Nordlicht',
        state: 'open',
        startsAt: null,
        endsAt: null,
        maxViewers: null,
        lock: null,
        waitingRoom: false,
      },
      permissions: ['message', 'annotate'],
      state: 'admitted',
      opensAt: null,
      waiting: null,
      publishing: false,
      playable: false,
      streams: [
        {
          id: expect.stringMatching(/^[a-z2-7]{16}$/),
          kind: 'programme',
          label: '',
          publishing: false,
          playable: false,
        },
      ],
      demo: false,
      watermark: null,
      now: '2026-11-21T12:00:00.000Z',
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    },
  })
  expect(await rows(app, 'people')).toEqual([
    {
      id: body.person.id,
      room_id: room.id,
      link_id: link.id,
      name: 'Anna Ek',
      joined_at: NOON,
      removed_at: null,
      account: null,
      admitted_at: NOON,
      role: null,
      permissions: null,
      removed_reason: null,
      watermark: null,
      display_checked_at: null,
    },
  ])
})

test('the token names person, room, link and moment, and lasts a day', async () => {
  const link = await makeLink(app, room.id)
  const { token, person } = await join(app, link)
  const read = (now: number) => verifyToken(app.keys, 'person-token', token, now, isPersonClaims)
  expect(await read(NOON)).toEqual({
    p: person.id,
    r: room.id,
    l: link.id,
    g: NOON,
    exp: (NOON + 86_400_000) / 1000,
  })
  expect(await read(NOON + 86_400_000 - 1)).toMatchObject({ p: person.id })
  expect(await read(NOON + 86_400_000)).toBe('expired')
  expect(await verifyToken(app.keys, 'playback-token', token, NOON, isPersonClaims)).toBe('malformed')
})

test('a page learns whether somebody publishes', async () => {
  await publish(app, await ingestKey(app, room.id))
  expect(await join(app, await makeLink(app, room.id))).toMatchObject({
    room: { state: 'live' },
    publishing: true,
    playable: false,
  })
})

describe('the holder of a genuine link gets the true reason', () => {
  const past = iso(NOON - 1000)
  const future = iso(NOON + 3600_000)
  const cases: [why: string, room: object, link: object, revoke: boolean, expected: object][] = [
    [
      'room ended by schedule',
      { endsAt: past },
      {},
      false,
      { code: 'room_ended', status: 410, endedAt: past },
    ],
    [
      'room about to end',
      { endsAt: iso(NOON + 999) },
      {},
      false,
      { code: 'room_ended', status: 410, endedAt: iso(NOON + 999) },
    ],
    ['link ended', {}, { endsAt: past }, false, { code: 'link_ended', status: 410, endedAt: past }],
    [
      'link about to end',
      {},
      { endsAt: iso(NOON + 999) },
      false,
      { code: 'link_ended', status: 410, endedAt: iso(NOON + 999) },
    ],
    ['link revoked', {}, {}, true, { code: 'link_revoked', status: 410 }],
    [
      'revoked outweighs ended',
      { endsAt: past },
      { endsAt: past },
      true,
      { code: 'link_revoked', status: 410 },
    ],
    [
      'room outweighs link',
      { endsAt: past },
      { endsAt: iso(NOON - 5000) },
      false,
      { code: 'room_ended', status: 410, endedAt: past },
    ],
    [
      'ended outweighs not started',
      { startsAt: future },
      { endsAt: past },
      false,
      { code: 'link_ended', status: 410, endedAt: past },
    ],
    [
      'a PIN is not asked for what has ended',
      {},
      { endsAt: past, pin: '1234' },
      false,
      { code: 'link_ended', status: 410, endedAt: past },
    ],
    [
      'a name is not asked for what was revoked',
      {},
      { askName: true },
      true,
      { code: 'link_revoked', status: 410 },
    ],
  ]
  test.each(cases)('%s', async (_, roomFields, linkFields, revoke, expected) => {
    const place = await makeRoom(app, { slug: 'place', ...roomFields })
    const link = await makeLink(app, place.id, linkFields)
    if (revoke) await ask(app, 'DELETE', `/api/rooms/${place.id}/links/${link.id}`)
    app.roundTrips()
    const { body } = await tryJoin(joinRequest(link))
    expect(app.roundTrips()).toBe(1)
    const { type, title, detail, ...rest } = body as unknown as Record<string, string>
    expect(rest).toEqual(expected)
    expect(type).toBe(`urn:sightline:problem:${rest.code}`)
    expect(title).toBe('Ended')
    expect(detail).toMatch(/^[A-Z].*\.$/)
    expect(await rows(app, 'people')).toEqual([])
  })

  test('room ended now', async () => {
    const link = await makeLink(app, room.id)
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
    expect(await tryJoin(joinRequest(link))).toMatchObject({
      status: 410,
      body: { code: 'room_ended', endedAt: iso(NOON), detail: 'The review has ended.' },
    })
  })

  test('used up', async () => {
    const link = await makeLink(app, room.id, { maxUses: 1, pin: '1234', askName: true })
    await join(app, link, { pin: '1234', name: 'Anna' })
    expect(await tryJoin(joinRequest(link))).toMatchObject({ status: 410, body: { code: 'link_used_up' } })
  })
})

describe('waiting', () => {
  test.each<[string, object, object, string]>([
    ['for the room', { startsAt: '2026-11-21T13:00:00Z' }, {}, '2026-11-21T13:00:00.000Z'],
    ['for the link', {}, { startsAt: '2026-11-21T13:00:00Z' }, '2026-11-21T13:00:00.000Z'],
    [
      'for the later of both',
      { startsAt: '2026-11-21T14:00:00Z' },
      { startsAt: '2026-11-21T13:00:00Z' },
      '2026-11-21T14:00:00.000Z',
    ],
  ])('%s', async (_, roomFields, linkFields, opensAt) => {
    const place = await makeRoom(app, { slug: 'place', ...roomFields })
    const answer = await join(app, await makeLink(app, place.id, linkFields))
    expect(answer).toMatchObject({ state: 'waiting', opensAt })
    app.clock.now = Date.parse(opensAt)
    expect((await ask(app, 'GET', '/api/room', { token: answer.token })).body).toMatchObject({
      state: 'admitted',
      opensAt: null,
      waiting: null,
    })
  })
})

describe('names and PINs', () => {
  const needs = (name: boolean, pin: boolean) => ({ needs: { name, pin } })
  const wanted: [object, object, number, object][] = [
    [{}, {}, 200, { person: { name: 'Client' } }],
    [{}, { name: 'Anna' }, 200, { person: { name: 'Anna' } }],
    [{}, { pin: '9999' }, 200, { person: { name: 'Client' } }],
    [{ askName: true }, { name: 'Anna' }, 200, { person: { name: 'Anna' } }],
    [
      { askName: true },
      {},
      400,
      { code: 'name_required', detail: 'Say who you are.', ...needs(true, false) },
    ],
    [{ name: 'Studio' }, {}, 200, { person: { name: 'Studio' } }],
    [{ name: 'Studio' }, { name: 'Anna' }, 200, { person: { name: 'Studio' } }],
    [{ name: 'Studio', askName: true }, {}, 200, { person: { name: 'Studio' } }],
    [{ pin: '1234' }, { pin: '1234' }, 200, { person: { name: 'Client' } }],
    [
      { pin: '1234' },
      {},
      403,
      { code: 'pin_required', detail: 'Type the PIN from your invitation.', ...needs(false, true) },
    ],
    [
      { pin: '1234' },
      { pin: '1235' },
      403,
      {
        code: 'pin_wrong',
        detail: 'That PIN is not right. 4 tries left.',
        triesLeft: 4,
        ...needs(false, true),
      },
    ],
    [{ pin: '1234' }, { pin: '12345' }, 403, { code: 'pin_wrong', ...needs(false, true) }],
    [{ pin: '0123' }, { pin: '123' }, 403, { code: 'pin_wrong', ...needs(false, true) }],
    [{ pin: '1234', askName: true }, {}, 403, { code: 'pin_required', ...needs(true, true) }],
    [{ pin: '1234', askName: true }, { name: 'Anna' }, 403, { code: 'pin_required', ...needs(true, true) }],
    [{ pin: '1234', askName: true }, { pin: '1234' }, 400, { code: 'name_required', ...needs(true, true) }],
    [
      { pin: '1234', askName: true },
      { pin: '4321', name: 'Anna' },
      403,
      { code: 'pin_wrong', ...needs(true, true) },
    ],
    [{ pin: '1234', askName: true }, { pin: '1234', name: 'Anna' }, 200, { person: { name: 'Anna' } }],
    [
      { pin: '1234', name: 'Studio', askName: true },
      {},
      403,
      { code: 'pin_required', ...needs(false, true) },
    ],
  ]
  test.each(wanted)('a link with %j, joined with %j: %i', async (linkFields, fields, status, body) => {
    const link = await makeLink(app, room.id, linkFields)
    expect(await tryJoin(joinRequest(link, fields))).toMatchObject({ status, body })
    expect(await rows(app, 'people')).toHaveLength(status === 200 ? 1 : 0)
    expect(await rows(app, 'links', 'uses')).toEqual([{ uses: status === 200 ? 1 : 0 }])
  })

  test('one link’s PIN does not open another', async () => {
    await makeLink(app, room.id, { pin: '1111' })
    const link = await makeLink(app, room.id, { pin: '2222' })
    expect(await tryJoin(joinRequest(link, { pin: '1111' }))).toMatchObject({ body: { code: 'pin_wrong' } })
  })

  test('a name is text: markup comes back as it went in', async () => {
    const name = '<img src=x onerror=alert(1)> "Ö" \'; DROP TABLE people;--'
    const { person, token } = await join(app, await makeLink(app, room.id), { name })
    expect(person.name).toBe(name)
    expect((await ask<JoinAnswer>(app, 'GET', '/api/room', { token })).body.person.name).toBe(name)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ingestKey, join, makeLink, makeRoom, publish, rows, streamAnswer } from '../../test/support/api.ts'
import { NOON, omeError, type TestApp, testApp } from '../../test/support/app.ts'
import { roomFacts } from '../../test/support/live.ts'
import { askForSeat, connectedPage, TestPage } from '../../test/support/live-page.ts'
import { sql } from '../db.ts'
import type { Link } from '../links/schema.ts'
import type { JoinAnswer } from '../people/schema.ts'
import type { Room } from '../rooms/schema.ts'
import { LOOK_EVERY, SAVE_WITHIN } from './conductor.ts'
import { MAX_BACKLOG } from './hub.ts'
import { tokenIn } from './routes.ts'

let app: TestApp
let room: Room
let link: Link
let person: JoinAnswer
beforeEach(async () => {
  app = await testApp({ CORS_ORIGINS: 'https://portal.example' })
  room = await makeRoom(app, { slug: 'grade' })
  link = await makeLink(app, room.id, { role: 'reviewer' })
  person = await join(app, link)
  app.roundTrips()
})
afterEach(() => app.close())

const ask = (
  protocols: string | undefined = `sightline.1, bearer.${person.token}`,
  headers: Record<string, string> = {},
) => askForSeat(app, protocols, headers)
const connected = (token = person.token) => connectedPage(app, token)

describe('the token', () => {
  it.each<[string, string | undefined]>([
    ['sightline.1, bearer.abc', 'abc'],
    ['bearer.abc,sightline.1', 'abc'],
    ['bearer.abc', undefined],
    ['sightline.1', undefined],
    ['sightline.2, bearer.abc', undefined],
    ['sightline.1, bearer.abc, bearer.abd', undefined],
    ['sightline.1, Bearer.abc', undefined],
    ['', undefined],
  ])('in "%s" is %s', (offered, token) => {
    expect(tokenIn(offered)).toBe(token)
  })
})

describe('the door', () => {
  it('hands on who comes, with what the database says, in one round trip', async () => {
    const { status, seat } = await ask(undefined, { 'user-agent': 'Netscape' })
    expect([status, app.roundTrips()]).toEqual([204, 1])
    expect(seat).toEqual({
      sub: '',
      roomId: room.id,
      until: app.clock.now + 24 * 3600_000,
      address: '192.0.2.1',
      userAgent: 'Netscape',
      room: roomFacts({
        slug: 'grade',
        streamId: expect.stringMatching(/^[a-z2-7]{16}$/),
        streams: [
          {
            id: expect.stringMatching(/^[a-z2-7]{16}$/),
            kind: 'programme',
            label: '',
            publishing: false,
            playable: false,
          },
        ],
      }),
      person: {
        id: person.person.id,
        name: 'Client',
        role: 'reviewer',
        permissions: ['message', 'annotate'],
        removedAt: null,
        removedReason: null,
        admittedAt: NOON,
        joinedAt: NOON,
        link: { id: link.id, label: link.label },
        opens: 'room',
        watermark: 'off',
        displayChecked: false,
        linkStartsAt: null,
        linkEndsAt: null,
        linkRevokedAt: null,
      },
    })
  })

  it('lets in a page of ours, one of the list, and a program', async () => {
    for (const origin of ['http://sightline.test', 'https://portal.example', undefined])
      expect((await ask(undefined, origin ? { origin } : {})).status).toBe(204)
  })

  it.each<[string, string, Record<string, string>?]>([
    ['no protocol', ''],
    ['no token', 'sightline.1'],
    ['an empty token', 'sightline.1, bearer.'],
    ['garbage', 'sightline.1, bearer.x.y.z'],
    ['the admin’s token', 'sightline.1, bearer.admin-token-of-the-tests-0123456789'],
    ['a header’s token', 'sightline.1', { authorization: 'Bearer PERSON' }],
  ])('refuses %s with 401, without the database', async (_, protocols, headers = {}) => {
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PERSON', person.token)]),
    )
    expect([await ask(protocols, sent), app.roundTrips()]).toEqual([
      { status: 401, code: 'unauthenticated', seat: undefined },
      0,
    ])
  })

  it('refuses a token past its end', async () => {
    app.clock.now += 24 * 3600_000 + 1_000
    expect(await ask()).toEqual({ status: 401, code: 'unauthenticated', seat: undefined })
  })

  it.each([
    'https://evil.example',
    'null',
    'http://sightline.test:81',
    'https://portal.example.evil.example',
  ])('refuses a page of %s, without the database', async origin => {
    expect([await ask(undefined, { origin }), app.roundTrips()]).toEqual([
      { status: 403, code: 'foreign_origin', seat: undefined },
      0,
    ])
  })

  it('refuses what is no WebSocket', async () => {
    expect([await ask(undefined, { upgrade: 'h2c' }), app.roundTrips()]).toEqual([
      { status: 426, code: 'websocket_only', seat: undefined },
      0,
    ])
  })

  it.each<[string, string, number, string]>([
    ['a room that has ended', 'UPDATE rooms SET ended_at = 1', 410, 'room_ended'],
    ['a revoked link', 'UPDATE links SET revoked_at = 1', 410, 'link_revoked'],
    ['somebody removed', 'UPDATE people SET removed_at = 1', 403, 'removed'],
    ['somebody who is gone', 'DELETE FROM people', 401, 'unauthenticated'],
  ])('refuses %s with the true reason', async (_, change, status, code) => {
    await app.db.execute(sql(change))
    expect(await ask()).toEqual({ status, code, seat: undefined })
  })

  it('refuses a blocked address', async () => {
    const json = { block: '192.0.2.0/24' }
    expect((await app.request('POST', '/api/blocks', { json, address: '127.0.0.1' })).status).toBe(201)
    expect(await ask()).toEqual({ status: 403, code: 'blocked', seat: undefined })
  })

  it('says 503 without the database', async () => {
    app.database.state('down')
    expect(await ask()).toEqual({ status: 503, code: 'unavailable', seat: undefined })
  })
})

describe('a room in this process', () => {
  it('tells two people of each other, and stores what they say before it is shown', async () => {
    const a = await connected()
    const b = await connected((await join(app, link)).token)
    b.read()
    a.read()
    a.says({ type: 'chat', text: 'hello', ref: '1' })
    expect(b.read()).toEqual([])
    await app.hub.settled()
    expect(b.read()).toEqual([expect.objectContaining({ type: 'chat', seq: 3 })])
    expect(await rows(app, 'chat', 'text, room_id')).toEqual([{ text: 'hello', room_id: room.id }])
  })

  it('keeps rooms apart', async () => {
    const other = await makeRoom(app)
    const elsewhere = await connected((await join(app, await makeLink(app, other.id))).token)
    const a = await connected()
    a.says({ type: 'chat', text: 'hello', ref: '1' })
    await app.hub.settled()
    expect(elsewhere.read().map(message => message.type)).toEqual(['welcome'])
  })

  it('says what could not be saved, and shows it to nobody, then or later', async () => {
    const a = await connected()
    const b = await connected((await join(app, link)).token)
    a.read()
    b.read()
    app.database.state('down')
    a.says({ type: 'chat', text: 'lost', ref: '1' })
    await app.hub.settled()
    expect(a.read()).toEqual([expect.objectContaining({ type: 'refused', ref: '1', code: 'not_saved' })])
    app.database.state('up')
    a.says({ type: 'chat', text: 'again', ref: '1' })
    await app.hub.settled()
    expect(b.read()).toEqual([
      expect.objectContaining({ type: 'chat', message: expect.objectContaining({ text: 'again' }) }),
    ])
  })

  it('puts what comes together into one round trip', async () => {
    const a = await connected()
    app.roundTrips()
    a.says({ type: 'chat', text: 'first', ref: '1' })
    for (let i = 2; i < 10; i++) a.says({ type: 'chat', text: `then ${i}`, ref: String(i) })
    await app.hub.settled()
    expect(app.roundTrips()).toBe(1)
    expect((await rows(app, 'chat')).length).toBe(9)
  })

  it('drops who does not take in what they are sent, and goes on', async () => {
    const a = await connected()
    const b = await connected((await join(app, link)).token)
    a.read()
    b.backlog = MAX_BACKLOG + 1
    a.says({ type: 'hand', raised: true })
    expect([b.closed, a.read().map(message => message.type)]).toEqual(['dropped', ['person.changed']])
    app.clock.now += LOOK_EVERY
    a.says({ type: 'ping' })
    await app.hub.tick()
    expect(a.read().map(message => message.type)).toEqual(['pong', 'person.left'])
  })

  it('looks at the database by itself, though nothing told it to', async () => {
    const a = await connected()
    a.read()
    await app.db.execute('UPDATE links SET revoked_at = 1')
    app.clock.now += LOOK_EVERY - 1
    a.says({ type: 'ping' })
    await app.hub.tick()
    expect(a.closed).toBeUndefined()
    app.clock.now += 1
    await app.hub.tick()
    expect([a.closed, a.read().at(-1)]).toEqual(['link_revoked', { type: 'bye', code: 'link_revoked' }])
  })

  it('stays as it is while the database is away', async () => {
    const a = await connected()
    a.read()
    app.database.state('down')
    app.clock.now += LOOK_EVERY
    a.says({ type: 'ping' })
    await app.hub.tick()
    expect([a.closed, a.read()]).toEqual([undefined, [{ type: 'pong' }]])
  })

  it('says goodbye when the server stops, also to who comes just then', async () => {
    const a = await connected()
    app.hub.stop()
    const b = new TestPage(app, (await ask()).seat!)
    expect([a.closed, b.closed]).toEqual(['stopping', 'stopping'])
  })

  it('hears nothing more from a connection that it closed', async () => {
    const a = await connected()
    await app.db.execute('UPDATE people SET removed_at = 1')
    await app.hub.changed(room.id)
    a.read()
    a.says({ type: 'chat', text: 'still here', ref: '1' })
    a.line.lost()
    await app.hub.settled()
    expect([a.read(), await rows(app, 'chat')]).toEqual([[], []])
  })

  it('what was given up and is saved after all is shown after all', async () => {
    const a = await connected()
    a.read()
    app.database.state('silent')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    a.says({ type: 'chat', text: 'late', ref: '1' })
    await vi.advanceTimersByTimeAsync(SAVE_WITHIN)
    vi.useRealTimers()
    await app.hub.settled()
    expect(a.read()).toEqual([expect.objectContaining({ code: 'not_saved' })])
    app.database.state('up')
    await expect.poll(() => a.read()).toEqual([expect.objectContaining({ type: 'chat' })])
  })
})

describe('what happens elsewhere is told at once', () => {
  let page: TestPage
  const told = async () => {
    await app.settled()
    return page.read().map(message => (message.type === 'bye' ? message.code : message.type))
  }
  beforeEach(async () => {
    page = await connected()
    page.read()
  })

  it('a publisher comes, plays and goes', async () => {
    app.origin.answer = () => streamAnswer()
    const key = await ingestKey(app, room.id)
    await publish(app, key)
    await app.quiet()
    expect(page.read()).toEqual([
      expect.objectContaining({ type: 'room.changed', publishing: true, playable: false }),
    ])
    await app.settled()
    expect(page.read()).toEqual([
      expect.objectContaining({ type: 'room.changed', publishing: true, playable: true }),
    ])
    app.origin.answer = () => omeError(404)
    await publish(app, key, { status: 'closing' })
    await app.settled()
    expect(page.read().at(-1)).toMatchObject({ publishing: false, playable: false, room: { state: 'open' } })
  })

  it.each<[string, string, () => Promise<Response>]>([
    [
      'link is revoked',
      'link_revoked',
      () => app.request('DELETE', `/api/rooms/${room.id}/links/${link.id}`),
    ],
    [
      'link ends',
      'link_ended',
      () =>
        app.request('PATCH', `/api/rooms/${room.id}/links/${link.id}`, {
          json: { endsAt: '2026-11-21T11:00:00Z' },
        }),
    ],
    ['room is deleted', 'gone', () => app.request('DELETE', `/api/rooms/${room.id}`)],
  ])('who is there goes when the %s', async (_, code, change) => {
    expect((await change()).status).toBeLessThan(300)
    expect([await told(), page.closed]).toEqual([[code], code])
  })

  it('who is there goes when the room ends', async () => {
    await app.request('PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
    expect(await told()).toEqual(['room.changed', 'room_ended'])
  })

  it('what a link allows counts from now on', async () => {
    const path = `/api/rooms/${room.id}/links/${link.id}`
    await app.request('PATCH', path, { json: { role: 'observer' } })
    expect(await told()).toEqual(['person.changed'])
    page.says({ type: 'chat', text: 'x', ref: '1' })
    expect(page.read()).toEqual([expect.objectContaining({ code: 'forbidden' })])
  })

  it('a new title is told, and a new ingest key stops the picture', async () => {
    await app.request('PATCH', `/api/rooms/${room.id}`, { json: { title: 'Reel 2' } })
    expect(await told()).toEqual(['room.changed'])
    await publish(app, await ingestKey(app, room.id))
    await told()
    await app.request('POST', `/api/rooms/${room.id}/ingest/rotate`)
    await app.settled()
    expect(page.read().at(-1)).toMatchObject({ type: 'room.changed', publishing: false })
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ingestKey,
  join,
  makeLink,
  makeRoom,
  playback,
  publish,
  rows,
  streamAnswer,
} from '../../test/support/api.ts'
import { NOON, omeError, type TestApp, testApp } from '../../test/support/app.ts'
import { send, signature, type Webhook, webhook, webhookBody } from '../../test/support/ome.ts'
import { fromBase64url, textOf } from '../crypto/encoding.ts'
import { signToken } from '../crypto/token.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'

/** Closings over the whole app: in whatever order and number they come, each ends its own session and no other. */

let app: TestApp
let room: Room
let link: Link
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { slug: 'grade' })
  link = await makeLink(app, room.id)
})
afterEach(() => app.close())

const heard = { allowed: true }

describe('of a playback session', () => {
  let url: string
  beforeEach(async () => {
    url = (await playback(app, (await join(app, link)).token)).webrtc.url
  })

  const open = (port: number, more: Partial<Webhook> = {}) => webhook(app, { url, port, ...more })
  const close = (port: number, more: Partial<Webhook> = {}) => open(port, { status: 'closing', ...more })
  const ports = async () =>
    (await rows(app, 'leases', 'session')).map(row => Number(String(row.session).split('|')[2])).toSorted()

  it('gives its seat back at once, in one round trip', async () => {
    await open(1)
    app.roundTrips()
    expect(await close(1)).toEqual(heard)
    expect(app.roundTrips()).toBe(1)
    expect(await ports()).toEqual([])
  })

  it('ends that session only', async () => {
    for (const port of [1, 2, 3]) await open(port)
    await close(2)
    expect(await ports()).toEqual([1, 3])
  })

  it('counts once, however often it comes', async () => {
    await open(1)
    await open(2)
    for (let i = 0; i < 3; i++) expect(await close(1)).toEqual(heard)
    expect(await ports()).toEqual([2])
  })

  it('that comes before its opening does nothing; the opening is then held to its lease', async () => {
    expect(await close(1)).toEqual(heard)
    await open(1)
    expect(await ports()).toEqual([1])
    app.clock.now += 300_000
    const late = (await playback(app, (await join(app, link)).token)).webrtc.url
    expect(await webhook(app, { url: late })).toMatchObject({ allowed: true })
  })

  it('that comes after the next session has opened leaves that one alone', async () => {
    await open(1)
    await open(2)
    await close(1)
    expect(await ports()).toEqual([2])
  })

  it.each<[string, Partial<Webhook>]>([
    ['another port', { port: 9 }],
    ['another address', { address: '198.51.100.1' }],
    ['another protocol', { protocol: 'LLHLS' }],
    ['another direction', { direction: 'incoming' }],
  ])('of %s ends nothing', async (_, more) => {
    await open(1)
    const other = more.protocol === 'LLHLS' ? url.replace('ws:', 'http:').replace('?', '/llhls.m3u8?') : url
    await close(1, { url: other, ...more })
    expect(await ports()).toEqual([1])
  })

  it('of another person ends nothing, even from the same address and port', async () => {
    await open(1)
    const other = (await playback(app, (await join(app, link)).token)).webrtc.url
    expect(await webhook(app, { url: other, port: 1, status: 'closing' })).toEqual(heard)
    expect(await ports()).toEqual([1])
  })

  it.each<[string, (token: string) => Promise<string> | string]>([
    ['without token', () => ''],
    ['with a token that is not last', t => `stream_token=${t}&x=1`],
    ['with a forged token', t => `stream_token=${t.replace(/.{43}$/, 'A'.repeat(43))}`],
    [
      'with a token of another origin',
      async t => {
        const claims = JSON.parse(textOf(fromBase64url(t.split('.')[1]!)!))
        return `stream_token=${await signToken(app.keys, 'playback-token', { ...claims, o: 'second' }, NOON + 90_000)}`
      },
    ],
  ])('%s ends nothing', async (_, query) => {
    await open(1)
    const [base, token] = url.split('?stream_token=') as [string, string]
    expect(await close(1, { url: `${base}?${await query(token)}` })).toEqual(heard)
    expect(await ports()).toEqual([1])
  })

  it('counts long after its token has expired, but not for ever', async () => {
    await open(1)
    await open(2)
    app.clock.now += 90_000 + 24 * 3600_000 - 1
    await close(1)
    expect(await ports()).toEqual([2])
    app.clock.now += 1
    await close(2)
    expect(await ports()).toEqual([2])
  })

  it('counts after its room has ended and its link was revoked', async () => {
    await open(1)
    await app.request('DELETE', `/api/rooms/${room.id}/links/${link.id}`)
    await app.request('PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
    await close(1)
    expect(await ports()).toEqual([])
  })

  it('without signature, or with a wrong one, ends nothing', async () => {
    await open(1)
    const body = webhookBody({ url, port: 1, status: 'closing' })
    for (const signed of [null, signature(body, '4321')])
      expect((await send(app, body, { signed })).status).toBe(401)
    expect(await ports()).toEqual([1])
  })

  it('over LL-HLS ends its session; several openings on one connection were one', async () => {
    const hls = { url: url.replace('ws:', 'http:').replace('?', '/llhls.m3u8?'), protocol: 'LLHLS' }
    for (let i = 0; i < 3; i++) await open(1, hls)
    expect(await ports()).toEqual([1])
    await close(1, hls)
    await close(1, hls)
    expect(await ports()).toEqual([])
  })
})

describe('of a publisher', () => {
  let key: string
  beforeEach(async () => {
    key = await ingestKey(app, room.id)
  })

  const whip = (status: 'opening' | 'closing', port: number, address = '192.0.2.1') =>
    webhook(app, {
      direction: 'incoming',
      protocol: 'WebRTC',
      url: `http://origin.test:3333/app/${key}?direction=whip`,
      status,
      port,
      address,
    })
  const ports = async () => (await rows(app, 'publications', 'port')).map(row => row.port).toSorted()

  it('over RTMP ends it, in one round trip', async () => {
    await publish(app, key, { port: 1 })
    app.roundTrips()
    expect(await publish(app, key, { port: 1, status: 'closing' })).toEqual(heard)
    expect(app.roundTrips()).toBe(1)
    expect(await ports()).toEqual([])
  })

  it('may come twice, as when a stream is deleted at the origin', async () => {
    await publish(app, key, { port: 1 })
    for (let i = 0; i < 2; i++) expect(await publish(app, key, { port: 1, status: 'closing' })).toEqual(heard)
    expect(await ports()).toEqual([])
  })

  it('right after a refused opening ends nobody else', async () => {
    await publish(app, key, { port: 1 })
    const wrong = `rtmp://origin.test:1935/app/${'a'.repeat(48)}`
    for (const status of ['opening', 'closing'] as const)
      await webhook(app, { direction: 'incoming', protocol: 'RTMP', url: wrong, port: 2, status })
    expect(await ports()).toEqual([1])
  })

  it('of a second RTMP publisher, who differs in the port only, leaves the first one live', async () => {
    await publish(app, key, { port: 1 })
    expect(await publish(app, key, { port: 2 })).toMatchObject({ allowed: true })
    await publish(app, key, { port: 2, status: 'closing' })
    expect(await ports()).toEqual([1])
  })

  it('of the old connection leaves the new one live, when an encoder has reconnected', async () => {
    await publish(app, key, { port: 1 })
    await publish(app, key, { port: 2 })
    await publish(app, key, { port: 1, status: 'closing' })
    expect(await ports()).toEqual([2])
  })

  it('over RTMP from another port or address ends nothing', async () => {
    await publish(app, key, { port: 1 })
    await publish(app, key, { port: 9, status: 'closing' })
    await publish(app, key, { port: 1, address: '198.51.100.1', status: 'closing' })
    expect(await ports()).toEqual([1])
  })

  it('over RTMP ends no WHIP session of the same address', async () => {
    await whip('opening', 1)
    await publish(app, key, { port: 9, status: 'closing' })
    expect(await ports()).toEqual([1])
  })

  it('over WHIP may come from another port of the same address', async () => {
    await whip('opening', 1)
    await whip('closing', 9)
    expect(await ports()).toEqual([])
  })

  it('over WHIP from another port ends the oldest session of that address', async () => {
    await whip('opening', 1)
    app.clock.now += 1
    await whip('opening', 2)
    await whip('closing', 9)
    expect(await ports()).toEqual([2])
  })

  it('over WHIP from its own port ends its own session, whichever is older', async () => {
    await whip('opening', 1)
    app.clock.now += 1
    await whip('opening', 2)
    await whip('closing', 2)
    expect(await ports()).toEqual([1])
  })

  it('over WHIP ends no publisher of another protocol, address or room', async () => {
    const other = await makeRoom(app, { slug: 'other' })
    await publish(app, key, { port: 1 })
    await publish(app, await ingestKey(app, other.id), { port: 2 })
    await whip('opening', 3, '198.51.100.1')
    await whip('closing', 9)
    expect(await ports()).toEqual([1, 2, 3])
  })

  it('before its opening does nothing', async () => {
    await publish(app, key, { port: 1, status: 'closing' })
    await publish(app, key, { port: 1 })
    expect(await ports()).toEqual([1])
  })

  it('with a key that was replaced still ends what that key opened', async () => {
    await publish(app, key, { port: 1 })
    await app.db.execute('UPDATE rooms SET ingest_version = 2')
    await publish(app, key, { port: 1, status: 'closing' })
    expect(await ports()).toEqual([])
  })

  it.each([
    ['the slug', 'grade'],
    ['a key that is none', 'a'.repeat(48)],
  ])('with %s ends nothing and asks nothing', async (_, name) => {
    await publish(app, key, { port: 1 })
    app.roundTrips()
    expect(await publish(app, name, { port: 1, status: 'closing' })).toEqual(heard)
    expect(app.roundTrips()).toBe(0)
    expect(await ports()).toEqual([1])
  })

  it('that was taken for the wrong one is mended by a look at the origin', async () => {
    app.origin.answer = () => streamAnswer({ address: '192.0.2.1', port: 2 })
    await whip('opening', 2)
    await app.settled()
    // The closing of an earlier session, whose own opening is no longer in the books.
    await whip('closing', 9)
    expect(await ports()).toEqual([])
    await app.settled()
    expect(await rows(app, 'publications', 'session, port')).toEqual([
      { session: expect.stringMatching(/^seen\|/), port: 2 },
    ])
    app.origin.answer = () => omeError(404)
    await app.pass(15_000)
    await whip('closing', 2)
    await app.settled()
    expect(await ports()).toEqual([])
  })
})

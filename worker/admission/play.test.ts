import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, ingestKey, join, makeLink, makeRoom, playback, publish, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { type Webhook, webhook } from '../../test/support/ome.ts'
import { fromBase64url, textOf } from '../crypto/encoding.ts'
import { newId } from '../crypto/id.ts'
import { signToken } from '../crypto/token.ts'
import type { Link } from '../links/schema.ts'
import type { PlaybackClaims } from '../playback/token.ts'
import type { Room } from '../rooms/schema.ts'

/** Openings for playback over the whole app: who comes in, under which name, for how long. */

const LEASE = 300_000

let app: TestApp
let room: Room
let link: Link
let bearer: string
let hidden: string
let own: PlaybackClaims
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { slug: 'grade' })
  link = await makeLink(app, room.id)
  bearer = (await join(app, link)).token
  hidden = await hiddenName(room.id)
  own = claimsOf(await address())
})
afterEach(() => app.close())

async function hiddenName(roomId: string): Promise<string> {
  const all = await rows(app, 'streams', 'room_id, hidden_name')
  return all.find(row => row.room_id === roomId)!.hidden_name as string
}

const address = async (person = bearer) => (await playback(app, person)).webrtc.url
const open = async (more: Partial<Webhook> = {}) => webhook(app, { url: await address(), ...more })
const claimsOf = (url: string): PlaybackClaims => JSON.parse(textOf(fromBase64url(url.split('.').at(-2)!)!))

/** Another viewer of the same link. */
const another = async () => address((await join(app, link)).token)

/** An address like the page's own, with some of its claims replaced. */
async function withClaims(claims: Partial<Record<keyof PlaybackClaims, unknown>>, slug = 'grade') {
  const token = await signToken(app.keys, 'playback-token', { ...own, ...claims }, app.clock.now + 90_000)
  return `ws://origin.test:3333/app/${slug}?stream_token=${token}`
}

const admitted = (lifetime = LEASE, rest = '') => ({
  allowed: true,
  new_url: `ws://origin.test:3333/app/${hidden}${rest}`,
  lifetime,
})
const refused = (reason: string) => ({ allowed: false, reason })
const leases = () => rows(app, 'leases', 'session, person_id, protocol, address, opened_at, expires_at')

describe('who comes in', () => {
  it('a person with a fresh address, under the hidden name, for a lease', async () => {
    expect(await open({ address: '192.0.2.7', port: 50_000 })).toEqual(admitted())
    const { p, s } = claimsOf(await address())
    expect(await leases()).toEqual([
      {
        session: `out|192.0.2.7|50000|webrtc|${p}|${s}`,
        person_id: p,
        protocol: 'webrtc',
        address: '192.0.2.7',
        opened_at: NOON,
        expires_at: NOON + LEASE,
      },
    ])
  })

  it('over LL-HLS and for a thumbnail, with the file kept in an absolute address', async () => {
    const { llhls } = await playback(app, bearer)
    expect(await webhook(app, { protocol: 'LLHLS', url: llhls.url })).toEqual({
      allowed: true,
      new_url: `http://origin.test:3333/app/${hidden}/llhls.m3u8`,
      lifetime: LEASE,
    })
    const thumb = llhls.url.replace('llhls.m3u8', 'thumb.jpg')
    expect(await webhook(app, { protocol: 'Thumbnail', url: thumb })).toEqual({
      allowed: true,
      new_url: `http://origin.test:3333/app/${hidden}/thumb.jpg`,
      lifetime: LEASE,
    })
  })

  it('with the playlist and the transport it asked for', async () => {
    const url = (await address()).replace('/grade?', '/grade/master?transport=tcp&')
    expect(await webhook(app, { url })).toEqual(admitted(LEASE, '/master?transport=tcp'))
  })

  it('by whatever name the server was dialled, unless the origin lists its names', async () => {
    const url = (await address()).replace('origin.test:3333', '192.0.2.99:80')
    expect(await webhook(app, { url })).toMatchObject({
      allowed: true,
      new_url: `ws://192.0.2.99:80/app/${hidden}`,
    })
  })

  it('from everywhere in the last millisecond of its address, and not after', async () => {
    const url = await address()
    app.clock.now += 89_999
    expect(await webhook(app, { url })).toEqual(admitted())
    app.clock.now += 1
    expect(await webhook(app, { url })).toEqual(refused('token expired'))
  })
})

describe('who does not', () => {
  it.each<[string, string, Partial<Record<keyof PlaybackClaims, unknown>>]>([
    ['of another origin', 'wrong origin', { o: 'second' }],
    ['of a room that is not', 'unknown', { r: newId() }],
    ['of a stream that is not', 'unknown', { s: newId() }],
    ['of a person that is not', 'unknown', { p: newId() }],
    ['of a link that is not', 'unknown', { l: newId() }],
  ])('a token %s', async (_, reason, claims) => {
    expect(await webhook(app, { url: await withClaims(claims) })).toEqual(refused(reason))
    expect(await leases()).toEqual([])
  })

  it('a token of room A for room B, in whatever mixture', async () => {
    const other = await makeRoom(app, { slug: 'other' })
    const theirs = await join(app, await makeLink(app, other.id))
    const { r, s, p, l } = claimsOf(await address(theirs.token))
    const answers = []
    for (const [slug, claims] of [
      ['other', {}],
      ['grade', { r, s, p, l }],
      ['other', { s }],
      ['grade', { s }],
      ['other', { r }],
      ['other', { r, s }],
      ['other', { r, s, p }],
      ['other', { r, s, l }],
      ['grade', { p }],
      ['grade', { l }],
    ] as const)
      answers.push((await webhook(app, { url: await withClaims(claims, slug) })).reason)
    expect(answers).toEqual([
      'wrong room',
      'wrong room',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ])
    expect(await leases()).toEqual([])
  })

  it('a token of another link of the same room, with this person', async () => {
    const { id } = await makeLink(app, room.id)
    expect(await webhook(app, { url: await withClaims({ l: id }) })).toEqual(refused('unknown'))
  })

  it('anybody by the hidden name', async () => {
    const url = (await address()).replace('/grade?', `/${hidden}?`)
    expect(await webhook(app, { url })).toEqual(refused('wrong room'))
  })

  it('anybody by the room id or the key', async () => {
    for (const name of [room.id, await ingestKey(app, room.id)]) {
      const url = (await address()).replace('/grade?', `/${name}?`)
      expect(await webhook(app, { url })).toEqual(refused('wrong room'))
    }
  })

  it('a token as a publisher, over whatever protocol', async () => {
    const token = (await address()).split('=').at(-1)!
    const ways: [string, string][] = [
      ['RTMP', `rtmp://origin.test:1935/app/grade?stream_token=${token}`],
      ['RTMP', `rtmp://origin.test:1935/app/grade?key=${token}`],
      ['RTMP', `rtmp://origin.test:1935/app/${token}`],
      ['SRT', `srt://default/app/grade?stream_token=${token}`],
      ['WebRTC', `http://origin.test:3333/app/grade?direction=whip&stream_token=${token}`],
      ['WebRTC', `ws://origin.test:3333/app/grade?direction=send&stream_token=${token}`],
    ]
    for (const [protocol, url] of ways)
      expect(await webhook(app, { direction: 'incoming', protocol, url })).toEqual(refused('key not genuine'))
    expect(await rows(app, 'publications')).toEqual([])
  })

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'whose link was revoked',
      'link revoked',
      () => ask(app, 'DELETE', `/api/rooms/${room.id}/links/${link.id}`),
    ],
    [
      'whose room was ended',
      'room ended',
      () => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } }),
    ],
    ['whose room was deleted', 'unknown', () => ask(app, 'DELETE', `/api/rooms/${room.id}`)],
    [
      'whose room has another slug',
      'wrong room',
      () => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { slug: 'new' } }),
    ],
    [
      'whose room was put off',
      'not started',
      () => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { startsAt: '2026-11-21T12:00:00.001Z' } }),
    ],
    [
      'whose room ends in a moment',
      'room ended',
      () => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { endsAt: '2026-11-21T12:00:00.999Z' } }),
    ],
    [
      'whose link was put off',
      'not started',
      () =>
        ask(app, 'PATCH', `/api/rooms/${room.id}/links/${link.id}`, {
          json: { startsAt: '2026-11-21T12:00:00.001Z' },
        }),
    ],
    [
      'whose link ends in a moment',
      'link ended',
      () =>
        ask(app, 'PATCH', `/api/rooms/${room.id}/links/${link.id}`, {
          json: { endsAt: '2026-11-21T12:00:00.999Z' },
        }),
    ],
    ['who was removed', 'removed', () => app.db.execute(`UPDATE people SET removed_at = ${NOON}`)],
  ])('a person with a fresh address %s', async (_, reason, change) => {
    const url = await address()
    await change()
    expect(await webhook(app, { url })).toEqual(refused(reason))
    const thumb = url.replace('ws:', 'http:').replace('?', '/thumb.jpg?')
    expect(await webhook(app, { protocol: 'Thumbnail', url: thumb })).toEqual(refused(reason))
    expect(await leases()).toEqual([])
  })

  it('and who was refused for it comes in again when it is taken back', async () => {
    const url = await address()
    const linkPath = `/api/rooms/${room.id}/links/${link.id}`
    await ask(app, 'PATCH', linkPath, { json: { revoked: true } })
    expect(await webhook(app, { url })).toEqual(refused('link revoked'))
    await ask(app, 'PATCH', linkPath, { json: { revoked: false } })
    expect(await webhook(app, { url })).toEqual(admitted())
  })
})

describe('how long', () => {
  const soon = (ms: number) => new Date(NOON + ms).toISOString()

  it.each<[string, object, object, number]>([
    ['the deployment’s lease', {}, {}, LEASE],
    ['the room’s own lease', { leaseMs: 45_678 }, {}, 45_678],
    ['the rest of the room', { endsAt: soon(20_000) }, { endsAt: soon(30_000) }, 20_000],
    ['the rest of the link', { endsAt: soon(30_000) }, { endsAt: soon(20_000) }, 20_000],
    [
      'the lease, when all else is longer',
      { leaseMs: 30_000, endsAt: soon(30_001) },
      { endsAt: soon(40_000) },
      30_000,
    ],
    ['the last second', { endsAt: soon(1_000) }, {}, 1_000],
  ])('%s', async (_, roomFields, linkFields, lifetime) => {
    const strict = await makeRoom(app, { slug: 'strict', ...roomFields })
    const person = await join(app, await makeLink(app, strict.id, linkFields))
    hidden = await hiddenName(strict.id)
    expect(await webhook(app, { url: await address(person.token) })).toEqual(admitted(lifetime))
    expect((await leases()).map(lease => lease.expires_at)).toEqual([NOON + lifetime])
  })

  it('the deployment may choose its usual lease', async () => {
    const strict = await testApp({ LEASE_MS: '30000' })
    const person = await join(strict, await makeLink(strict, (await makeRoom(strict)).id))
    const { webrtc } = await playback(strict, person.token)
    expect((await webhook(strict, { url: webrtc.url })).lifetime).toBe(30_000)
    strict.close()
  })
})

describe('seats', () => {
  const limit = (fields: object) => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: fields })
  const seats = async () => (await ask<Room>(app, 'GET', `/api/rooms/${room.id}`)).body.seats

  it('are counted by person: a renewal overlaps its own session without a second seat', async () => {
    await limit({ maxViewers: 1 })
    expect(await open({ port: 50_001 })).toEqual(admitted())
    app.clock.now += 200_000
    expect(await open({ port: 50_002 })).toEqual(admitted())
    expect((await leases()).map(lease => lease.expires_at)).toEqual([NOON + LEASE, NOON + 200_000 + LEASE])
    expect(await seats()).toBe(1)
  })

  it('are one for WebRTC and LL-HLS together', async () => {
    await limit({ maxViewers: 1 })
    const { webrtc, llhls } = await playback(app, bearer)
    expect(await webhook(app, { url: webrtc.url })).toMatchObject({ allowed: true })
    expect(await webhook(app, { url: llhls.url, protocol: 'LLHLS' })).toMatchObject({ allowed: true })
    expect(await seats()).toBe(1)
  })

  it('of a room end with the last one, and begin again when a lease runs out', async () => {
    const late = await another()
    await limit({ maxViewers: 1 })
    await open()
    expect(await webhook(app, { url: late })).toEqual(refused('room full'))
    app.clock.now = NOON + LEASE - 1
    const later = await withClaims(claimsOf(late))
    expect(await webhook(app, { url: later })).toEqual(refused('room full'))
    app.clock.now = NOON + LEASE
    expect(await webhook(app, { url: later })).toEqual(admitted())
  })

  it('of a link end with the last one, whoever else is in the room', async () => {
    const narrow = await makeLink(app, room.id, { maxDevices: 1 })
    const [first, second] = [await join(app, narrow), await join(app, narrow)]
    const [one, two] = [await address(first.token), await address(second.token)]
    await open()
    expect(await webhook(app, { url: one })).toEqual(admitted())
    expect(await webhook(app, { url: two })).toEqual(refused('link full'))
    expect(await webhook(app, { url: await another() })).toEqual(admitted())
  })

  it('are kept by those who have one when the limit is lowered, until so many have gone', async () => {
    const [first, second, third] = [await address(), await another(), await another()]
    await webhook(app, { url: first })
    app.clock.now += 10_000
    await webhook(app, { url: second })
    await limit({ maxViewers: 1 })
    expect(await webhook(app, { url: third })).toEqual(refused('room full'))
    expect(await webhook(app, { url: first })).toEqual(refused('room full'))
    expect(await seats()).toBe(2)
    // The first lease has run out: the second is renewed, and the first finds the room full.
    app.clock.now = NOON + LEASE
    expect(await webhook(app, { url: await withClaims(claimsOf(second)) })).toEqual(admitted())
    expect(await webhook(app, { url: await withClaims(claimsOf(first)) })).toEqual(refused('room full'))
    expect(await seats()).toBe(1)
  })

  it('are not taken by thumbnails, and a full room shows them', async () => {
    const late = await another()
    await limit({ maxViewers: 1 })
    const thumb = (url: string) => ({
      protocol: 'Thumbnail',
      url: url.replace('ws:', 'http:').replace('?', '/thumb.jpg?'),
    })
    expect(await webhook(app, thumb(late))).toMatchObject({ allowed: true })
    expect(await leases()).toEqual([])
    await open()
    app.roundTrips()
    expect(await webhook(app, thumb(late))).toMatchObject({ allowed: true })
    expect(app.roundTrips()).toBe(1)
    expect(await webhook(app, { url: late })).toEqual(refused('room full'))
  })
})

describe('an address moves', () => {
  const HOME = '192.0.2.1'
  const AWAY = '198.51.100.1'

  it('to where the same page’s token is used next; the older session is not renewed', async () => {
    await limit1()
    expect(await open({ address: HOME, port: 1 })).toEqual(admitted())
    app.clock.now += 10_000
    expect(await open({ address: AWAY, port: 2 })).toEqual(admitted())
    app.clock.now += 10_000
    expect(await open({ address: HOME, port: 3 })).toEqual(refused('moved'))
    expect(await open({ address: AWAY, port: 4 })).toEqual(admitted())
  })

  it('and the host sees both', async () => {
    await open({ address: HOME })
    app.clock.now += 1
    await open({ address: AWAY })
    const seats = (await ask<{ items: { addresses: string[] }[] }>(app, 'GET', `/api/rooms/${room.id}/seats`))
      .body
    expect(seats.items.map(seat => seat.addresses.toSorted())).toEqual([[HOME, AWAY]])
  })

  it('back when the session there has ended', async () => {
    await open({ address: HOME, port: 1 })
    app.clock.now += 10_000
    const url = await address()
    await webhook(app, { url, address: AWAY, port: 2 })
    await webhook(app, { url, address: AWAY, port: 2, status: 'closing' })
    expect(await open({ address: HOME, port: 3 })).toEqual(admitted())
  })

  it('to a page that joined again later, at once and for good', async () => {
    const old = await address()
    app.clock.now += 1
    const again = await join(app, link, {}, bearer)
    expect(await webhook(app, { url: await address(again.token), address: AWAY })).toEqual(admitted())
    expect(await webhook(app, { url: old, address: HOME })).toEqual(refused('moved'))
  })

  it('and comes back over the same connection after its lease as a new session', async () => {
    // LL-HLS over one kept-alive connection: the address and port stay while leases come and go.
    await open({ address: HOME, port: 1 })
    app.clock.now += 10_000
    await open({ address: AWAY, port: 2 })
    app.clock.now = NOON + LEASE + 1_000
    expect(await open({ address: HOME, port: 1 })).toEqual(admitted())
    app.clock.now += 1_000
    expect(await open({ address: HOME, port: 1 })).toEqual(admitted())
    expect(await open({ address: AWAY, port: 2 })).toEqual(refused('moved'))
  })

  it('by the address that the origin saw, whatever the client claims', async () => {
    await open({ address: HOME, realIp: '203.0.113.1', port: 1 })
    app.clock.now += 1
    expect(await open({ address: HOME, realIp: '203.0.113.2', port: 2 })).toEqual(admitted())
    app.clock.now += 1
    expect(await open({ address: HOME, realIp: '203.0.113.1', port: 3 })).toEqual(admitted())
  })

  it('by the address that the proxy told, when the origin is behind one', async () => {
    const proxied = await testApp({ OME_TRUST_REAL_IP: 'true' })
    const person = await join(proxied, await makeLink(proxied, (await makeRoom(proxied)).id))
    const from = async (realIp: string, port: number) => {
      const { webrtc } = await playback(proxied, person.token)
      proxied.clock.now += 1
      return (await webhook(proxied, { url: webrtc.url, address: '10.0.0.1', port, realIp })).allowed
    }
    expect([
      await from('203.0.113.1', 1),
      await from('203.0.113.2', 2),
      await from('203.0.113.1', 3),
    ]).toEqual([true, true, false])
    const addresses = async () =>
      (await rows(proxied, 'leases ORDER BY session', 'address')).map(row => row.address)
    expect(await addresses()).toEqual(['203.0.113.1', '203.0.113.2'])
    // A person is in two more places at most: a token that is passed around stops there.
    expect(await from('203.0.113.3', 2)).toBe(false)
    expect(await addresses()).toEqual(['203.0.113.1', '203.0.113.2'])
    proxied.close()
  })

  async function limit1() {
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { maxViewers: 1 } })
  }
})

it('a playback address opens whether or not anybody publishes', async () => {
  expect(await open()).toEqual(admitted())
  expect(await publish(app, await ingestKey(app, room.id))).toMatchObject({ allowed: true })
  expect(await open()).toEqual(admitted())
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, ingestKey, join, makeLink, makeRoom, publish, rows, secretOf } from '../../test/support/api.ts'
import { NOON, SECRET, type TestApp, testApp } from '../../test/support/app.ts'
import { type Webhook, webhook } from '../../test/support/ome.ts'
import type { Room } from '../rooms/schema.ts'

/** Openings for publishing over the whole app: which key opens which hidden name, and for how long. */

let app: TestApp
let room: Room
let key: string
let hidden: string
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { slug: 'grade' })
  key = await ingestKey(app, room.id)
  hidden = await hiddenName(room.id)
})
afterEach(() => app.close())

async function hiddenName(roomId: string): Promise<string> {
  const all = await rows(app, 'streams', 'room_id, hidden_name')
  return all.find(row => row.room_id === roomId)!.hidden_name as string
}

const ingest = (url: string, more: Partial<Webhook> = {}) =>
  webhook(app, { direction: 'incoming', protocol: 'RTMP', url, ...more })
const refused = (reason: string) => ({ allowed: false, reason })
const publications = () =>
  rows(app, 'publications', 'session, protocol, address, port, opened_at, expires_at')
const change = (fields: object) => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: fields })

describe('a genuine key', () => {
  it.each<[string, string, (k: string) => string, string]>([
    ['RTMP', 'as stream key', k => `rtmp://origin.test:1935/app/${k}`, 'rtmp://origin.test:1935/app/@'],
    ['RTMP', 'over TLS', k => `rtmps://origin.test:1936/app/${k}`, 'rtmps://origin.test:1936/app/@'],
    ['RTMP', 'as key', k => `rtmp://origin.test:1935/app/obs?key=${k}`, 'rtmp://origin.test:1935/app/@'],
    [
      'RTMP',
      'as access_key',
      k => `rtmp://origin.test:1935/app/obs?a=1&access_key=${k}`,
      'rtmp://origin.test:1935/app/@',
    ],
    ['SRT', 'in a stream id', k => `srt://default/app/${k}`, 'srt://default/app/@'],
    [
      'SRT',
      'in an address as stream id',
      k => `srt://origin.test:9999/app/${k}`,
      'srt://origin.test:9999/app/@',
    ],
    ['SRT', 'as key in a stream id', k => `srt://default/app/cam?key=${k}`, 'srt://default/app/@'],
    [
      'WebRTC',
      'over WHIP',
      k => `http://origin.test:3333/app/${k}?direction=whip`,
      'http://origin.test:3333/app/@?direction=whip',
    ],
    [
      'WebRTC',
      'over a web socket',
      k => `wss://origin.test:3334/app/${k}?direction=send&transport=tcp`,
      'wss://origin.test:3334/app/@?direction=send&transport=tcp',
    ],
  ])('over %s %s opens the hidden name, in one round trip', async (protocol, _, url, newUrl) => {
    app.roundTrips()
    expect(await ingest(url(key), { protocol, port: 40_000 })).toEqual({
      allowed: true,
      new_url: newUrl.replace('@', hidden),
    })
    expect(app.roundTrips()).toBe(1)
    expect(await publications()).toEqual([
      {
        session: `in|192.0.2.1|40000|${protocol.toLowerCase()}|${room.id}`,
        protocol: protocol.toLowerCase(),
        address: '192.0.2.1',
        port: 40_000,
        opened_at: NOON,
        expires_at: null,
      },
    ])
  })

  it('is admitted before the room starts, so that the signal can be tested', async () => {
    await change({ startsAt: '2026-11-21T13:00:00Z' })
    expect(await publish(app, key)).toMatchObject({ allowed: true })
    expect((await ask<Room>(app, 'GET', `/api/rooms/${room.id}`)).body.state).toBe('scheduled')
  })

  it('lasts as long as the room, in whole milliseconds', async () => {
    await change({ endsAt: '2026-11-23T12:00:00.001Z' })
    expect((await publish(app, key)).lifetime).toBe(2 * 86_400_000 + 1)
    app.clock.now += 2 * 86_400_000 - 999
    expect((await publish(app, key, { port: 2 })).lifetime).toBe(1_000)
    app.clock.now += 1
    expect(await publish(app, key, { port: 3 })).toEqual(refused('room ended'))
    expect((await publications()).map(row => row.port)).toEqual([40_000, 2])
  })

  it('is always admitted a second time: OME refuses the second live one itself', async () => {
    expect(await publish(app, key, { port: 1 })).toMatchObject({ allowed: true })
    expect(await publish(app, key, { port: 2 })).toMatchObject({ allowed: true })
    expect((await publications()).map(row => row.port)).toEqual([1, 2])
  })

  it('of the previous secret still counts', async () => {
    const rotated = await testApp({
      SIGHTLINE_SECRET: 'the secret of the tests after it was changed',
      SIGHTLINE_SECRET_PREVIOUS: SECRET,
    })
    const other = await makeRoom(rotated)
    const old = await ingestKey(app, other.id)
    expect(old).not.toBe(await ingestKey(rotated, other.id))
    expect(await publish(rotated, old)).toMatchObject({ allowed: true })
    expect(await publish(rotated, await ingestKey(rotated, other.id))).toMatchObject({ allowed: true })
    rotated.close()
  })
})

describe('is refused', () => {
  it.each<[string, string, () => Promise<string> | string]>([
    ['the slug', 'key not genuine', () => 'grade'],
    ['the hidden name', 'key not genuine', () => hidden],
    ['the room id', 'key not genuine', () => room.id],
    ['nothing but letters of a key', 'key not genuine', () => 'a'.repeat(48)],
    ['a key of a later version', 'key replaced', () => ingestKey(app, room.id, 2)],
    ['a key of a room that is not', 'unknown', () => ingestKey(app, 'a'.repeat(16))],
    ["a link's secret", 'key not genuine', async () => secretOf(await makeLink(app, room.id))],
    [
      "a person's bearer",
      'key not genuine',
      async () => (await join(app, await makeLink(app, room.id))).token,
    ],
  ])('%s', async (_, reason, name) => {
    expect(await ingest(`rtmp://origin.test:1935/app/${await name()}`)).toEqual(refused(reason))
    expect(await publications()).toEqual([])
  })

  it.each(['rtmp://origin.test:1935/app/', 'srt://default/app/', 'http://origin.test:3333/app/'])(
    'slug and hidden name at %s, whatever is beside them',
    async base => {
      const protocol = base.startsWith('rtmp') ? 'RTMP' : base.startsWith('srt') ? 'SRT' : 'WebRTC'
      const direction = protocol === 'WebRTC' ? 'direction=whip&' : ''
      for (const name of ['grade', hidden])
        for (const beside of ['', `key=${name}`, `stream_key=${key}`, 'key=', `token=${key}`])
          expect(await ingest(`${base}${name}?${direction}${beside}`, { protocol })).toEqual(
            refused('key not genuine'),
          )
    },
  )

  it('a room that has ended, by its schedule or by somebody', async () => {
    await change({ state: 'ended' })
    expect(await publish(app, key)).toEqual(refused('room ended'))
    await change({ state: 'open', endsAt: '2026-11-21T12:00:01Z' })
    expect(await publish(app, key)).toMatchObject({ allowed: true, lifetime: 1_000 })
    app.clock.now += 1
    expect(await publish(app, key, { port: 2 })).toEqual(refused('room ended'))
  })

  it('a room that was deleted', async () => {
    await ask(app, 'DELETE', `/api/rooms/${room.id}`)
    expect(await publish(app, key)).toEqual(refused('unknown'))
  })

  it('a key that was replaced, at once; its publisher is dropped, and the new key opens another name', async () => {
    await publish(app, key)
    const rotated = await ask<{ rtmp: { key: string } }>(app, 'POST', `/api/rooms/${room.id}/ingest/rotate`)
    expect(await publish(app, key, { port: 2 })).toEqual(refused('key replaced'))
    const renamed = await hiddenName(room.id)
    expect(renamed).not.toBe(hidden)
    expect(await publish(app, rotated.body.rtmp.key, { port: 3 })).toMatchObject({
      allowed: true,
      new_url: `rtmp://origin.test:1935/app/${renamed}`,
    })
    await app.quiet()
    expect(app.origin.calls).toContain(`DELETE /v1/vhosts/default/apps/app/streams/${hidden}`)
    expect((await publications()).map(row => row.port)).toEqual([3])
  })

  it('a key of another origin’s room', async () => {
    await app.db.execute({ sql: "UPDATE rooms SET origin_id = 'second'", args: [] })
    expect(await publish(app, key)).toEqual(refused('wrong origin'))
    expect(await publications()).toEqual([])
  })
})

it('opens its own room only', async () => {
  const other = await makeRoom(app, { slug: 'other' })
  const theirs = await hiddenName(other.id)
  expect(await publish(app, await ingestKey(app, other.id))).toEqual({
    allowed: true,
    new_url: `rtmp://origin.test:1935/app/${theirs}`,
  })
  // With the key of one room and the slug or hidden name of another, the key decides.
  for (const name of ['other', theirs])
    expect((await ingest(`rtmp://origin.test:1935/app/${name}?key=${key}`)).new_url).toBe(
      `rtmp://origin.test:1935/app/${hidden}`,
    )
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ask,
  ingestKey,
  join,
  makeLink,
  makeRoom,
  makeStream,
  playback,
  publish,
  rows,
} from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { webhook } from '../../test/support/ome.ts'
import { type OriginStream, originWith } from '../../test/support/origin.ts'
import type { RoomView } from '../people/schema.ts'
import type { Room, SeatList } from '../rooms/schema.ts'

/** A room with a programme and two streams beside it: what is published, played and told of each. */

let app: TestApp
let room: Room
let camera: { id: string; key: string }
let screen: { id: string; key: string }
let bearer: string
let streams: Record<string, OriginStream>
const hiddenOf: Record<string, string> = {}
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { slug: 'grade', maxViewers: 1 })
  camera = await makeStream(app, room.id)
  app.clock.now += 1
  screen = await makeStream(app, room.id, { label: 'Screen', kind: 'screen' })
  bearer = (await join(app, await makeLink(app, room.id))).token
  for (const row of await rows(app, 'streams', 'id, kind, hidden_name')) {
    hiddenOf[String(row.id)] = String(row.hidden_name)
    if (row.kind === 'programme') hiddenOf.programme = String(row.hidden_name)
  }
  streams = {}
  app.origin.answer = originWith(streams)
})
afterEach(() => app.close())

const view = async () => (await ask<RoomView>(app, 'GET', '/api/room', { token: bearer })).body
const told = async () => (await view()).streams.map(s => [s.label, s.publishing, s.playable])
const open = async (stream?: string, port = 1, protocol = 'WebRTC', person = bearer) => {
  const { webrtc, llhls } = await playback(app, person, stream)
  return webhook(app, { url: protocol === 'LLHLS' ? llhls.url : webrtc.url, protocol, port })
}

describe('publishing', () => {
  it.each<[string, () => string, string]>([
    ['in the path', () => camera.key, 'in|192.0.2.1|40000|rtmp|'],
    ['as key', () => `obs?key=${camera.key}`, 'in|192.0.2.1|40000|rtmp|'],
  ])('with a stream’s key %s opens its own hidden name, in one round trip', async (_, path, session) => {
    app.roundTrips()
    expect(await publish(app, path())).toEqual({
      allowed: true,
      new_url: `rtmp://origin.test:1935/app/${hiddenOf[camera.id]}`,
    })
    expect(app.roundTrips()).toBe(1)
    expect(await rows(app, 'publications', 'session, stream_id')).toEqual([
      { session: `${session}${camera.id}`, stream_id: camera.id },
    ])
  })

  it('leaves the room as it is: it is live when the programme is', async () => {
    await publish(app, camera.key)
    expect(await view()).toMatchObject({ room: { state: 'open' }, publishing: false, playable: false })
    expect(await told()).toEqual([
      ['', false, false],
      ['Camera', true, false],
      ['Screen', false, false],
    ])
    await publish(app, await ingestKey(app, room.id), { port: 2 })
    expect(await view()).toMatchObject({ room: { state: 'live' }, publishing: true })
  })

  it('a stream’s key is refused in an ended room, at another origin, and blocked addresses', async () => {
    await app.db.execute("UPDATE rooms SET origin_id = 'second'")
    expect(await publish(app, camera.key)).toMatchObject({ reason: 'wrong origin' })
    await app.db.execute("UPDATE rooms SET origin_id = 'default'")
    await ask(app, 'POST', '/api/blocks', { json: { block: '192.0.2.1' } })
    expect(await publish(app, camera.key)).toMatchObject({ reason: 'blocked' })
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
    expect(await publish(app, camera.key, { address: '192.0.2.9' })).toMatchObject({ reason: 'room ended' })
    expect(await rows(app, 'publications')).toEqual([])
  })

  it('is recorded with the stream’s label; a deleted stream’s key counts as a stranger’s', async () => {
    await publish(app, camera.key)
    await ask(app, 'DELETE', `/api/rooms/${room.id}/streams/${camera.id}`)
    await publish(app, camera.key, { port: 2 })
    await app.minute()
    const found = await rows(app, "audit WHERE action = 'publish.opening'", 'room_id, params')
    expect(found.map(row => [row.room_id, JSON.parse(String(row.params)).stream])).toEqual([
      [room.id, 'Camera'],
    ])
  })

  it('each stream plays when the origin has its outputs, and stops by itself', async () => {
    await publish(app, camera.key, { port: 1 })
    await publish(app, screen.key, { port: 2 })
    streams[hiddenOf[screen.id]!] = { playable: true, port: 2 }
    await app.pass(2_000)
    expect(await told()).toEqual([
      ['', false, false],
      ['Camera', true, false],
      ['Screen', true, true],
    ])
    delete streams[hiddenOf[screen.id]!]
    await publish(app, screen.key, { status: 'closing', port: 2 })
    await app.pass(20_000)
    expect((await told())[2]).toEqual(['Screen', false, false])
  })

  it('a WHIP client that closes from another port leaves its own stream only', async () => {
    const whip = (key: string, status: 'opening' | 'closing', port: number) =>
      webhook(app, {
        direction: 'incoming',
        protocol: 'WebRTC',
        url: `http://origin.test:3333/app/${key}?direction=whip`,
        status,
        port,
      })
    await whip(camera.key, 'opening', 1)
    await whip(screen.key, 'opening', 2)
    await whip(screen.key, 'closing', 3)
    expect(await rows(app, 'publications', 'stream_id')).toEqual([{ stream_id: camera.id }])
  })
})

describe('playing', () => {
  it.each<[string, () => string | undefined, () => string]>([
    ['nothing', () => undefined, () => hiddenOf.programme!],
    ['the camera', () => camera.id, () => hiddenOf[camera.id]!],
    ['the screen', () => screen.id, () => hiddenOf[screen.id]!],
  ])('of %s that was asked for leads to its hidden name, in one round trip', async (_, stream, hidden) => {
    const { webrtc } = await playback(app, bearer, stream())
    expect(new URL(webrtc.url).pathname).toBe('/app/grade')
    app.roundTrips()
    expect(await webhook(app, { url: webrtc.url })).toMatchObject({
      allowed: true,
      new_url: `ws://origin.test:3333/app/${hidden()}`,
    })
    expect(app.roundTrips()).toBe(1)
  })

  it('of a stream that was deleted after the address was given is refused', async () => {
    const { webrtc } = await playback(app, bearer, camera.id)
    await ask(app, 'DELETE', `/api/rooms/${room.id}/streams/${camera.id}`)
    expect(await webhook(app, { url: webrtc.url })).toEqual({ allowed: false, reason: 'unknown' })
    const { status } = await ask(app, 'POST', '/api/playback', { json: { stream: camera.id }, token: bearer })
    expect(status).toBe(404)
  })

  it('all of them takes one seat, and renewing one of them is no other place', async () => {
    for (const [port, stream] of [undefined, camera.id, screen.id].entries())
      expect(await open(stream, port + 1)).toMatchObject({ allowed: true })
    app.clock.now += 60_000
    expect(await open(camera.id, 9)).toMatchObject({ allowed: true })
    const { body } = await ask<SeatList>(app, 'GET', `/api/rooms/${room.id}/seats`)
    expect(body.items.map(({ sessions, addresses }) => [sessions, addresses])).toEqual([[4, ['192.0.2.1']]])
    const second = (await join(app, await makeLink(app, room.id))).token
    expect(
      await ask(app, 'POST', '/api/playback', { json: { stream: camera.id }, token: second }),
    ).toMatchObject({
      status: 409,
      body: { code: 'room_full' },
    })
  })

  it('two over one connection: closing one keeps the seat of the other', async () => {
    const close = async (stream?: string) => {
      const { llhls } = await playback(app, bearer, stream)
      return webhook(app, { url: llhls.url, protocol: 'LLHLS', port: 1, status: 'closing' })
    }
    await open(undefined, 1, 'LLHLS')
    await open(camera.id, 1, 'LLHLS')
    expect(await rows(app, 'leases')).toHaveLength(2)
    await close(camera.id)
    expect(await rows(app, 'leases')).toHaveLength(1)
    await close()
    expect(await rows(app, 'leases')).toEqual([])
  })
})

it('pages are told over the live channel what there is, in one order', async () => {
  expect((await view()).streams).toEqual([
    { id: expect.any(String), kind: 'programme', label: '', publishing: false, playable: false },
    { id: camera.id, kind: 'camera', label: 'Camera', publishing: false, playable: false },
    { id: screen.id, kind: 'screen', label: 'Screen', publishing: false, playable: false },
  ])
})

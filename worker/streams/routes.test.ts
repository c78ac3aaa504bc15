import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, drops, makeRoom, makeStream, publish, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import type { Ingest, Room } from '../rooms/schema.ts'
import { MAX_STREAMS } from './most.ts'
import type { Stream, StreamList } from './schema.ts'

/** Streams of a room beside its programme, as staff make and change them. */

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { slug: 'grade' })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const at = (rest = '', id = room.id) => `/api/rooms/${id}/streams${rest}`
const list = async () => (await ask<StreamList>(app, 'GET', at())).body
const post = (json: object, id?: string) => ask<Stream>(app, 'POST', at('', id), { json })
const names = async () =>
  (await rows(app, "streams WHERE kind <> 'programme'", 'hidden_name')).map(row => String(row.hidden_name))

describe('adding', () => {
  it('answers with the stream, which is listed in the order of making; the programme is not', async () => {
    const { status, headers, body } = await post({ label: ' Camera A ', kind: 'camera' })
    expect([status, headers.location]).toEqual([201, at(`/${body.id}`)])
    const first = {
      id: expect.stringMatching(/^[a-z2-7]{16}$/),
      kind: 'camera',
      label: 'Camera A',
      live: null,
      createdAt: new Date(NOON).toISOString(),
    }
    expect(body).toEqual(first)
    app.clock.now += 1
    await post({ label: 'Screen', kind: 'screen' })
    expect(await list()).toEqual({
      items: [first, { ...first, kind: 'screen', label: 'Screen', createdAt: '2026-11-21T12:00:00.001Z' }],
      next: null,
    })
  })

  it.each<[object, string]>([
    [{ label: 'x' }, 'kind'],
    [{ kind: 'camera' }, 'label'],
    [{ label: 'x', kind: 'programme' }, 'kind'],
    [{ label: ' ', kind: 'camera' }, 'label'],
    [{ label: 'x'.repeat(41), kind: 'camera' }, 'label'],
    [{ label: 'a\nb', kind: 'camera' }, 'label'],
    [{ label: 'x', kind: 'camera', id: 'x' }, 'id'],
  ])('%j is refused', async (json, field) => {
    expect(await post(json)).toMatchObject({ status: 400, body: { errors: [{ field }] } })
    expect((await list()).items).toEqual([])
  })

  it('is refused in a room that is not', async () => {
    expect(await post({ label: 'x', kind: 'camera' }, 'a'.repeat(16))).toMatchObject({ status: 404 })
    expect(await ask(app, 'GET', at('', 'a'.repeat(16)))).toMatchObject({ status: 404 })
  })

  it('is refused with a label the room has, in whatever case; another room may have it', async () => {
    await makeStream(app, room.id, { label: 'Camera' })
    expect(await post({ label: 'CAMERA', kind: 'screen' })).toMatchObject({
      status: 409,
      body: { code: 'stream_taken' },
    })
    const other = await makeRoom(app, { slug: 'other' })
    expect((await post({ label: 'Camera', kind: 'camera' }, other.id)).status).toBe(201)
  })

  it('stops at the most a room has, also when many are added at once', async () => {
    const tries = Array.from({ length: MAX_STREAMS + 4 }, (_, i) => post({ label: `C${i}`, kind: 'camera' }))
    const answers = (await Promise.all(tries)).map(({ status, body }) => [
      status,
      'code' in body && body.code,
    ])
    expect(answers.filter(([status]) => status === 201)).toHaveLength(MAX_STREAMS - 1)
    expect(answers.filter(([, code]) => code === 'too_many_streams')).toHaveLength(5)
    expect((await list()).items).toHaveLength(MAX_STREAMS - 1)
  })
})

describe('changing', () => {
  const patch = (id: string, json: object, tag?: string) =>
    ask<Stream>(app, 'PATCH', at(`/${id}`), { json, headers: tag === undefined ? {} : { 'if-match': tag } })

  it('label and kind, and nothing else', async () => {
    const { id } = await makeStream(app, room.id)
    expect(await patch(id, { label: 'Screen', kind: 'screen' })).toMatchObject({
      status: 200,
      body: { id, label: 'Screen', kind: 'screen' },
    })
    expect(await patch(id, {})).toMatchObject({ status: 200, body: { label: 'Screen' } })
    expect(await patch(id, { kind: 'programme' })).toMatchObject({ status: 400 })
  })

  it('is refused with another stream’s label, a stale tag, and for what is not there', async () => {
    const { id } = await makeStream(app, room.id)
    await makeStream(app, room.id, { label: 'Screen' })
    expect(await patch(id, { label: 'screen' })).toMatchObject({
      status: 409,
      body: { code: 'stream_taken' },
    })
    const { headers } = await patch(id, { label: 'camera' })
    expect((await patch(id, { label: 'B' }, headers.etag)).status).toBe(200)
    expect((await patch(id, { label: 'C' }, headers.etag)).status).toBe(412)
    const other = await makeRoom(app, { slug: 'other' })
    const programme = String((await rows(app, `streams WHERE room_id = '${room.id}'`, 'id'))[0]!.id)
    for (const [roomId, streamId] of [
      [other.id, id],
      [room.id, programme],
      [room.id, 'a'.repeat(16)],
    ] as const)
      for (const [method, rest] of [
        ['PATCH', ''],
        ['DELETE', ''],
        ['GET', '/ingest'],
        ['POST', '/ingest/rotate'],
      ] as const) {
        const json = method === 'PATCH' ? { label: 'x' } : undefined
        const { status } = await ask(app, method, at(`/${streamId}${rest}`, roomId), json ? { json } : {})
        expect([method, rest, status]).toEqual([method, rest, 404])
      }
    expect((await list()).items.map(({ label }) => label)).toEqual(['B', 'Screen'])
  })
})

describe('deleting', () => {
  it('drops its publisher and nobody else’s; its key opens nothing then', async () => {
    const camera = await makeStream(app, room.id)
    const screen = await makeStream(app, room.id, { label: 'Screen', kind: 'screen' })
    const [hidden] = await names()
    await publish(app, camera.key, { port: 1 })
    await publish(app, screen.key, { port: 2 })
    expect((await ask(app, 'DELETE', at(`/${camera.id}`), { headers: { 'if-match': '"9"' } })).status).toBe(
      412,
    )
    expect((await ask(app, 'DELETE', at(`/${camera.id}`))).status).toBe(204)
    await app.quiet()
    expect(drops(app)).toEqual([hidden])
    expect((await list()).items.map(({ id, live }) => [id, live?.protocol])).toEqual([[screen.id, 'rtmp']])
    expect(await rows(app, 'publications', 'port')).toEqual([{ port: 2 }])
    expect(await publish(app, camera.key, { port: 3 })).toEqual({ allowed: false, reason: 'unknown' })
    expect((await ask(app, 'DELETE', at(`/${camera.id}`))).status).toBe(404)
  })

  it('a room takes its streams with it', async () => {
    await publish(app, (await makeStream(app, room.id)).key)
    const all = (await rows(app, 'streams', 'hidden_name')).map(row => row.hidden_name)
    await ask(app, 'DELETE', `/api/rooms/${room.id}`)
    await app.quiet()
    expect(drops(app).toSorted()).toEqual(all.toSorted())
    expect(await rows(app, 'streams')).toEqual([])
  })
})

describe('ingest values', () => {
  it('are those of a room, with the stream’s own key', async () => {
    const { id, key } = await makeStream(app, room.id)
    const { headers, body } = await ask<Ingest>(app, 'GET', at(`/${id}/ingest`))
    expect([headers['cache-control'], body]).toEqual([
      'no-store',
      {
        rtmp: { server: 'rtmp://origin.test:1935/app', key },
        srt: {
          url: `srt://origin.test:9999?mode=caller&latency=120000&streamid=default/app/${key}`,
          streamId: `default/app/${key}`,
        },
        whip: { url: `http://origin.test:3333/app/${key}?direction=whip` },
      },
    ])
  })

  it('rotate: the old key ends, its publisher is dropped, and the stream has another hidden name', async () => {
    const { id, key } = await makeStream(app, room.id)
    const [before] = await names()
    await publish(app, key)
    const { body } = await ask<Ingest>(app, 'POST', at(`/${id}/ingest/rotate`))
    expect(body.rtmp.key).not.toBe(key)
    expect(await publish(app, key, { port: 2 })).toEqual({ allowed: false, reason: 'key replaced' })
    const [after] = await names()
    expect(after).not.toBe(before)
    expect(await publish(app, body.rtmp.key, { port: 3 })).toMatchObject({
      new_url: `rtmp://origin.test:1935/app/${after}`,
    })
    await app.quiet()
    expect(drops(app)).toEqual([before])
  })

  it('of the room rotate without touching its further streams, and the other way round', async () => {
    const { id, key } = await makeStream(app, room.id)
    const { body: own } = await ask<Ingest>(app, 'GET', `/api/rooms/${room.id}/ingest`)
    await publish(app, key, { port: 1 })
    await ask(app, 'POST', `/api/rooms/${room.id}/ingest/rotate`)
    expect(await rows(app, 'publications', 'port')).toEqual([{ port: 1 }])
    expect(await publish(app, key, { port: 1 })).toMatchObject({ allowed: true })
    await ask(app, 'POST', at(`/${id}/ingest/rotate`))
    expect(await publish(app, own.rtmp.key, { port: 2 })).toMatchObject({ reason: 'key replaced' })
    const { body: now } = await ask<Ingest>(app, 'GET', `/api/rooms/${room.id}/ingest`)
    expect(await publish(app, now.rtmp.key, { port: 2 })).toMatchObject({ allowed: true })
  })
})

it('ending a room drops all its publishers and gives every stream another hidden name', async () => {
  await makeStream(app, room.id)
  await makeStream(app, room.id, { label: 'Screen' })
  const before = (await rows(app, 'streams', 'hidden_name')).map(row => String(row.hidden_name))
  await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
  await app.quiet()
  const after = (await rows(app, 'streams', 'hidden_name')).map(row => String(row.hidden_name))
  expect(drops(app).toSorted()).toEqual(before.toSorted())
  expect(new Set([...before, ...after]).size).toBe(6)
})

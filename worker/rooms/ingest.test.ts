import { afterEach, expect, test } from 'vitest'
import { ask, drops, hiddenName, ingestKey, makeRoom, publish, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import type { Ingest } from './schema.ts'

const open: TestApp[] = []
async function started(env: Record<string, string> = {}): Promise<TestApp> {
  const app = await testApp(env)
  open.push(app)
  return app
}
afterEach(async () => {
  for (const app of open.splice(0)) {
    await app.settled()
    app.close()
  }
})

const ingest = (app: TestApp, id: string) => ask<Ingest>(app, 'GET', `/api/rooms/${id}/ingest`)
const rotate = (app: TestApp, id: string) => ask<Ingest>(app, 'POST', `/api/rooms/${id}/ingest/rotate`)

test('every value is ready to paste', async () => {
  const app = await started()
  const room = await makeRoom(app)
  const key = await ingestKey(app, room.id)
  const { status, headers, body } = await ingest(app, room.id)
  expect({ status, body, cache: headers['cache-control'] }).toEqual({
    status: 200,
    cache: 'no-store',
    body: {
      rtmp: { server: 'rtmp://origin.test:1935/app', key },
      srt: {
        url: `srt://origin.test:9999?mode=caller&latency=120000&streamid=default/app/${key}`,
        streamId: `default/app/${key}`,
      },
      whip: { url: `http://origin.test:3333/app/${key}?direction=whip` },
    },
  })
  expect(key).toMatch(/^[a-z2-7]{48}$/)
})

test('ports, names and TLS are the origin’s', async () => {
  const app = await started({
    OME_PUBLIC_URL: 'wss://ome.example:3334',
    OME_APP: 'live',
    OME_VHOST: 'studio',
    OME_RTMP_PORT: '1936',
    OME_SRT_PORT: '9998',
  })
  const room = await makeRoom(app)
  const key = await ingestKey(app, room.id)
  expect((await ingest(app, room.id)).body).toEqual({
    rtmp: { server: 'rtmp://ome.example:1936/live', key },
    srt: {
      url: `srt://ome.example:9998?mode=caller&latency=120000&streamid=studio/live/${key}`,
      streamId: `studio/live/${key}`,
    },
    whip: { url: `https://ome.example:3334/live/${key}?direction=whip` },
  })
})

test('without an origin there is nothing to paste, and the answer says what to set', async () => {
  const app = await started({ OME_API_URL: '', OME_WEBHOOK_SECRET: '' })
  const room = await makeRoom(app)
  for (const answer of [await ingest(app, room.id), await rotate(app, room.id)])
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'no_origin',
        detail: 'This room has no origin. Set OME_API_URL and OME_WEBHOOK_SECRET first.',
      },
    })
  expect(await rows(app, 'rooms', 'ingest_version')).toEqual([{ ingest_version: 1 }])
})

test('a new key works at once, the old one no longer', async () => {
  const app = await started()
  const room = await makeRoom(app)
  const old = await ingestKey(app, room.id)
  const { status, body } = await rotate(app, room.id)
  expect({ status, key: body.rtmp.key }).toEqual({ status: 200, key: await ingestKey(app, room.id, 2) })
  expect((await ingest(app, room.id)).body).toEqual(body)
  expect(await publish(app, old)).toEqual({ allowed: false, reason: 'key replaced' })
  expect(await publish(app, body.rtmp.key)).toMatchObject({ allowed: true })
})

test('who publishes with the old key is dropped and forgotten', async () => {
  const app = await started()
  const room = await makeRoom(app)
  await publish(app, await ingestKey(app, room.id))
  await app.settled()
  app.origin.calls.length = 0
  const before = await hiddenName(app)
  await rotate(app, room.id)
  expect(await rows(app, 'publications')).toEqual([])
  await app.settled()
  expect(drops(app)).toEqual([before])
  // Who was admitted a moment ago and is not listed yet publishes where nobody watches.
  expect(await hiddenName(app)).not.toBe(before)
  expect(await rows(app, 'outbox')).toEqual([])
})

test('rotating twice at once makes two new keys, of which the last is good', async () => {
  const app = await started()
  const room = await makeRoom(app)
  const keys = (await Promise.all([rotate(app, room.id), rotate(app, room.id)])).map(a => a.body.rtmp.key)
  expect(new Set(keys)).toEqual(new Set([await ingestKey(app, room.id, 2), await ingestKey(app, room.id, 3)]))
  expect((await ingest(app, room.id)).body.rtmp.key).toBe(await ingestKey(app, room.id, 3))
})

test('a room that is not there has no key', async () => {
  const app = await started()
  for (const id of ['aaaaaaaaaaaaaaaa', 'x'])
    for (const answer of [await ingest(app, id), await rotate(app, id)])
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
})

test('no key is ever stored', async () => {
  const app = await started()
  const room = await makeRoom(app)
  const key = await ingestKey(app, room.id)
  await publish(app, key)
  await app.settled()
  for (const table of ['rooms', 'streams', 'publications', 'outbox'])
    expect(
      JSON.stringify(await rows(app, table), (_, v) => (typeof v === 'bigint' ? Number(v) : v)),
    ).not.toContain(key)
})

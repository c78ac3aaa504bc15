import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ask,
  drops,
  hiddenName,
  ingestKey,
  makeLink,
  makeRoom,
  publish,
  rows,
} from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import type { Room } from './schema.ts'

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

const read = (id = room.id, headers: Record<string, string> = {}) =>
  ask<Room>(app, 'GET', `/api/rooms/${id}`, { headers })
const change = (json: unknown, headers: Record<string, string> = {}, id = room.id) =>
  ask<Room>(app, 'PATCH', `/api/rooms/${id}`, { json, headers })

const changedMeanwhile = {
  type: 'urn:sightline:problem:changed_meanwhile',
  title: 'Changed meanwhile',
  status: 412,
  code: 'changed_meanwhile',
  detail: 'Somebody changed this since you read it. Read it again, then change it.',
}

test('what is named is changed, the rest stays', async () => {
  app.clock.now += 1000
  const { status, body } = await change({ title: 'Grade 4', maxViewers: 3, endsAt: '2026-11-21T18:00:00Z' })
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      ...room,
      title: 'Grade 4',
      maxViewers: 3,
      endsAt: '2026-11-21T18:00:00.000Z',
      updatedAt: '2026-11-21T12:00:01.000Z',
    },
  })
  expect((await read()).body).toEqual(body)
  expect((await change({ maxViewers: null, endsAt: null })).body).toEqual({
    ...body,
    maxViewers: null,
    endsAt: null,
  })
})

test.each<[unknown, string, string]>([
  [{ colour: 1 }, 'colour', 'is not known here'],
  [{ state: 'live' }, 'state', 'must be ended or open'],
  [{ title: '' }, 'title', 'must not be empty'],
  [{ title: null }, 'title', 'must be text'],
  [{ slug: 'A' }, 'slug', 'must be 1 to 64 of a–z, 0–9 and -'],
  [{ endsAt: 'later' }, 'endsAt', 'must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z'],
  [
    { startsAt: '2026-11-21T14:00:00Z', endsAt: '2026-11-21T13:00:00Z' },
    'endsAt',
    'must be later than startsAt',
  ],
])('%j is refused', async (json, field, detail) => {
  const answer = await change(json)
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field, detail }] } })
  expect((await read()).body).toEqual(room)
})

test('a window is checked together with what the room has', async () => {
  await change({ startsAt: '2026-11-21T14:00:00Z' })
  expect((await change({ endsAt: '2026-11-21T14:00:00Z' })).status).toBe(400)
  expect((await change({ endsAt: '2026-11-21T15:00:00Z' })).status).toBe(200)
  expect((await change({ startsAt: '2026-11-21T15:00:00Z' })).status).toBe(400)
  expect((await change({ startsAt: null })).status).toBe(200)
})

test('a slug that another room has is a clash; its own is not', async () => {
  await makeRoom(app, { slug: 'taken' })
  const answer = await change({ slug: 'taken', title: 'Other' })
  expect(answer).toMatchObject({ status: 409, body: { code: 'slug_taken' } })
  expect((await read()).body).toEqual(room)
  expect(await change({ slug: room.slug, title: 'Other' })).toMatchObject({
    status: 200,
    body: { slug: room.slug, title: 'Other' },
  })
})

test('a room that is not there is not found, whatever is asked of it', async () => {
  for (const id of ['aaaaaaaaaaaaaaaa', 'x', '%00', '%ff', `${room.id}0`]) {
    expect(await change({ title: 'x' }, {}, id)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await change({ title: 'x' }, { 'if-match': '*' }, id)).toMatchObject({ status: 404 })
    expect(await read(id)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await ask(app, 'DELETE', `/api/rooms/${id}`)).toMatchObject({ status: 404 })
  }
})

describe('If-Match', () => {
  test.each<[string, (etag: string) => string | undefined]>([
    ['the tag', etag => etag],
    ['the tag, weakened on the way', etag => `W/${etag}`],
    ['anything', () => '*'],
    ['nothing', () => undefined],
  ])('%s: the change is made', async (_, header) => {
    const given = header((await read()).headers.etag!)
    const { status, headers } = await change({ title: 'x' }, given ? { 'if-match': given } : {})
    expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: expect.stringMatching(/^"2-/) })
  })

  test.each<[string, (etag: string) => string]>([
    ['another version', etag => etag.replace('"1', '"2')],
    ['garbage', () => 'garbage'],
    ['a tag without quotes', etag => etag.slice(1, -1)],
    ['an empty one', () => ''],
  ])('%s: 412, and nothing changed', async (_, header) => {
    const before = await read()
    const answer = await change({ title: 'x' }, { 'if-match': header(before.headers.etag!) })
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 412, body: changedMeanwhile })
    expect((await read()).headers.etag).toBe(before.headers.etag)
  })

  test('a stale tag loses, also for deleting', async () => {
    const { etag } = (await read()).headers
    await change({ title: 'meanwhile' })
    expect(await change({ title: 'late' }, { 'if-match': etag! })).toMatchObject({ status: 412 })
    expect(
      await ask(app, 'DELETE', `/api/rooms/${room.id}`, { headers: { 'if-match': etag! } }),
    ).toMatchObject({
      status: 412,
      body: changedMeanwhile,
    })
    expect((await read()).body.title).toBe('meanwhile')
  })

  test('of many changes with one tag exactly one is made', async () => {
    const { etag } = (await read()).headers
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => change({ title: `change ${n}` }, { 'if-match': etag! })),
    )
    expect(answers.map(a => a.status).sort()).toEqual([200, ...Array(19).fill(412)])
    expect((await read()).body.title).toBe(answers.find(a => a.status === 200)!.body.title)
  })

  test('going live makes no edit stale', async () => {
    const { etag } = (await read()).headers
    await publish(app, await ingestKey(app, room.id))
    expect(await change({ title: 'x' }, { 'if-match': etag! })).toMatchObject({ status: 200 })
  })
})

describe('ETag', () => {
  test('who has it already gets 304 and no body', async () => {
    const { etag } = (await read()).headers
    for (const header of [etag!, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await read(room.id, { 'if-none-match': header })
      expect({ status: again.status, body: again.body, etag: again.headers.etag }).toEqual({
        status: 304,
        body: undefined,
        etag,
      })
    }
    expect((await read(room.id, { 'if-none-match': '"other"' })).status).toBe(200)
    const head = await ask(app, 'HEAD', `/api/rooms/${room.id}`, { headers: { 'if-none-match': etag! } })
    expect(head.status).toBe(304)
  })

  test('it changes with whatever the answer shows', async () => {
    const tags: string[] = []
    const note = async () => tags.push((await read()).headers.etag!)
    await note()
    await change({ title: 'edited' })
    await note()
    await makeLink(app, room.id)
    await note()
    await publish(app, await ingestKey(app, room.id))
    await note()
    app.clock.now += 1
    await ask(app, 'POST', `/api/rooms/${room.id}/ingest/rotate`)
    await note()
    await change({ endsAt: new Date(app.clock.now + 1000).toISOString() })
    await note()
    app.clock.now += 1000
    await note()
    expect(new Set(tags).size).toBe(tags.length)
  })
})

describe('ending and opening again', () => {
  const publications = () => rows(app, 'publications', 'protocol')
  // As it was before: ending gives the stream another one.
  let hidden: string
  beforeEach(async () => {
    hidden = await hiddenName(app)
  })

  test('ending drops the publisher at the origin and forgets it', async () => {
    await publish(app, await ingestKey(app, room.id))
    expect((await read()).body).toMatchObject({ state: 'live', live: { protocol: 'rtmp' } })
    const { body } = await change({ state: 'ended' })
    expect(body).toMatchObject({ state: 'ended', endedAt: '2026-11-21T12:00:00.000Z', live: null })
    expect(await publications()).toEqual([])
    await app.settled()
    expect(drops(app)).toEqual([hidden])
    // Who was admitted a moment ago and is not listed yet publishes where nobody watches.
    expect(await hiddenName(app)).not.toBe(hidden)
    expect(await rows(app, 'outbox')).toEqual([])
  })

  test('ending tells the origin even when no publisher is known of, another edit of an ended room does not', async () => {
    await change({ state: 'ended' })
    await app.settled()
    expect(drops(app)).toEqual([hidden])
    await change({ title: 'still ended' })
    await app.settled()
    expect(drops(app)).toHaveLength(1)
  })

  test('an origin that does not answer is told later', async () => {
    await publish(app, await ingestKey(app, room.id))
    app.origin.answer = () => new Response('bad gateway', { status: 502 })
    await change({ state: 'ended' })
    await app.settled()
    expect(await rows(app, 'outbox', 'kind, origin_id, target')).toEqual([
      { kind: 'drop-stream', origin_id: 'default', target: hidden },
    ])
  })

  test('an end set in the past ends it too', async () => {
    await publish(app, await ingestKey(app, room.id))
    expect((await change({ endsAt: '2026-11-21T11:00:00Z' })).body).toMatchObject({
      state: 'ended',
      live: null,
    })
    await app.settled()
    expect(drops(app)).toHaveLength(1)
  })

  test('ending twice keeps the first time', async () => {
    await change({ state: 'ended' })
    app.clock.now += 5000
    expect((await change({ state: 'ended' })).body.endedAt).toBe('2026-11-21T12:00:00.000Z')
  })

  test('another edit drops nobody', async () => {
    await publish(app, await ingestKey(app, room.id))
    await change({ title: 'x', endsAt: '2026-11-21T18:00:00Z' })
    await app.settled()
    expect(drops(app)).toEqual([])
    expect(await hiddenName(app)).toBe(hidden)
    expect((await read()).body.state).toBe('live')
  })

  test('a refused edit drops nobody', async () => {
    await publish(app, await ingestKey(app, room.id))
    await change({ state: 'ended' }, { 'if-match': '"9"' })
    await app.settled()
    expect(drops(app)).toEqual([])
    expect((await read()).body.state).toBe('live')
  })

  test('an ended room opens again, and its key publishes again', async () => {
    const key = await ingestKey(app, room.id)
    await change({ state: 'ended' })
    expect(await publish(app, key)).toEqual({ allowed: false, reason: 'room ended' })
    expect((await change({ state: 'open' })).body).toMatchObject({ state: 'open', endedAt: null })
    expect(await publish(app, key)).toMatchObject({ allowed: true })
  })

  test('what ended by its schedule opens without one, what still has an end keeps it', async () => {
    await change({ endsAt: new Date(NOON + 1000).toISOString() })
    app.clock.now += 1000
    expect((await read()).body.state).toBe('ended')
    expect((await change({ state: 'open' })).body).toMatchObject({ state: 'open', endsAt: null })
    await change({ endsAt: '2026-11-21T18:00:00Z', state: 'ended' })
    expect((await change({ state: 'open' })).body).toMatchObject({
      state: 'open',
      endsAt: '2026-11-21T18:00:00.000Z',
    })
  })

  test('it can be opened with a new window in one go', async () => {
    await change({ endsAt: '2026-11-21T11:00:00Z' })
    expect(await change({ state: 'open', startsAt: '2026-11-22T11:00:00Z' })).toMatchObject({
      status: 200,
      body: { state: 'scheduled', endsAt: null },
    })
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import type { Room } from './schema.ts'

const USUAL_SETTINGS = {
  waitingRoom: false,
  lock: null,
  autolock: false,
  autokick: false,
  endAfterHostMs: null,
  chatHistoryMs: 14_400_000,
  public: false,
  contact: '',
  comment: '',
  presentersInvite: false,
  allowRecording: false,
  allowAnonymous: false,
  autoSubrooms: false,
  redirect: null,
  codecs: null,
  watermark: 'off',
  authServer: null,
  authPortal: null,
}

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(() => app.close())

const create = (json: unknown) => ask<Room>(app, 'POST', '/api/rooms', { json })

test('a room is made of a title and takes the usual for the rest', async () => {
  const { status, headers, body } = await create({ title: '  Nordlicht: Grade 3 ' })
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      id: expect.stringMatching(/^[a-z2-7]{16}$/),
      slug: 'nordlicht-grade-3',
      title: 'Nordlicht: Grade 3',
      description: '',
      state: 'open',
      startsAt: null,
      endsAt: null,
      endedAt: null,
      maxViewers: null,
      leaseMs: null,
      originId: 'default',
      live: null,
      seats: 0,
      links: 0,
      ...USUAL_SETTINGS,
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    },
  })
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    location: `/api/rooms/${body.id}`,
    etag: expect.stringMatching(/^"1-[\w-]{16}"$/),
  })
  const read = await ask<Room>(app, 'GET', headers.location!)
  expect({ status: read.status, body: read.body, etag: read.headers.etag }).toEqual({
    status: 200,
    body,
    etag: headers.etag,
  })
})

test('everything that can be said is kept', async () => {
  const said = {
    title: 'Élégie à Noël 🎬',
    slug: 'elegie',
    description: 'Two\nlines',
    startsAt: '2026-11-21T14:00:00+01:00',
    endsAt: '2026-11-21T18:00:00.5Z',
    maxViewers: 12,
    leaseMs: 60_000,
  }
  const { status, body } = await create(said)
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      ...body,
      ...said,
      startsAt: '2026-11-21T13:00:00.000Z',
      endsAt: '2026-11-21T18:00:00.500Z',
      state: 'scheduled',
    },
  })
})

test('nulls say "none"', async () => {
  const none = { startsAt: null, endsAt: null, maxViewers: null, leaseMs: null }
  const { status, body } = await create({ title: 'x', ...none })
  expect({ status, body }).toEqual({ status: 201, body: { ...body, ...none, state: 'open' } })
})

test('a room that begins now is open, one that ends now has ended', async () => {
  const now = new Date(NOON).toISOString()
  expect((await create({ title: 'a', startsAt: now })).body.state).toBe('open')
  expect((await create({ title: 'b', endsAt: now })).body.state).toBe('ended')
})

test('each room has one stream under a hidden name that is neither slug nor key', async () => {
  await makeRoom(app, { slug: 'a' })
  await makeRoom(app, { slug: 'b' })
  const streams = await rows(app, 'streams', 'kind, hidden_name')
  expect(streams).toEqual([
    { kind: 'programme', hidden_name: expect.stringMatching(/^[a-z2-7]{24}$/) },
    { kind: 'programme', hidden_name: expect.stringMatching(/^[a-z2-7]{24}$/) },
  ])
  expect(streams[0]).not.toEqual(streams[1])
})

describe('slugs', () => {
  const clash = {
    type: 'urn:sightline:problem:slug_taken',
    title: 'Not possible now',
    status: 409,
    code: 'slug_taken',
    detail: 'Another room has this slug. Choose another one.',
  }

  test('one that was asked for and is taken is a clash, and leaves nothing behind', async () => {
    await makeRoom(app, { slug: 'spot' })
    const { status, headers, body } = await create({ title: 'Other', slug: 'spot' })
    expect({ status, body, type: headers['content-type'] }).toEqual({
      status: 409,
      body: clash,
      type: 'application/problem+json',
    })
    expect(await rows(app, 'rooms', 'title')).toEqual([{ title: 'Nordlicht' }])
    expect(await rows(app, 'streams', 'room_id')).toHaveLength(1)
  })

  test('one that was made and is taken gets a suffix', async () => {
    await makeRoom(app, { title: 'Spot 7' })
    expect((await create({ title: 'Spot 7' })).body.slug).toMatch(/^spot-7-[a-z2-7]{6}$/)
    expect((await create({ title: 'spot  7!' })).body.slug).toMatch(/^spot-7-[a-z2-7]{6}$/)
  })

  test('a title without letters that a slug can have gets a random one', async () => {
    expect((await create({ title: '北京' })).body.slug).toMatch(/^room-[a-z2-7]{8}$/)
  })

  test('two rooms that want one slug at the same moment: one has it', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ title: 'x', slug: 'one' })))
    expect(answers.map(a => a.status).sort()).toEqual([201, ...Array(9).fill(409)])
  })
})

test.each<[why: string, body: unknown, errors: { field: string; detail: string }[]]>([
  ['no title', {}, [{ field: 'title', detail: 'is required' }]],
  ['an empty title', { title: ' ' }, [{ field: 'title', detail: 'must not be empty' }]],
  [
    'a title too long',
    { title: 'x'.repeat(201) },
    [{ field: 'title', detail: 'must have at most 200 characters' }],
  ],
  ['a title that is a number', { title: 7 }, [{ field: 'title', detail: 'must be text' }]],
  ['a title that is an object', { title: { a: 1 } }, [{ field: 'title', detail: 'must be text' }]],
  [
    'a title of two lines',
    { title: 'a\nb' },
    [{ field: 'title', detail: 'must be one line without control characters' }],
  ],
  ['an unknown field', { title: 'x', colour: 'red' }, [{ field: 'colour', detail: 'is not known here' }]],
  [
    'a field that only an answer has',
    { title: 'x', id: 'y' },
    [{ field: 'id', detail: 'is not known here' }],
  ],
  [
    'a field only for changes',
    { title: 'x', state: 'ended' },
    [{ field: 'state', detail: 'is not known here' }],
  ],
  [
    'a name every object has',
    { title: 'x', constructor: 1 },
    [{ field: 'constructor', detail: 'is not known here' }],
  ],
  [
    'a slug in capitals',
    { title: 'x', slug: 'Spot' },
    [{ field: 'slug', detail: 'must be 1 to 64 of a–z, 0–9 and -' }],
  ],
  [
    'a slug that climbs',
    { title: 'x', slug: '../x' },
    [{ field: 'slug', detail: 'must be 1 to 64 of a–z, 0–9 and -' }],
  ],
  [
    'a slug like a key',
    { title: 'x', slug: 'a'.repeat(48) },
    [{ field: 'slug', detail: 'must not look like a key' }],
  ],
  ['a slug that is null', { title: 'x', slug: null }, [{ field: 'slug', detail: 'must be text' }]],
  [
    'a time without zone',
    { title: 'x', startsAt: '2026-11-21T14:00:00' },
    [{ field: 'startsAt', detail: 'must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z' }],
  ],
  [
    '30 February',
    { title: 'x', endsAt: '2026-02-30T14:00:00Z' },
    [{ field: 'endsAt', detail: 'must be an existing time between 2000 and 2100' }],
  ],
  [
    'milliseconds',
    { title: 'x', startsAt: NOON },
    [{ field: 'startsAt', detail: 'must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z' }],
  ],
  [
    'an end before the start',
    { title: 'x', startsAt: '2026-11-21T14:00:00Z', endsAt: '2026-11-21T13:59:59Z' },
    [{ field: 'endsAt', detail: 'must be later than startsAt' }],
  ],
  [
    'an end at the start',
    { title: 'x', startsAt: '2026-11-21T14:00:00Z', endsAt: '2026-11-21T15:00:00+01:00' },
    [{ field: 'endsAt', detail: 'must be later than startsAt' }],
  ],
  ['no viewer', { title: 'x', maxViewers: 0 }, [{ field: 'maxViewers', detail: 'must be at least 1' }]],
  [
    'half a viewer',
    { title: 'x', maxViewers: 1.5 },
    [{ field: 'maxViewers', detail: 'must be a whole number' }],
  ],
  [
    'viewers as text',
    { title: 'x', maxViewers: '5' },
    [{ field: 'maxViewers', detail: 'must be a whole number' }],
  ],
  [
    'too many viewers',
    { title: 'x', maxViewers: 100_001 },
    [{ field: 'maxViewers', detail: 'must be at most 100000' }],
  ],
  [
    'a lease too short',
    { title: 'x', leaseMs: 29_999 },
    [{ field: 'leaseMs', detail: 'must be at least 30000' }],
  ],
  [
    'a lease too long',
    { title: 'x', leaseMs: 900_001 },
    [{ field: 'leaseMs', detail: 'must be at most 900000' }],
  ],
  [
    'a description that is null',
    { title: 'x', description: null },
    [{ field: 'description', detail: 'must be text' }],
  ],
  [
    'a description too long',
    { title: 'x', description: 'x'.repeat(2001) },
    [{ field: 'description', detail: 'must have at most 2000 characters' }],
  ],
  [
    'two faults',
    { title: 1, maxViewers: 0 },
    [
      { field: 'title', detail: 'must be text' },
      { field: 'maxViewers', detail: 'must be at least 1' },
    ],
  ],
  ['a list', [], [{ field: '', detail: 'The body must be an object' }]],
  ['null', null, [{ field: '', detail: 'The body must be an object' }]],
  ['a text', 'title', [{ field: '', detail: 'The body must be an object' }]],
])('%s is refused with the field named', async (_, json, errors) => {
  const { status, body } = await create(json)
  expect({ status, body }).toEqual({
    status: 400,
    body: {
      type: 'urn:sightline:problem:invalid',
      title: 'The request is not valid',
      status: 400,
      code: 'invalid',
      detail: errors.map(({ field, detail }) => (field ? `${field}: ${detail}` : detail)).join('; '),
      errors,
    },
  })
  expect(await rows(app, 'rooms')).toEqual([])
})

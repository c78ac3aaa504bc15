import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, joinRequest, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import type { Room } from '../rooms/schema.ts'
import type { Link } from './schema.ts'

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
})
afterEach(() => app.close())

const create = (json: unknown, roomId = room.id) =>
  ask<Link>(app, 'POST', `/api/rooms/${roomId}/links`, { json })
const at = (link: { id: string }, roomId = room.id) => `/api/rooms/${roomId}/links/${link.id}`
const read = (link: { id: string }, headers: Record<string, string> = {}) =>
  ask<Link>(app, 'GET', at(link), { headers })
const change = (link: { id: string }, json: unknown, headers: Record<string, string> = {}) =>
  ask<Link>(app, 'PATCH', at(link), { json, headers })
const list = (query = '', headers: Record<string, string> = {}) =>
  ask<{ items: Link[]; next: string | null }>(app, 'GET', `/api/rooms/${room.id}/links${query}`, { headers })

test('a link is made of a label and lets people watch', async () => {
  const { status, headers, body } = await create({ label: ' Client ' })
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      id: expect.stringMatching(/^[a-z2-7]{16}$/),
      roomId: room.id,
      label: 'Client',
      role: 'observer',
      permissions: [],
      name: null,
      askName: false,
      pin: false,
      startsAt: null,
      endsAt: null,
      maxUses: null,
      uses: 0,
      maxDevices: null,
      seats: 0,
      state: 'active',
      invite: null,
      url: expect.stringMatching(/^http:\/\/sightline\.test\/r\/nordlicht#[a-z2-7]{48}$/),
      createdAt: '2026-11-21T12:00:00.000Z',
      waitingRoom: false,
      opens: 'room',
      watermark: null,
      madeBy: null,
      updatedAt: '2026-11-21T12:00:00.000Z',
      revokedAt: null,
    },
  })
  expect(headers).toMatchObject({
    location: at(body),
    'cache-control': 'no-store',
    etag: expect.stringMatching(/^"1-[\w-]{16}"$/),
  })
  const again = await read(body)
  expect({ status: again.status, body: again.body, etag: again.headers.etag }).toEqual({
    status: 200,
    body,
    etag: headers.etag,
  })
})

test('everything that can be said is kept, except the PIN', async () => {
  const said = {
    label: 'Director',
    role: 'reviewer',
    name: 'Anna Ek',
    askName: true,
    startsAt: '2026-11-21T13:00:00.000Z',
    endsAt: '2026-11-21T18:00:00.000Z',
    maxUses: 7,
    maxDevices: 2,
    waitingRoom: true,
    opens: 'subrooms',
  }
  const { body } = await create({ ...said, pin: '246810' })
  expect(body).toEqual({
    ...body,
    ...said,
    pin: true,
    permissions: ['message', 'annotate'],
    state: 'scheduled',
  })
})

describe('permissions', () => {
  test.each([
    ['host', ['op', 'present', 'message', 'annotate', 'caption', 'token', 'record']],
    ['presenter', ['present', 'message', 'annotate']],
    ['reviewer', ['message', 'annotate']],
    ['observer', []],
    ['captioner', ['caption']],
  ])('the role %s grants %j', async (role, permissions) => {
    expect((await create({ label: 'x', role })).body).toMatchObject({ role, permissions })
  })

  test('an explicit set is kept in the usual order, and has no role', async () => {
    const { body } = await create({ label: 'x', permissions: ['record', 'op', 'op'] })
    expect(body).toMatchObject({ role: null, permissions: ['op', 'record'] })
    expect((await create({ label: 'x', permissions: [] })).body).toMatchObject({
      role: null,
      permissions: [],
    })
  })

  test('a change of one takes the other away', async () => {
    const { body } = await create({ label: 'x', role: 'host' })
    expect((await change(body, { permissions: ['op'] })).body).toMatchObject({
      role: null,
      permissions: ['op'],
    })
    expect((await change(body, { role: 'captioner' })).body).toMatchObject({
      role: 'captioner',
      permissions: ['caption'],
    })
    expect((await change(body, { label: 'y' })).body).toMatchObject({
      role: 'captioner',
      permissions: ['caption'],
    })
  })
})

const NOT_BOTH = [{ field: 'permissions', detail: 'cannot be given together with role' }]
const ROLES = 'must be one of host, presenter, reviewer, observer, captioner'
const GRANTS = 'must be one of op, present, message, annotate, caption, token, record'
const LATER = [{ field: 'endsAt', detail: 'must be later than startsAt' }]

const wrong: [object, { field: string; detail: string }[]][] = [
  [{ role: 'host', permissions: [] }, NOT_BOTH],
  [{ role: 'host', permissions: ['op'] }, NOT_BOTH],
  [{ role: 'owner' }, [{ field: 'role', detail: ROLES }]],
  [{ role: null }, [{ field: 'role', detail: ROLES }]],
  [{ permissions: ['watch'] }, [{ field: 'permissions.0', detail: GRANTS }]],
  [{ permissions: 'op' }, [{ field: 'permissions', detail: 'must be a list' }]],
  [{ permissions: Array(8).fill('op') }, [{ field: 'permissions', detail: 'must have at most 7 entries' }]],
  [{ label: '' }, [{ field: 'label', detail: 'must not be empty' }]],
  [{ label: 'x'.repeat(81) }, [{ field: 'label', detail: 'must have at most 80 characters' }]],
  [{ name: 'a\u0007' }, [{ field: 'name', detail: 'must be one line without control characters' }]],
  [{ askName: 1 }, [{ field: 'askName', detail: 'must be true or false' }]],
  [{ pin: '123' }, [{ field: 'pin', detail: 'must be 4 to 12 digits' }]],
  [{ pin: '1234567890123' }, [{ field: 'pin', detail: 'must be 4 to 12 digits' }]],
  [{ pin: '12a4' }, [{ field: 'pin', detail: 'must be 4 to 12 digits' }]],
  [{ pin: '１２３４' }, [{ field: 'pin', detail: 'must be 4 to 12 digits' }]],
  [{ pin: 1234 }, [{ field: 'pin', detail: 'must be text' }]],
  [{ waitingRoom: null }, [{ field: 'waitingRoom', detail: 'must be true or false' }]],
  [{ opens: 'all' }, [{ field: 'opens', detail: 'must be one of room, subrooms, everything' }]],
  [{ opens: null }, [{ field: 'opens', detail: 'must be one of room, subrooms, everything' }]],
  [{ madeBy: null }, [{ field: 'madeBy', detail: 'is not known here' }]],
  [{ maxUses: 0 }, [{ field: 'maxUses', detail: 'must be at least 1' }]],
  [{ maxUses: 1_000_001 }, [{ field: 'maxUses', detail: 'must be at most 1000000' }]],
  [{ maxDevices: -1 }, [{ field: 'maxDevices', detail: 'must be at least 1' }]],
  [{ maxDevices: 2.5 }, [{ field: 'maxDevices', detail: 'must be a whole number' }]],
  [{ startsAt: '2026-11-21T14:00:00Z', endsAt: '2026-11-21T14:00:00Z' }, LATER],
  [{ startsAt: '2026-11-21T14:00:00Z', endsAt: '2026-11-21T13:00:00Z' }, LATER],
  [{ uses: 0 }, [{ field: 'uses', detail: 'is not known here' }]],
  [{ url: 'http://x' }, [{ field: 'url', detail: 'is not known here' }]],
]

test.each(wrong)('%j is refused, made or changed', async (fields, errors) => {
  expect(await create({ label: 'x', ...fields })).toMatchObject({
    status: 400,
    body: { code: 'invalid', errors },
  })
  expect(await rows(app, 'links')).toEqual([])
  const link = await makeLink(app, room.id)
  expect(await change(link, fields)).toMatchObject({ status: 400, body: { code: 'invalid', errors } })
  expect((await read(link)).body).toEqual(link)
})

test('a link needs a label, and is not made revoked', async () => {
  expect(await create({})).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'label', detail: 'is required' }] },
  })
  expect(await create({ label: 'x', revoked: true })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'revoked', detail: 'is not known here' }] },
  })
})

test('a PIN is never given back nor stored as it is, and can be taken away', async () => {
  const link = await makeLink(app, room.id, { pin: '73519264' })
  const texts = [
    JSON.stringify(link),
    JSON.stringify((await read(link)).body),
    JSON.stringify((await list()).body),
    JSON.stringify(await rows(app, 'links')),
    ...app.log,
  ]
  expect(texts.filter(text => text.includes('73519264'))).toEqual([])
  expect(await ask(app, 'POST', '/api/join', { token: null, json: joinRequest(link) })).toMatchObject({
    status: 403,
  })
  expect((await change(link, { pin: null })).body.pin).toBe(false)
  expect(await join(app, link)).toMatchObject({ state: 'admitted' })
})

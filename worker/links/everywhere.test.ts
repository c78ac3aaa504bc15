import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { makeUser, type TestUser } from '../../test/support/users.ts'
import type { Room } from '../rooms/schema.ts'
import type { Link } from './schema.ts'

let app: TestApp
let room: Room
let owner: TestUser
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  owner = await makeUser(app, 'owner')
})
afterEach(async () => {
  await app.settled()
  app.close()
})

type Headers = Record<string, string>
const create = (headers: Headers, json: object = { label: 'x', opens: 'everything' }) =>
  ask<Link>(app, 'POST', `/api/rooms/${room.id}/links`, { json, headers, token: null })
const call = (method: string, link: Link, headers: Headers, json?: object) =>
  ask<Link>(app, method, `/api/rooms/${room.id}/links/${link.id}`, {
    headers,
    token: null,
    ...(json ? { json } : {}),
  })

async function bearerOf(...rights: string[]): Promise<Headers> {
  const { body } = await ask<{ secret: string }>(app, 'POST', '/api/keys', {
    json: { name: 'Robot', rights },
    headers: owner.headers,
    token: null,
  })
  return { authorization: `Bearer ${body.secret}` }
}

/** Everybody who makes links, and whether they may make those. */
const callers: [string, () => Promise<Headers>, boolean][] = [
  ['an owner', async () => owner.headers, true],
  ['a key with that right', () => bearerOf('links:write', 'links:everywhere'), true],
  ['an admin', async () => (await makeUser(app, 'admin')).headers, false],
  ['an operator', async () => (await makeUser(app, 'operator')).headers, false],
  ['a key without it', () => bearerOf('links:write', 'links:read', 'rooms:write'), false],
  ['the deployment’s token', async () => ({ authorization: `Bearer ${app.config.adminToken}` }), false],
]

const REFUSED = {
  status: 403,
  body: {
    code: 'opens_everything',
    detail: 'Only owners make and change links that open every room. You can take one back.',
  },
}

describe.each(callers)('%s', (_, headersOf, may) => {
  test('makes a link that opens every room, or is refused', async () => {
    const headers = await headersOf()
    const answer = await create(headers)
    if (may) expect(answer).toMatchObject({ status: 201, body: { opens: 'everything', madeBy: null } })
    else expect(answer).toMatchObject(REFUSED)
    expect(await rows(app, 'links', 'opens')).toEqual(may ? [{ opens: 'everything' }] : [])
  })

  test('makes one of a link of the room, or is refused', async () => {
    const link = await makeLink(app, room.id)
    const headers = await headersOf()
    const answer = await call('PATCH', link, headers, { opens: 'everything' })
    if (may) expect(answer).toMatchObject({ status: 200, body: { opens: 'everything' } })
    else expect(answer).toMatchObject(REFUSED)
    expect(await rows(app, 'links', 'opens')).toEqual([{ opens: may ? 'everything' : 'room' }])
  })

  test.each<object>([
    { role: 'host' },
    { permissions: ['op'] },
    { endsAt: null },
    { pin: null },
    { maxUses: 9 },
    { label: 'x' },
    { opens: 'room' },
    { revoked: false },
    { revoked: true, role: 'host' },
    {},
  ])('changes one by %j, or is refused', async json => {
    const link = (await create(owner.headers)).body
    const before = await rows(app, 'links')
    const answer = await call('PATCH', link, await headersOf(), json)
    expect(answer.status).toBe(may ? 200 : 403)
    if (may) return
    expect(answer).toMatchObject(REFUSED)
    expect(await rows(app, 'links')).toEqual(before)
  })

  test('takes one back, whichever way', async () => {
    const [one, two] = [(await create(owner.headers)).body, (await create(owner.headers)).body]
    const headers = await headersOf()
    expect(await call('PATCH', one, headers, { revoked: true })).toMatchObject({
      status: 200,
      body: { state: 'revoked', opens: 'everything' },
    })
    expect((await call('DELETE', two, headers)).status).toBe(204)
  })

  test('makes links for sub-rooms', async () => {
    expect(await create(await headersOf(), { label: 'x', opens: 'subrooms' })).toMatchObject({
      status: 201,
      body: { opens: 'subrooms' },
    })
  })
})

test('a link that somebody of the room made says who', async () => {
  const link = await makeLink(app, room.id)
  await app.db.execute("UPDATE links SET made_by = 'aaaaaaaaaaaaaaaa', made_by_name = 'Anna'")
  expect((await ask<Link>(app, 'GET', `/api/rooms/${room.id}/links/${link.id}`)).body).toEqual({
    ...link,
    madeBy: { id: 'aaaaaaaaaaaaaaaa', name: 'Anna' },
  })
})

test('a stale tag is no way around it', async () => {
  const link = (await create(owner.headers)).body
  const { headers } = await makeUser(app, 'operator')
  expect(await call('PATCH', link, { ...headers, 'if-match': '"7"' }, { role: 'host' })).toMatchObject(
    REFUSED,
  )
})

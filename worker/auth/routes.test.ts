import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { audited } from '../../test/support/passkeys.ts'
import { asBrowser, makeUser, signIn, type TestUser } from '../../test/support/users.ts'
import type { SessionList } from './schema.ts'

let app: TestApp
let user: TestUser
let other: TestUser
beforeEach(async () => {
  app = await testApp()
  user = await makeUser(app, 'operator', { name: 'Vera' })
  other = await makeUser(app, 'admin')
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const as = <T>(headers: Record<string, string>, method: string, path: string) =>
  ask<T>(app, method, path, { token: null, headers })
const list = async (headers = user.headers) =>
  (await as<SessionList>(headers, 'GET', '/api/account/sessions')).body.items
const known = async (headers: Record<string, string>) => (await as(headers, 'GET', '/api/session')).status
const TAKEN = '__Host-sightline=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict'

describe('where somebody is signed in', () => {
  test('is listed, newest first, without a secret, and without what has ended', async () => {
    app.clock.now = NOON + 1000
    await signIn(app, user.id)
    const [first] = await rows(app, `sessions WHERE user_id = '${user.id}'`, 'id, hash')
    app.clock.now = NOON + 2000
    expect(await list()).toEqual([
      {
        id: expect.stringMatching(/^[a-z2-7]{16}$/),
        current: false,
        via: 'passkey',
        address: null,
        userAgent: null,
        createdAt: new Date(NOON + 1000).toISOString(),
        seenAt: new Date(NOON + 1000).toISOString(),
        endsAt: new Date(NOON + 1000 + 12 * 3600_000).toISOString(),
      },
      {
        id: first!.id,
        current: true,
        via: 'passkey',
        address: null,
        userAgent: null,
        createdAt: new Date(NOON).toISOString(),
        seenAt: new Date(NOON).toISOString(),
        endsAt: new Date(NOON + 12 * 3600_000).toISOString(),
      },
    ])
    await app.db.execute(
      `UPDATE sessions SET seen_at = ${NOON - 2 * 3600_000 + 2000} WHERE id <> '${first!.id}'`,
    )
    expect((await list()).map(({ id }) => id)).toEqual([first!.id])
  })

  test('is nobody else’s to see', async () => {
    const mine = (await list()).map(({ id }) => id)
    expect((await list(other.headers)).filter(({ id }) => mine.includes(id))).toEqual([])
  })
})

test('signing out ends this session alone, takes the cookie, and is recorded', async () => {
  const elsewhere = asBrowser(await signIn(app, user.id))
  const { id } = (await list()).find(item => item.current)!
  const { status, headers } = await as(user.headers, 'DELETE', '/api/session')
  expect([status, headers['set-cookie']]).toEqual([204, TAKEN])
  expect([await known(user.headers), await known(elsewhere), await known(other.headers)]).toEqual([
    401, 200, 200,
  ])
  expect((await audited(app)).at(-1)).toEqual({
    action: 'session.sign-out',
    outcome: 'done',
    actor_kind: 'user',
    actor_id: user.id,
    target_id: id,
  })
  expect((await as(user.headers, 'DELETE', '/api/session')).status).toBe(401)
})

describe('ending a session', () => {
  test('of one’s own, elsewhere', async () => {
    const elsewhere = asBrowser(await signIn(app, user.id))
    const { id } = (await list()).find(item => !item.current)!
    const { status, headers } = await as(user.headers, 'DELETE', `/api/account/sessions/${id}`)
    expect([status, headers['set-cookie']]).toEqual([204, undefined])
    expect([await known(user.headers), await known(elsewhere)]).toEqual([200, 401])
    expect((await audited(app)).at(-1)).toMatchObject({
      action: 'session.end',
      outcome: 'done',
      target_id: id,
    })
    expect((await as(user.headers, 'DELETE', `/api/account/sessions/${id}`)).status).toBe(404)
  })

  test('of one’s own, here, takes the cookie', async () => {
    const { id } = (await list()).find(item => item.current)!
    const { status, headers } = await as(user.headers, 'DELETE', `/api/account/sessions/${id}`)
    expect([status, headers['set-cookie'], await known(user.headers)]).toEqual([204, TAKEN, 401])
  })

  test('of another user is as if it were not there, an owner’s wish too', async () => {
    const owner = await makeUser(app, 'owner')
    const { id } = (await list(other.headers))[0]!
    const before = await rows(app, 'sessions')
    for (const { headers } of [user, owner])
      expect(await as(headers, 'DELETE', `/api/account/sessions/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      })
    expect(await rows(app, 'sessions')).toEqual(before)
    expect((await audited(app)).at(-1)).toMatchObject({
      action: 'session.end',
      outcome: 'refused',
      target_id: id,
    })
  })
})

test('signing out everywhere ends all of one’s own, and takes the cookie', async () => {
  const elsewhere = asBrowser(await signIn(app, user.id))
  const { status, headers } = await as(user.headers, 'DELETE', '/api/account/sessions')
  expect([status, headers['set-cookie']]).toEqual([204, TAKEN])
  expect([await known(user.headers), await known(elsewhere), await known(other.headers)]).toEqual([
    401, 401, 200,
  ])
  expect((await audited(app)).at(-1)).toMatchObject({ action: 'session.end-all', target_id: user.id })
})

test.each([
  ['GET', '/api/account/sessions'],
  ['GET', '/api/account/passkeys'],
  ['DELETE', '/api/session'],
  ['DELETE', '/api/account/sessions'],
])('a machine has no account: %s %s', async (method, path) => {
  const before = await rows(app, 'sessions')
  expect(await ask(app, method, path)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect(await rows(app, 'sessions')).toEqual(before)
})

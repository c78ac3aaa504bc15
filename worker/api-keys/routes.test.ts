import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { NOON, type RequestOptions, type TestApp, testApp } from '../../test/support/app.ts'
import { audited } from '../../test/support/passkeys.ts'
import { makeUser, type TestUser } from '../../test/support/users.ts'
import { keyRights, type Right } from '../users/rights.ts'
import type { ApiKeyList, MadeApiKey } from './schema.ts'

let app: TestApp
let owner: TestUser
let admin: TestUser
beforeEach(async () => {
  app = await testApp()
  owner = await makeUser(app, 'owner')
  admin = await makeUser(app, 'admin', { name: 'Ann' })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const iso = (ms: number) => new Date(ms).toISOString()
const as = <T = MadeApiKey>(who: TestUser, method: string, path: string, options: RequestOptions = {}) =>
  ask<T>(app, method, path, { token: null, headers: who.headers, ...options })
const make = async (who: TestUser, rights: Right[], fields: object = {}) =>
  (await as(who, 'POST', '/api/keys', { json: { name: 'Robot', rights, ...fields } })).body
const status = async (token: string, path = '/api/rooms', method = 'GET', json?: object) =>
  (await ask(app, method, path, { token, address: '192.0.2.9', ...(json && { json }) })).status
const list = async (who = owner) => (await as<ApiKeyList>(who, 'GET', '/api/keys')).body.items

test('a key is shown once, and never again: not in the list, the database, the log or the audit', async () => {
  const { status, headers, body } = await as(admin, 'POST', '/api/keys', {
    json: {
      name: ' Robot ',
      rights: ['rooms:read', 'rooms:read', 'links:write'],
      expiresAt: iso(NOON + 60_000),
    },
  })
  const key = {
    id: expect.stringMatching(/^[a-z2-7]{16}$/),
    name: 'Robot',
    rights: ['rooms:read', 'links:write'],
    state: 'active',
    createdBy: { id: admin.id, name: 'Ann' },
    createdAt: iso(NOON),
    expiresAt: iso(NOON + 60_000),
    lastUsedAt: null,
    lastAddress: null,
    revokedAt: null,
  }
  expect([status, headers['cache-control'], body]).toEqual([
    201,
    'no-store',
    { key, secret: expect.stringMatching(/^slk_[\w-]{43}$/) },
  ])
  expect(await list()).toEqual([key])
  await ask(app, 'GET', '/api/rooms', { token: body.secret })
  await app.settled()
  const kept = [await rows(app, 'api_keys'), await rows(app, 'audit'), app.log, await list()]
  expect(JSON.stringify(kept)).not.toContain(body.secret.slice(4))
  expect((await audited(app))[0]).toEqual({
    action: 'key.create',
    outcome: 'done',
    actor_kind: 'user',
    actor_id: admin.id,
    target_id: body.key.id,
  })
})

describe('a key does what it was given', () => {
  test('and no more', async () => {
    const { secret } = await make(admin, ['rooms:read'])
    const may = [await status(secret), await status(secret, '/api/session')]
    const mayNot = await Promise.all([
      status(secret, '/api/rooms', 'POST', { title: 'x' }),
      status(secret, '/api/users'),
      status(secret, '/api/keys'),
      status(secret, '/metrics'),
      status(secret, '/api/account/passkeys'),
    ])
    expect([may, mayNot]).toEqual([[200, 200], Array(5).fill(403)])
    expect(await rows(app, 'rooms')).toEqual([])
    const told = await ask(app, 'GET', '/api/session', { token: secret })
    expect(told.body).toMatchObject({ kind: 'key', user: null, rights: ['rooms:read'] })
  })

  test('as itself in the audit', async () => {
    const { key, secret } = await make(admin, ['rooms:write'])
    expect(await status(secret, '/api/rooms', 'POST', { title: 'x' })).toBe(201)
    const told = await audited(app, 'action, actor_kind, actor_id, actor_name')
    expect(told.at(-1)).toEqual({
      action: 'room.create',
      actor_kind: 'key',
      actor_id: key.id,
      actor_name: 'Robot',
    })
  })

  test.each<[string, string, number, string]>([
    ['an admin', "UPDATE users SET role = 'admin' WHERE id = :id", 200, 'active'],
    [
      'an operator, who may not see users',
      "UPDATE users SET role = 'operator' WHERE id = :id",
      403,
      'active',
    ],
    ['a guest', "UPDATE users SET role = 'guest' WHERE id = :id", 403, 'active'],
    ['disabled', 'UPDATE users SET disabled_at = 1 WHERE id = :id', 401, 'maker-gone'],
    ['removed', 'DELETE FROM users WHERE id = :id', 401, 'maker-gone'],
  ])('as long as its maker may: who is %s', async (_, sql, expected, state) => {
    const { secret } = await make(admin, ['users:read'])
    expect(await status(secret, '/api/users')).toBe(200)
    await app.db.execute({ sql, args: { id: admin.id } })
    expect([await status(secret, '/api/users'), (await list())[0]!.state]).toEqual([expected, state])
  })

  test('until its maker is removed, which revokes it and nobody else’s', async () => {
    const [gone, kept] = [await make(admin, ['rooms:read']), await make(owner, ['rooms:read'])]
    app.clock.now = NOON + 1000
    expect((await as(owner, 'DELETE', `/api/users/${admin.id}`)).status).toBe(204)
    expect([await status(gone.secret), await status(kept.secret)]).toEqual([401, 200])
    const told = (await list()).map(({ id, state, revokedAt }) => [id, state, revokedAt])
    expect(new Map(told.map(([id, ...rest]) => [id, rest]))).toEqual(
      new Map([
        [gone.key.id, ['revoked', iso(NOON + 1000)]],
        [kept.key.id, ['active', null]],
      ]),
    )
  })

  test('again, when its maker is enabled again', async () => {
    const { secret } = await make(admin, ['users:read'])
    for (const disabled of [true, false]) {
      await as(owner, 'PATCH', `/api/users/${admin.id}`, { json: { disabled } })
      expect(await status(secret, '/api/users')).toBe(disabled ? 401 : 200)
      expect((await list())[0]!.state).toBe(disabled ? 'maker-gone' : 'active')
    }
  })

  test('until it expires', async () => {
    const { secret } = await make(admin, ['rooms:read'], { expiresAt: iso(NOON + 60_000) })
    app.clock.now = NOON + 59_999
    expect(await status(secret)).toBe(200)
    app.clock.now++
    expect([await status(secret), (await list())[0]!.state]).toEqual([401, 'expired'])
  })

  test('until it is revoked; its row stays, with the first time', async () => {
    const { key, secret } = await make(admin, ['rooms:read'])
    for (const _ of [1, 2]) {
      app.clock.now += 1000
      expect((await as(owner, 'DELETE', `/api/keys/${key.id}`)).status).toBe(204)
      expect(await status(secret)).toBe(401)
    }
    expect(await list()).toMatchObject([{ state: 'revoked', revokedAt: iso(NOON + 1000) }])
    expect((await audited(app, 'action, target_name')).at(-1)).toEqual({
      action: 'key.revoke',
      target_name: 'Robot',
    })
    expect((await as(owner, 'DELETE', '/api/keys/aaaaaaaaaaaaaaaa')).status).toBe(404)
  })

  test('never more than an admin, when a machine made it', async () => {
    const json = { name: 'Robot', rights: ['rooms:read', 'metrics'] }
    const { body } = await ask<MadeApiKey>(app, 'POST', '/api/keys', { json })
    expect([body.key.createdBy, await status(body.secret), await status(body.secret, '/metrics')]).toEqual([
      null,
      200,
      200,
    ])
    await app.db.execute({
      sql: 'UPDATE api_keys SET rights = :rights',
      args: { rights: '["settings","account","rooms:read"]' },
    })
    const told = await ask(app, 'GET', '/api/session', { token: body.secret })
    expect(told.body.rights).toEqual(['rooms:read'])
  })
})

describe('a key of somebody whom the identity provider alone signs in', () => {
  const DAYS_30 = 30 * 86_400_000
  const ISSUER = 'https://id.example'
  const set = (value: string) =>
    app.db.execute({
      sql: `INSERT INTO settings (name, value, updated_at) VALUES ('oidc', :value, 0)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      args: { value },
    })
  const throughProvider = () =>
    app.db.execute({
      sql: "UPDATE users SET issuer = :issuer, subject = '1' WHERE id = :id",
      args: { issuer: ISSUER, id: admin.id },
    })
  const loses = () =>
    app.db.execute({ sql: 'DELETE FROM passkeys WHERE user_id = :id', args: { id: admin.id } })
  beforeEach(async () => {
    await set(JSON.stringify({ issuer: ISSUER }))
    await throughProvider()
  })
  const known = async (secret: string) => [await status(secret), (await list())[0]!.state]

  test.each<[string, object]>([
    ['without an end', {}],
    ['with none', { expiresAt: null }],
    ['that ends later', { expiresAt: iso(NOON + DAYS_30 + 1) }],
  ])('ends within 30 days: not one %s', async (_, fields) => {
    await loses()
    const json = { name: 'Robot', rights: ['rooms:read'], ...fields }
    const detail = 'must be within 30 days: the identity provider alone signs you in'
    expect(await as<object>(admin, 'POST', '/api/keys', { json })).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field: 'expiresAt', detail }] },
    })
    expect(await rows(app, 'api_keys')).toEqual([])
  })

  test('works until then', async () => {
    await loses()
    const { secret } = await make(admin, ['rooms:read'], { expiresAt: iso(NOON + DAYS_30) })
    app.clock.now = NOON + DAYS_30 - 1
    expect(await status(secret)).toBe(200)
    app.clock.now++
    expect(await status(secret)).toBe(401)
  })

  test('has whatever end they like while they have a passkey, and 30 days once they have none', async () => {
    const { secret } = await make(admin, ['rooms:read'])
    app.clock.now = NOON + DAYS_30
    expect(await status(secret)).toBe(200)
    await loses()
    expect(await status(secret)).toBe(401)
    app.clock.now--
    expect(await status(secret)).toBe(200)
  })

  test.each<[string, string]>([
    ['taken away', 'null'],
    ['another one', '{"issuer":"https://other.example"}'],
  ])('stops while their provider is %s', async (_, value) => {
    const passkeyed = await make(admin, ['rooms:read'])
    await set(value)
    expect(await known(passkeyed.secret)).toEqual([200, 'active'])
    await loses()
    expect(await known(passkeyed.secret)).toEqual([401, 'maker-gone'])
    await set(JSON.stringify({ issuer: ISSUER }))
    expect(await known(passkeyed.secret)).toEqual([200, 'active'])
  })

  test('is held to the environment’s provider before the owner’s', async () => {
    const { config } = app
    const { secret } = await make(admin, ['rooms:read'])
    await loses()
    for (const [issuer, expected] of [
      ['https://other.example', 401],
      [ISSUER, 200],
    ] as const) {
      config.oidc = { issuer } as NonNullable<typeof config.oidc>
      expect(await status(secret)).toBe(expected)
    }
  })
})

test('when and where from a key was last used is known to the minute', async () => {
  const { secret } = await make(admin, ['rooms:read'])
  const used = async (ms: number) => {
    app.clock.now = NOON + ms
    expect(await status(secret)).toBe(200)
    await app.settled()
    const [{ lastUsedAt, lastAddress }] = (await list()) as [ApiKeyList['items'][0]]
    return [lastUsedAt, lastAddress]
  }
  expect(await used(5000)).toEqual([iso(NOON + 5000), '192.0.2.9'])
  expect(await used(64_999)).toEqual([iso(NOON + 5000), '192.0.2.9'])
  expect(await used(65_000)).toEqual([iso(NOON + 65_000), '192.0.2.9'])
})

describe('no key', () => {
  test.each<[string, object, number, string]>([
    ['with a right that its maker has not', { rights: ['settings'] }, 403, 'right_not_held'],
    ['with one of its rights', { rights: ['rooms:read', 'settings'] }, 403, 'right_not_held'],
    ['with a person’s own', { rights: ['account'] }, 400, 'invalid'],
    ['with a right that there is not', { rights: ['root'] }, 400, 'invalid'],
    ['without a right', { rights: [] }, 400, 'invalid'],
    ['with rights as a text', { rights: 'rooms:read' }, 400, 'invalid'],
    ['without a name', { name: ' ' }, 400, 'invalid'],
    ['that has expired', { expiresAt: iso(NOON) }, 400, 'invalid'],
    ['that expires who knows when', { expiresAt: 'soon' }, 400, 'invalid'],
    ['with a secret of the maker’s', { secret: 'slk_mine' }, 400, 'invalid'],
  ])('%s', async (_, fields, status, code) => {
    const json = { name: 'Robot', rights: ['rooms:read'], ...fields }
    expect(await as<object>(admin, 'POST', '/api/keys', { json })).toMatchObject({ status, body: { code } })
    expect(await rows(app, 'api_keys')).toEqual([])
  })

  test('is made by a key, whatever it may', async () => {
    const { secret } = await make(owner, keyRights)
    const json = { name: 'Heir', rights: ['rooms:read'] }
    const answer = await ask(app, 'POST', '/api/keys', { token: secret, json })
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await rows(app, 'api_keys', 'name')).toEqual([{ name: 'Robot' }])
  })

  test.each(['', 'slk_', 'slk_x', 'SLK_', 'slk_slk_'])('is what only looks like one: %j', async prefix => {
    const { secret } = await make(admin, ['rooms:read'])
    const tries = [
      prefix,
      prefix + secret.slice(4, -1),
      `${prefix}${secret.slice(4)}A`,
      secret.slice(0, -1),
      `${secret}=`,
    ]
    for (const token of tries) if (token !== secret) expect(await status(token)).toBe(401)
    const [{ hash }] = (await rows(app, 'api_keys')) as [{ hash: string }]
    expect(await status(`${prefix}${hash}`)).toBe(401)
  })
})

test('the list is paged, newest first', async () => {
  for (let i = 0; i < 5; i++) await make(admin, ['rooms:read'], { name: `Robot ${i}` })
  const one = (await as<ApiKeyList>(admin, 'GET', '/api/keys?limit=3')).body
  const two = (await as<ApiKeyList>(admin, 'GET', `/api/keys?limit=3&cursor=${one.next}`)).body
  const all = await rows(app, 'api_keys ORDER BY created_at DESC, id DESC', 'id')
  expect([two.next, [...one.items, ...two.items].map(({ id }) => ({ id }))]).toEqual([null, all])
})

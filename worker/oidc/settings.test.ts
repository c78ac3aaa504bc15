import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { SECRET, type TestApp, testApp } from '../../test/support/app.ts'
import { type FakeProvider, fakeProvider } from '../../test/support/provider.ts'
import { finishSignIn, newJar, signInThrough, startSignIn } from '../../test/support/sign-in.ts'
import { makeUser, type TestUser } from '../../test/support/users.ts'
import { html } from '../../test/support/wrong-answers.ts'
import type { OidcSettings } from './schema.ts'

let app: TestApp
let provider: FakeProvider
let owner: TestUser
const open = async (env: Record<string, string> = {}) => {
  app = await testApp(
    { PUBLIC_URL: 'http://sightline.test', ...env },
    { fetch: (input, init) => provider.fetch(input, init) },
  )
  owner = await makeUser(app, 'owner')
}
beforeEach(async () => {
  provider = await fakeProvider(() => app.clock.now)
  await open()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const call = (method: string, json?: unknown, headers: Record<string, string> = {}) =>
  ask<OidcSettings & { code: string; errors: unknown }>(app, method, '/api/settings/oidc', {
    token: null,
    headers: { ...owner.headers, ...headers },
    ...(json === undefined ? {} : { json }),
  })
const given = (changed: object = {}) => ({
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  name: 'Post House',
  allow: [{ kind: 'email', value: 'Ada@example.com', role: 'admin' }],
  ...changed,
})
const none: OidcSettings = {
  source: 'none',
  issuer: null,
  clientId: null,
  secret: false,
  name: null,
  allow: [],
  groupsClaim: 'groups',
  scope: 'openid email profile',
  redirectUri: 'http://sightline.test/auth/callback',
  updatedAt: null,
}
const set: OidcSettings = {
  ...none,
  source: 'owner',
  issuer: 'https://id.example/realms/post',
  clientId: 'sight line',
  secret: true,
  name: 'Post House',
  allow: [{ kind: 'email', value: 'ada@example.com', role: 'admin' }],
  updatedAt: '2026-11-21T12:00:00.000Z',
}
const stored = () => rows(app, 'settings')

test('nothing is set at first, and nobody can sign in', async () => {
  const { status, body, headers } = await call('GET')
  expect([status, body, headers['cache-control']]).toEqual([200, none, 'no-store'])
  expect((await ask(app, 'GET', '/api/auth/methods', { token: null })).body).toEqual({
    passkey: true,
    oidc: null,
  })
})

test('what the owner sets counts at once, and the secret never comes out', async () => {
  const { status, body, headers } = await call('PUT', given())
  expect([status, body]).toEqual([200, set])
  const again = await call('GET')
  expect([again.body, again.headers.etag]).toEqual([set, headers.etag])
  expect((await call('GET', undefined, { 'if-none-match': headers.etag! })).status).toBe(304)
  expect((await ask(app, 'GET', '/api/auth/methods', { token: null })).body).toEqual({
    passkey: true,
    oidc: { name: 'Post House' },
  })
  expect((await signInThrough(app, provider)).body).toEqual({ next: 'admin' })
  await app.settled()
  const everything = JSON.stringify([app.log, await stored(), await rows(app, 'audit'), body])
  expect(everything).not.toContain('pass:word')
})

test('the audit says who set what, without the secret', async () => {
  await call('PUT', given())
  await call('DELETE')
  await app.settled()
  const audit = await rows(app, 'audit', 'action, outcome, actor_id, target_kind, target_name, params')
  expect(audit.map(row => ({ ...row, params: JSON.parse(String(row.params)) }))).toEqual([
    {
      action: 'settings.oidc',
      outcome: 'done',
      actor_id: owner.id,
      target_kind: 'settings',
      target_name: 'Post House',
      params: expect.objectContaining({ issuer: provider.issuer, clientSecret: 'set' }),
    },
    {
      action: 'settings.oidc',
      outcome: 'done',
      actor_id: owner.id,
      target_kind: 'settings',
      target_name: null,
      params: {},
    },
  ])
})

describe('the client secret', () => {
  test('stays when none is given', async () => {
    await call('PUT', given())
    const { clientSecret: _, ...rest } = given({ name: 'House', groupsClaim: 'roles', scope: 'openid email' })
    expect((await call('PUT', rest)).body).toEqual({
      ...set,
      name: 'House',
      groupsClaim: 'roles',
      scope: 'openid email',
    })
    expect((await signInThrough(app, provider)).status).toBe(200)
  })

  test('does not stay for another issuer or client: it would go to a stranger', async () => {
    await call('PUT', given())
    const before = await stored()
    const other = await fakeProvider(() => app.clock.now, 'https://evil.example')
    const { clientSecret: _, ...rest } = given()
    const needed = {
      status: 400,
      body: {
        errors: [
          {
            field: 'clientSecret',
            detail: 'is needed for another issuer or client; null when the provider gave none',
          },
        ],
      },
    }
    expect(await call('PUT', { ...rest, clientId: 'another' })).toMatchObject(needed)
    provider = other
    expect(await call('PUT', { ...rest, issuer: other.issuer })).toMatchObject(needed)
    expect(await stored()).toEqual(before)
  })

  test('is needed at first, or said to be none', async () => {
    const { clientSecret: _, ...rest } = given()
    expect((await call('PUT', rest)).status).toBe(400)
    expect(await stored()).toEqual([])
    expect((await call('PUT', given({ clientSecret: null }))).body).toEqual({ ...set, secret: false })
  })

  test('goes to nobody else when the database is tampered with', async () => {
    await call('PUT', given())
    provider = await fakeProvider(() => app.clock.now, 'https://evil.example')
    await app.db.execute("UPDATE settings SET value = json_set(value, '$.issuer', 'https://evil.example')")
    const { status } = await ask(app, 'POST', '/api/auth/oidc/start', { token: null, json: { for: 'admin' } })
    expect([status, provider.calls]).toEqual([404, []])
    expect(app.log.join()).toContain('oidc.secret-lost')
  })

  test('is opened under the previous secret, and lost with it', async () => {
    await call('PUT', given())
    const [row] = await stored()
    const reopened = async (env: Record<string, string>) => {
      app.close()
      await open(env)
      await app.db.execute({
        sql: "INSERT INTO settings (name, value, version, updated_at) VALUES ('oidc', :value, 1, 1)",
        args: { value: String(row!.value) },
      })
      const { status } = await ask(app, 'POST', '/api/auth/oidc/start', {
        token: null,
        json: { for: 'admin' },
      })
      return status
    }
    const fresh = 'the secret that came after, long enough as well'
    expect(await reopened({ SIGHTLINE_SECRET: fresh, SIGHTLINE_SECRET_PREVIOUS: SECRET })).toBe(200)
    expect(await reopened({ SIGHTLINE_SECRET: fresh })).toBe(404)
  })
})

describe('taken away', () => {
  test('nobody signs in any more, and who had is out at once', async () => {
    await call('PUT', given())
    await signInThrough(app, provider)
    expect((await call('DELETE')).status).toBe(204)
    expect((await call('GET')).body).toEqual({ ...none, updatedAt: set.updatedAt })
    expect(await rows(app, 'sessions', 'via')).toEqual([{ via: 'passkey' }])
    const { status } = await ask(app, 'POST', '/api/auth/oidc/start', { token: null, json: { for: 'admin' } })
    expect(status).toBe(404)
  })

  test('while somebody is at the provider, they do not come in', async () => {
    await call('PUT', given())
    const jar = newJar()
    const query = provider.signIn(await startSignIn(app, jar))
    await call('DELETE')
    expect((await finishSignIn(app, jar, query)).status).toBe(404)
    expect(provider.calls).not.toContain('POST /token')
  })

  test('twice is as once', async () => {
    expect((await call('DELETE')).status).toBe(204)
    expect(await stored()).toEqual([])
  })
})

test('a change ends the sessions that came in by the old settings, and no others', async () => {
  await call('PUT', given())
  await signInThrough(app, provider)
  await call('PUT', given({ allow: [] }))
  expect(await rows(app, 'sessions', 'via')).toEqual([{ via: 'passkey' }])
  expect((await signInThrough(app, provider)).status).toBe(403)
})

describe('of two who change at once, the later is told', () => {
  test('by the tag', async () => {
    const empty = (await call('GET')).headers.etag!
    const first = (await call('PUT', given(), { 'if-match': empty })).headers.etag!
    expect((await call('PUT', given({ name: 'x' }), { 'if-match': empty })).status).toBe(412)
    expect((await call('DELETE', undefined, { 'if-match': empty })).status).toBe(412)
    const second = await call('PUT', given({ name: 'House' }), { 'if-match': first })
    expect([second.status, second.body.name]).toEqual([200, 'House'])
    expect((await call('PUT', given(), { 'if-match': 'nonsense' })).status).toBe(412)
    expect((await call('GET')).body.name).toBe('House')
  })

  test('and a tag from before it was taken away never counts again', async () => {
    const old = (await call('PUT', given())).headers.etag!
    await call('DELETE')
    await call('PUT', given())
    expect((await call('DELETE', undefined, { 'if-match': old })).status).toBe(412)
  })

  test('one of many with one tag', async () => {
    const etag = (await call('GET')).headers.etag!
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => call('PUT', given({ name: `House ${n}` }), { 'if-match': etag })),
    )
    expect(answers.map(answer => answer.status).toSorted()).toEqual([200, ...Array(9).fill(412)])
  })
})

describe('what is wrong is refused, and nothing is stored', () => {
  const issuer = 'must be an https:// address without query or login'
  test.each<[object, string, string]>([
    [{ issuer: 'http://id.example' }, 'issuer', issuer],
    [{ issuer: 'id.example' }, 'issuer', issuer],
    [{ issuer: 'https://user:pass@id.example' }, 'issuer', issuer],
    [{ issuer: 'https://id.example?x=1' }, 'issuer', issuer],
    [{ issuer: 'https://id.example#x' }, 'issuer', issuer],
    [{ issuer: 7 }, 'issuer', 'must be text'],
    [{ clientId: '' }, 'clientId', 'must not be empty'],
    [{ clientSecret: '' }, 'clientSecret', 'must not be empty'],
    [{ clientSecret: 'ü' }, 'clientSecret', 'must be ASCII'],
    [{ name: 'x'.repeat(41) }, 'name', 'must have at most 40 characters'],
    [{ scope: 'email' }, 'scope', 'must have openid among its scopes'],
    [{ scope: 'openid\nemail' }, 'scope', 'must be scopes with single spaces between them'],
    [{ allow: 'everybody' }, 'allow', 'must be a list'],
    [
      { allow: [{ kind: 'email', value: 'ada', role: 'admin' }] },
      'allow.0.value',
      'must be an e-mail address',
    ],
    [
      { allow: [{ kind: 'email', value: 'ada@example.com', role: 'owner' }] },
      'allow.0.role',
      'must be one of admin, operator',
    ],
  ])('%j', async (changed, field, detail) => {
    expect(await call('PUT', given(changed))).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field, detail }] },
    })
    expect([await stored(), provider.calls]).toEqual([[], []])
  })

  test.each<[string, () => void, string]>([
    [
      'does not answer',
      () => {
        provider.fetch = () => Promise.reject(new TypeError('fetch failed: ECONNREFUSED 10.0.0.7'))
      },
      'does not answer: its /.well-known/openid-configuration must be reachable from here',
    ],
    [
      'is another',
      () => {
        provider.document = said => ({ ...said, issuer: 'https://another.example' })
      },
      'answers that it is another issuer: write it exactly as the provider does',
    ],
    [
      'is none',
      () => {
        provider.instead['/.well-known/openid-configuration'] = html
      },
      'does not describe an OpenID Connect provider with code sign-in and signed id tokens',
    ],
  ])('an issuer that %s', async (_, make, detail) => {
    make()
    expect(await call('PUT', given())).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'issuer', detail }] },
    })
    expect(await stored()).toEqual([])
  })
})

describe('the environment', () => {
  beforeEach(async () => {
    app.close()
    await open(provider.settings)
  })

  test('is shown as what counts', async () => {
    expect((await call('GET')).body).toEqual({
      ...set,
      source: 'environment',
      allow: [
        { kind: 'email', value: 'ada@example.com', role: 'admin' },
        { kind: 'domain', value: 'example.com', role: 'operator' },
        { kind: 'group', value: 'colour', role: 'operator' },
      ],
      updatedAt: null,
    })
  })

  test('is not changed from here, and counts before what the owner had set', async () => {
    const owners = given({ issuer: 'https://before.example', name: 'Before', sealed: null })
    await app.db.execute({
      sql: "INSERT INTO settings (name, value, version, updated_at) VALUES ('oidc', :value, 1, 1)",
      args: { value: JSON.stringify(owners) },
    })
    const before = await stored()
    for (const answer of [await call('PUT', given()), await call('DELETE')])
      expect(answer).toMatchObject({ status: 409, body: { code: 'set_by_environment' } })
    expect(await stored()).toEqual(before)
    expect((await ask(app, 'GET', '/api/auth/methods', { token: null })).body.oidc).toEqual({
      name: 'Post House',
    })
  })
})

describe('only an owner', () => {
  test.each(['admin', 'operator'] as const)('not an %s', async role => {
    const user = await makeUser(app, role)
    for (const [method, json] of [['GET'], ['PUT', given()], ['DELETE']] as const)
      expect(
        await ask(app, method, '/api/settings/oidc', {
          token: null,
          headers: user.headers,
          ...(json && { json }),
        }),
      ).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect([await stored(), provider.calls]).toEqual([[], []])
  })

  test('nor automation, nor a stranger', async () => {
    expect((await ask(app, 'PUT', '/api/settings/oidc', { json: given() })).status).toBe(403)
    expect((await ask(app, 'PUT', '/api/settings/oidc', { json: given(), token: null })).status).toBe(401)
    expect([await stored(), provider.calls]).toEqual([[], []])
  })
})

test('without PUBLIC_URL none is set from elsewhere: people would be sent back to whatever name was called', async () => {
  app.close()
  await open({ PUBLIC_URL: '' })
  expect(await call('PUT', given())).toMatchObject({ status: 409, body: { code: 'public_url_needed' } })
  expect([await stored(), provider.calls]).toEqual([[], []])
  const { status, body } = await ask<OidcSettings>(app, 'PUT', 'http://localhost:8787/api/settings/oidc', {
    token: null,
    headers: { cookie: owner.cookie, origin: 'http://localhost:8787' },
    json: given(),
  })
  expect([status, body.redirectUri]).toEqual([200, 'http://localhost:8787/auth/callback'])
})

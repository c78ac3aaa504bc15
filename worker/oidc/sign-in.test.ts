import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeInvitation, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { type FakeProvider, fakeProvider } from '../../test/support/provider.ts'
import {
  finishSignIn,
  fromPage,
  type Jar,
  newJar,
  signInThrough,
  startSignIn,
} from '../../test/support/sign-in.ts'
import { makeUser } from '../../test/support/users.ts'
import { beginSession, newSession } from '../auth/session.ts'
import { write } from '../db.ts'

let app: TestApp
let provider: FakeProvider
beforeEach(async () => {
  provider = await fakeProvider(() => app.clock.now)
  app = await testApp(provider.settings, { fetch: provider.fetch })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const users = () => rows(app, 'users', 'name, email, role, issuer, subject, version')
const audit = async () => {
  await app.settled()
  return rows(
    app,
    'audit',
    'action, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, room_id, params',
  )
}
const ada = {
  name: 'Ada',
  email: 'ada@example.com',
  role: 'admin',
  issuer: 'https://id.example/realms/post',
  subject: 'ada-1',
  version: 1,
}

test('the page is told how people may sign in', async () => {
  const methods = async () => (await ask(app, 'GET', '/api/auth/methods', { token: null })).body
  expect(await methods()).toEqual({ passkey: true, oidc: { name: 'Post House' } })
})

test('starting sends the browser to the provider, with all that keeps the answer ours', async () => {
  const jar = newJar()
  const url = new URL(await startSignIn(app, jar))
  expect({ at: url.origin + url.pathname, ...Object.fromEntries(url.searchParams) }).toEqual({
    at: 'https://id.example/realms/post/authorize',
    tenant: '1',
    response_type: 'code',
    client_id: 'sight line',
    redirect_uri: 'http://sightline.test/auth/callback',
    scope: 'openid email profile',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
  expect(jar.set).toEqual([
    expect.stringMatching(/^__Host-sightline-oidc=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
  ])
  const [kept, ...more] = await rows(app, 'ceremonies')
  expect([kept, more]).toEqual([
    {
      hash: expect.stringMatching(/^[\w-]{43}$/),
      kind: 'oidc',
      challenge: url.searchParams.get('state'),
      user_id: null,
      link_id: null,
      data: expect.any(String),
      expires_at: NOON + 600_000,
    },
    [],
  ])
  expect(kept!.hash).not.toBe(jar.cookies.get('__Host-sightline-oidc'))
  expect(provider.calls).toEqual(['GET /.well-known/openid-configuration'])
})

test('under PUBLIC_URL people come back there, whatever name they called', async () => {
  const own = await testApp(
    { ...provider.settings, PUBLIC_URL: 'https://review.example' },
    { fetch: provider.fetch },
  )
  const { body } = await ask<{ url: string }>(own, 'POST', '/api/auth/oidc/start', {
    json: { for: 'admin' },
    token: null,
  })
  expect(new URL(body.url).searchParams.get('redirect_uri')).toBe('https://review.example/auth/callback')
  own.close()
})

describe('without PUBLIC_URL', () => {
  const startUnder = async (host: string) => {
    const own = await testApp({ ...provider.settings, PUBLIC_URL: '' }, { fetch: provider.fetch })
    const { status, body } = await ask<{ url: string; code: string }>(
      own,
      'POST',
      `http://${host}/api/auth/oidc/start`,
      { json: { for: 'admin' }, token: null },
    )
    const kept = await rows(own, 'ceremonies')
    own.close()
    return { status, body, kept }
  }

  test.each(['localhost:8787', 'a.localhost:8787', '127.0.0.1:8787', '[::1]:8787'])(
    'people come back to this machine as %s',
    async host => {
      const { body } = await startUnder(host)
      expect(new URL(body.url).searchParams.get('redirect_uri')).toBe(`http://${host}/auth/callback`)
    },
  )

  test.each(['evil.example', 'sightline.test', '192.168.1.2:8787', 'localhost.evil.example'])(
    'nobody is sent to %s, which anybody can call us',
    async host => {
      const { status, body, kept } = await startUnder(host)
      expect([status, body.code, kept, provider.calls]).toEqual([409, 'public_url_needed', [], []])
    },
  )
})

describe('to run reviews', () => {
  test('somebody on the list signs in, and is a user from then on', async () => {
    const jar = newJar()
    const { status, body, headers } = await signInThrough(app, provider, jar)
    expect([status, body, headers.get('cache-control')]).toEqual([200, { next: 'admin' }, 'no-store'])
    expect(jar.set).toEqual([
      '__Host-sightline-oidc=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict',
      expect.stringMatching(/^__Host-sightline=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    ])
    expect(await users()).toEqual([ada])
    expect(await rows(app, 'ceremonies')).toEqual([])
    const [user] = await rows(app, 'users', 'id')
    expect((await fromPage(app, jar, 'GET', '/api/session')).body).toMatchObject({
      user: { id: user!.id, name: 'Ada', role: 'admin' },
    })
    expect(await rows(app, 'sessions', 'user_id, via, user_agent')).toEqual([
      { user_id: user!.id, via: 'oidc', user_agent: 'Tests' },
    ])
    expect(await audit()).toEqual([
      {
        action: 'session.sign-in',
        outcome: 'done',
        actor_kind: 'user',
        actor_id: user!.id,
        actor_name: 'Ada',
        target_kind: 'user',
        target_id: user!.id,
        room_id: null,
        params: '{"via":"oidc"}',
      },
    ])
    expect(provider.calls).toEqual([
      'GET /.well-known/openid-configuration',
      'POST /token',
      'GET /jwks',
      'GET /userinfo',
    ])
  })

  test('coming again is the same user with a new session, and the old one in this browser ends', async () => {
    const jar = newJar()
    await signInThrough(app, provider, jar)
    const before = await rows(app, 'sessions', 'hash')
    await signInThrough(app, provider, jar)
    expect(await users()).toEqual([ada])
    const after = await rows(app, 'sessions', 'hash')
    expect([after.length, after[0]!.hash === before[0]!.hash]).toEqual([1, false])
  })

  test.each<[string, object, string | undefined]>([
    ['by address', { email: 'Ada@Example.com' }, 'admin'],
    ['by domain', { email: 'bob@example.com' }, 'operator'],
    ['by group', { email: undefined, groups: ['x', 'colour'] }, 'operator'],
    ['by one group that is no list', { email: undefined, groups: 'colour' }, 'operator'],
    ['by group, whatever the address', { email: 'eve@elsewhere.example', groups: ['colour'] }, 'operator'],
    ['not by a subdomain', { email: 'bob@sub.example.com' }, undefined],
    ['not by an unverified address', { email_verified: false }, undefined],
    ['not by an address nobody vouches for', { email_verified: undefined }, undefined],
    ['not by one that is vouched for in words', { email_verified: 'true' }, undefined],
    ['not by a number', { email_verified: 1 }, undefined],
    ['not by a group elsewhere', { email: undefined, roles: ['colour'] }, undefined],
    ['not by nothing', { email: undefined }, undefined],
  ])('the role is given %s', async (_, claims, role) => {
    Object.assign(provider.person.claims, claims)
    const { status } = await signInThrough(app, provider)
    expect([status, (await users()).map(user => user.role)]).toEqual(role ? [200, [role]] : [403, []])
  })

  test('the role follows the list at each sign-in', async () => {
    await signInThrough(app, provider)
    provider.person.claims.email = 'ada.two@example.com'
    app.clock.now += 1000
    await signInThrough(app, provider)
    expect(await users()).toEqual([{ ...ada, email: 'ada.two@example.com', role: 'operator', version: 2 }])
  })

  describe('an owner', () => {
    let jar: Jar
    beforeEach(async () => {
      jar = newJar()
      await signInThrough(app, provider, jar)
      await app.db.execute("UPDATE users SET role = 'owner', version = 2")
    })
    const owner = { ...ada, role: 'owner', version: 2 }

    test.each<[string, object]>([
      ['on the list as an admin', {}],
      ['with another address', { email: 'ada.two@example.com' }],
    ])('%s does not sign in, and nothing of theirs changes', async (_, claims) => {
      Object.assign(provider.person.claims, claims)
      const sessions = await rows(app, 'sessions')
      const other = newJar()
      const { status, body } = await signInThrough(app, provider, other)
      expect([status, body.code, [...other.cookies]]).toEqual([403, 'sign_in_failed', []])
      expect([await users(), await rows(app, 'sessions')]).toEqual([[owner], sessions])
      expect(JSON.parse(String((await audit()).at(-1)!.params))).toEqual({
        via: 'oidc',
        reason: 'owner',
        code: 'sign_in_failed',
      })
    })

    test('is not signed in any more by the session that they got before they were one', async () => {
      expect((await fromPage(app, jar, 'GET', '/api/session')).status).toBe(401)
      expect((await fromPage(app, jar, 'DELETE', '/api/settings/oidc')).status).toBe(401)
    })

    test('who is made one while they sign in gets no session', async () => {
      const [user] = await rows(app, 'users', 'id')
      const statements = beginSession(
        await newSession(
          { userId: String(user!.id), via: 'oidc', address: null, userAgent: null, replaces: null },
          app.clock.now,
          1000,
        ),
        'TRUE',
        {},
      )
      const sessions = await rows(app, 'sessions')
      await write(app.db, statements)
      expect(await rows(app, 'sessions')).toEqual(sessions)
    })
  })

  test('who is disabled stays out, and nothing of theirs changes', async () => {
    await signInThrough(app, provider)
    await app.db.execute(`UPDATE users SET disabled_at = ${NOON}`)
    await app.db.execute('DELETE FROM sessions')
    provider.person.claims.email = 'ada.two@example.com'
    const { status, body } = await signInThrough(app, provider)
    expect([status, body.code]).toEqual([403, 'sign_in_failed'])
    expect([await users(), await rows(app, 'sessions')]).toEqual([[ada], []])
  })

  test('a user with a passkey is not taken over by their address, which stays theirs', async () => {
    const user = await makeUser(app, 'owner', { name: 'Ada', email: 'ada@example.com' })
    expect((await signInThrough(app, provider)).status).toBe(200)
    expect(await rows(app, 'users', 'id, email, role, subject')).toEqual([
      { id: user.id, email: 'ada@example.com', role: 'owner', subject: null },
      { id: expect.not.stringMatching(user.id), email: null, role: 'admin', subject: 'ada-1' },
    ])
  })

  test('the same subject elsewhere and another subject here are other users', async () => {
    await signInThrough(app, provider)
    provider.person.claims.sub = 'ada-2'
    await signInThrough(app, provider)
    expect((await users()).map(({ subject, email }) => [subject, email])).toEqual([
      ['ada-1', 'ada@example.com'],
      ['ada-2', null],
    ])
  })

  test('many sign-ins of one person at once make one user', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => signInThrough(app, provider)))
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]))
    expect(await users()).toEqual([ada])
    expect(await rows(app, 'sessions')).toHaveLength(25)
  })

  test.each([
    [{ name: '  Ada\n\u202eLovelace ' }, 'Ada Lovelace'],
    [{ name: '', preferred_username: 'ada' }, 'ada'],
    [{ name: 7, preferred_username: null }, 'ada@example.com'],
    [{ name: 'ä'.repeat(100) }, 'ä'.repeat(80)],
  ])('is called %j as %s', async (claims, name) => {
    Object.assign(provider.person.claims, claims)
    await signInThrough(app, provider)
    expect((await users())[0]).toMatchObject({ name })
  })
})

describe('what the id token leaves out', () => {
  beforeEach(() => {
    provider.person.claims = { sub: 'ada-1' }
  })

  test('userinfo says', async () => {
    provider.person.userinfo = { name: 'Ada', email: 'ada@example.com', email_verified: true, groups: ['x'] }
    expect((await signInThrough(app, provider)).status).toBe(200)
    expect(await users()).toEqual([ada])
  })

  test('is not asked for when nothing is left out', async () => {
    provider.person.claims = { sub: 'ada-1', email: 'ada@example.com', email_verified: true, groups: [] }
    await signInThrough(app, provider)
    expect(provider.calls).not.toContain('GET /userinfo')
  })

  test('address and whether it is theirs are taken from one place', async () => {
    provider.person.claims = { sub: 'ada-1', email: 'ada@example.com' }
    provider.person.userinfo = { email: 'eve@elsewhere.example', email_verified: true }
    expect((await signInThrough(app, provider)).status).toBe(403)
    provider.person.claims = { sub: 'ada-1', email: 'eve@elsewhere.example', email_verified: false }
    provider.person.userinfo = { email: 'ada@example.com', email_verified: true }
    expect((await signInThrough(app, provider)).status).toBe(403)
  })
})

describe('to watch a review', () => {
  test('somebody whom the room invites comes in as through a link, without a session and without being a user', async () => {
    const room = await makeRoom(app)
    const link = await makeInvitation(app, room.id, { kind: 'group', value: 'Client' }, { role: 'reviewer' })
    provider.person.claims = { sub: 'eve-1', name: 'Eve', groups: ['Client'] }
    const jar = newJar()
    const { status, body } = await signInThrough(app, provider, jar, { for: 'room', slug: room.slug })
    const join = body.join as { token: string; person: { id: string } }
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        next: 'room',
        slug: room.slug,
        join: expect.objectContaining({
          person: { id: expect.any(String), name: 'Eve' },
          permissions: ['message', 'annotate'],
          state: 'admitted',
        }),
      },
    })
    expect(await rows(app, 'people', 'id, link_id, account')).toEqual([
      { id: join.person.id, link_id: link.id, account: 'oidc|https://id.example/realms/post|eve-1' },
    ])
    expect([await users(), await rows(app, 'sessions'), [...jar.cookies]]).toEqual([[], [], []])
    expect((await ask(app, 'GET', '/api/room', { token: join.token })).status).toBe(200)
    expect((await audit()).at(-1)).toEqual({
      action: 'person.join',
      outcome: 'done',
      actor_kind: 'person',
      actor_id: join.person.id,
      actor_name: 'Eve',
      target_kind: 'person',
      target_id: join.person.id,
      room_id: room.id,
      params: JSON.stringify({ slug: room.slug, account: 'oidc|https://id.example/realms/post|eve-1' }),
    })
  })

  test('standing on the list of those who run reviews opens no room, nor the other way round', async () => {
    const room = await makeRoom(app)
    const { status, body } = await signInThrough(app, provider, newJar(), { for: 'room', slug: room.slug })
    expect([status, body.code, await rows(app, 'people')]).toEqual([403, 'not_invited', []])
    await makeInvitation(app, room.id, { kind: 'email', value: 'guest@elsewhere.example' })
    provider.person.claims.email = 'guest@elsewhere.example'
    expect((await signInThrough(app, provider)).body.code).toBe('sign_in_failed')
    expect(await users()).toEqual([])
    expect((await audit()).map(({ action, outcome, actor_name }) => [action, outcome, actor_name])).toEqual([
      ['room.create', 'done', 'Automation token'],
      ['link.create', 'done', 'Automation token'],
      ['person.join', 'refused', 'ada@example.com'],
      ['session.sign-in', 'refused', 'guest@elsewhere.example'],
    ])
  })

  test('an unverified address opens no room', async () => {
    const room = await makeRoom(app)
    await makeInvitation(app, room.id, { kind: 'domain', value: 'example.com' })
    provider.person.claims.email_verified = false
    const { body } = await signInThrough(app, provider, newJar(), { for: 'room', slug: room.slug })
    expect([body.code, await rows(app, 'people')]).toEqual(['not_invited', []])
  })

  test('who is disabled does not watch either', async () => {
    const room = await makeRoom(app)
    await makeInvitation(app, room.id, { kind: 'domain', value: 'example.com' })
    await signInThrough(app, provider)
    await app.db.execute('UPDATE users SET disabled_at = 1')
    const { body } = await signInThrough(app, provider, newJar(), { for: 'room', slug: room.slug })
    expect([body.code, await rows(app, 'people')]).toEqual(['sign_in_failed', []])
  })
})

describe('what the provider says of itself', () => {
  test('is asked for once in ten minutes', async () => {
    const asked = () => provider.calls.filter(call => call.includes('.well-known')).length
    await signInThrough(app, provider)
    await signInThrough(app, provider)
    expect(asked()).toBe(1)
    app.clock.now += 600_000
    await signInThrough(app, provider)
    expect(asked()).toBe(2)
  })

  test('new keys count at once', async () => {
    await signInThrough(app, provider)
    provider.sign = claims => provider.signed(claims, 'ES256')
    expect((await signInThrough(app, provider)).status).toBe(200)
  })

  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('%s is a signature', async alg => {
    provider.sign = claims => provider.signed(claims, alg)
    expect((await signInThrough(app, provider)).status).toBe(200)
  })

  test('a secret is sent in the form when only that is taken, and none by a client without one', async () => {
    const sent: [string | null, string | null, string | null][] = []
    provider.instead['/token'] = async request => {
      const form = new URLSearchParams(await request.text())
      sent.push([request.headers.get('authorization'), form.get('client_id'), form.get('client_secret')])
      return new Response(null, { status: 500 })
    }
    provider.document = said => ({ ...said, token_endpoint_auth_methods_supported: ['client_secret_post'] })
    await signInThrough(app, provider)
    const open = await testApp({ ...provider.settings, OIDC_CLIENT_SECRET: '' }, { fetch: provider.fetch })
    await signInThrough(open, provider)
    open.close()
    expect(sent).toEqual([
      [null, 'sight line', 'pass:word +%&='],
      [null, 'sight line', null],
    ])
  })
})

test('two browsers at once do not meet', async () => {
  const [one, two] = [newJar(), newJar()]
  const urls = [await startSignIn(app, one), await startSignIn(app, two)]
  const [first, second] = urls.map(url => provider.signIn(url))
  expect((await finishSignIn(app, two, second!)).status).toBe(200)
  expect((await finishSignIn(app, one, first!)).status).toBe(200)
})

test('nothing secret is logged', async () => {
  const jar = newJar()
  const query = provider.signIn(await startSignIn(app, jar))
  await finishSignIn(app, jar, query)
  const said = app.log.join('\n')
  const secrets = [...new URLSearchParams(query).values()].filter(value => value !== provider.issuer)
  for (const secret of [...secrets, ...jar.cookies.values(), 'pass:word', 'access'])
    expect([secret, said.includes(secret)]).toEqual([secret, false])
})

test('nothing is read through that grows', async () => {
  const room = await makeRoom(app)
  await makeInvitation(app, room.id, { kind: 'group', value: 'colour' })
  provider.person.claims.groups = ['colour']
  app.roundTrips()
  expect((await signInThrough(app, provider)).status).toBe(200)
  expect((await signInThrough(app, provider, newJar(), { for: 'room', slug: room.slug })).status).toBe(200)
  const plans = await plansOf(app.database)
  expect(plans.length).toBeGreaterThan(8)
  expect(new Set(plans.flatMap(scans))).toEqual(new Set(['SCAN json_each VIRTUAL TABLE INDEX 1:']))
})

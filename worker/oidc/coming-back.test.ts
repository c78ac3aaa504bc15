import type { JWTPayload } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeInvitation, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { type FakeProvider, fakeProvider } from '../../test/support/provider.ts'
import { expectRefusal, REFUSED } from '../../test/support/refused.ts'
import {
  finishSignIn,
  fromPage,
  type Jar,
  newJar,
  signInThrough,
  startSignIn,
} from '../../test/support/sign-in.ts'

/** Browsers that come back with what they were not sent with, and people who are not admitted. */

let app: TestApp
let provider: FakeProvider
let jar: Jar
beforeEach(async () => {
  provider = await fakeProvider(() => app.clock.now)
  app = await testApp(provider.settings, { fetch: provider.fetch })
  jar = newJar()
})
afterEach(async () => {
  await app.settled()
  app.close()
})
const expectRefused = (answer: { status: number; body: unknown }, reason: string, detail?: string) =>
  expectRefusal(app, jar, answer, reason, detail)

/** That what belongs to no sign-in under way came to nothing, without a row a call and without counting for a block. */
async function expectNotBegun(answer: { status: number; body: unknown }, reason: string) {
  expect({ status: answer.status, body: answer.body }).toEqual(REFUSED)
  expect(jar.cookies.get('__Host-sightline')).toBeUndefined()
  await app.settled()
  const [noted] = app.log
    .map(line => JSON.parse(line))
    .filter(line => line.event === 'oidc.refused')
    .slice(-1)
  expect({
    reason: noted.reason,
    users: await rows(app, 'users'),
    failures: await rows(app, "limits WHERE key LIKE 'sign-in-failed%'"),
  }).toEqual({ reason, users: [], failures: [] })
}
const told = () => rows(app, "audit WHERE action = 'session.sign-in'", 'outcome, params')

describe('what comes back from the provider', () => {
  const comeBack = async (change: (query: URLSearchParams) => void) => {
    const query = new URLSearchParams(provider.signIn(await startSignIn(app, jar)))
    change(query)
    return finishSignIn(app, jar, query.toString())
  }

  test.each<[string, (query: URLSearchParams) => void, string, string?]>([
    ['with another state', q => q.set('state', 'x'.repeat(43)), 'state', 'state'],
    ['with a shorter state', q => q.set('state', 'x'), 'state', 'state'],
    ['without a state', q => q.delete('state'), 'state', 'state'],
    ['with two states', q => q.append('state', q.get('state')!), 'state', 'state'],
    ['of another issuer', q => q.set('iss', 'https://evil.example'), 'refused', 'OAUTH_INVALID_RESPONSE'],
    ['of no issuer, from one that always says it', q => q.delete('iss'), 'refused', 'OAUTH_INVALID_RESPONSE'],
    ['with another code', q => q.set('code', 'guessed'), 'token', 'OAUTH_RESPONSE_BODY_ERROR invalid_grant'],
    ['with two codes', q => q.append('code', 'x'), 'exchange', 'OAUTH_INVALID_RESPONSE'],
    ['without a code', q => q.delete('code'), 'exchange', 'OAUTH_INVALID_RESPONSE'],
    ['with a token from the address', q => q.set('id_token', 'x'), 'refused', 'OAUTH_UNSUPPORTED_OPERATION'],
    [
      'with a refusal',
      q => q.set('error', 'access_denied'),
      'refused',
      'OAUTH_AUTHORIZATION_RESPONSE_ERROR access_denied',
    ],
    [
      'with a refusal that tells stories',
      q => {
        q.set('error', '<b>Call 555 0100</b>')
        q.set('error_description', 'secret=abc')
      },
      'refused',
      'OAUTH_AUTHORIZATION_RESPONSE_ERROR',
    ],
  ])('%s', async (_, change, reason, detail) => {
    await expectRefused(await comeBack(change), reason, detail)
    expect(app.log.join()).not.toMatch(/555|secret=abc/)
  })

  test('without a state or a right one, the code goes nowhere', async () => {
    await comeBack(q => q.set('state', 'x'))
    await comeBack(q => q.set('iss', 'https://evil.example'))
    expect(provider.calls).toEqual(['GET /.well-known/openid-configuration'])
  })

  test('twice', async () => {
    const query = provider.signIn(await startSignIn(app, jar))
    const kept = new Map(jar.cookies)
    await finishSignIn(app, jar, `error=x&${query}`)
    await expectNotBegun(await finishSignIn(app, jar, query), 'cookie')
    jar.cookies = kept
    await expectNotBegun(await finishSignIn(app, jar, query), 'ceremony')
    expect(await told()).toHaveLength(1)
  })

  test('at once many times: one counts', async () => {
    const query = provider.signIn(await startSignIn(app, jar))
    const browsers = Array.from({ length: 20 }, () => ({ cookies: new Map(jar.cookies), set: [] }))
    const answers = await Promise.all(browsers.map(browser => finishSignIn(app, browser, query)))
    expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
    expect(provider.calls.filter(call => call === 'POST /token')).toHaveLength(1)
  })

  test('too late', async () => {
    const query = provider.signIn(await startSignIn(app, jar))
    app.clock.now += 600_000
    await expectNotBegun(await finishSignIn(app, jar, query), 'ceremony')
    expect(await told()).toEqual([])
  })

  test('to another browser', async () => {
    const query = provider.signIn(await startSignIn(app, newJar()))
    await expectNotBegun(await finishSignIn(app, jar, query), 'cookie')
    await startSignIn(app, jar)
    await expectRefused(await finishSignIn(app, jar, query), 'state', 'state')
  })

  test.each(['x', '', 'A'.repeat(42), `${'A'.repeat(42)}B`, `${'A'.repeat(43)}=`, '%00', '"'])(
    'with the cookie %j',
    async cookie => {
      const query = provider.signIn(await startSignIn(app, jar))
      jar.cookies.set('__Host-sightline-oidc', cookie)
      const answer = await finishSignIn(app, jar, query)
      expect({ status: answer.status, body: answer.body }).toEqual(REFUSED)
      expect(provider.calls).not.toContain('POST /token')
    },
  )

  test('with a cookie of another ceremony', async () => {
    const query = provider.signIn(await startSignIn(app, jar))
    await app.db.execute("UPDATE ceremonies SET kind = 'sign-in'")
    await expectNotBegun(await finishSignIn(app, jar, query), 'ceremony')
    expect(await rows(app, 'ceremonies')).toHaveLength(1)
  })

  test('from a page of somebody else’s', async () => {
    const query = provider.signIn(await startSignIn(app, jar))
    const cookie = [...jar.cookies].map(pair => pair.join('=')).join()
    const post = (headers: Record<string, string>) =>
      app.request('POST', '/api/auth/oidc/finish', {
        token: null,
        json: { query },
        headers: { cookie, ...headers },
      })
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(provider.calls).not.toContain('POST /token')
    expect(await rows(app, 'ceremonies')).toHaveLength(1)
  })

  test('when the provider has been exchanged for another meanwhile', async () => {
    const query = provider.signIn(await startSignIn(app, jar))
    await app.db.execute("UPDATE ceremonies SET data = json_set(data, '$.issuer', 'https://before.example')")
    await expectRefused(await finishSignIn(app, jar, query), 'provider', 'changed')
  })

  test('without the verifier that it began with', async () => {
    const query = provider.signIn(await startSignIn(app, jar))
    await app.db.execute("UPDATE ceremonies SET data = json_set(data, '$.verifier', 'another')")
    await expectRefused(
      await finishSignIn(app, jar, query),
      'token',
      'OAUTH_RESPONSE_BODY_ERROR invalid_grant',
    )
  })

  test.each([[{}], [{ query: 7 }], [{ query: 'x'.repeat(8193) }], [{ query: 'x', more: 1 }]])(
    'as %j is no such call',
    async json => {
      const { status, body } = await fromPage(app, jar, 'POST', '/api/auth/oidc/finish', json)
      expect([status, body.code]).toEqual([400, 'invalid'])
    },
  )
})

describe('an identity that is not admitted', () => {
  test.each<[string, JWTPayload]>([
    ['is on no list', { email: 'eve@elsewhere.example' }],
    ['has an address that is not verified', { email_verified: false }],
  ])('%s', async (_, claims) => {
    Object.assign(provider.person.claims, claims)
    await expectRefused(await signInThrough(app, provider, jar), 'list')
  })

  test('stands before an empty list', async () => {
    app.close()
    app = await testApp({ ...provider.settings, OIDC_ALLOW: '' }, { fetch: provider.fetch })
    await expectRefused(await signInThrough(app, provider, jar), 'list')
  })
})

test('of a room, a failed sign-in is told like any other', async () => {
  const room = await makeRoom(app)
  await makeInvitation(app, room.id, { kind: 'email', value: 'ada@example.com' })
  provider.claims = right => ({ ...right, nonce: 'x' })
  const answer = await signInThrough(app, provider, jar, { for: 'room', slug: room.slug })
  await expectRefused(answer, 'token', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED nonce')
})

describe('failures that block an address', () => {
  beforeEach(() => {
    jar.address = '198.51.100.7'
  })
  const times = async (change: (query: string) => string, count = 20) => {
    for (let n = 0; n < count; n++) {
      await finishSignIn(app, jar, change(provider.signIn(await startSignIn(app, jar))))
      // Not faster than anybody may try at all.
      app.clock.now += 5_000
    }
    return rows(app, 'blocks', 'block, source')
  }
  const blocked = [{ block: '198.51.100.7', source: 'sign-in' }]

  test('are those with a code that was guessed', async () => {
    expect(await times(query => query.replace('code=', 'code=x'))).toEqual(blocked)
  })

  test.each<[string, (query: string) => string]>([
    ['another state', query => query.replace('state=', 'state=x')],
    ['no state', () => 'code=x'],
    ['another issuer', query => query.replace('iss=', 'iss=x')],
    ['a refusal', query => `${query}&error=access_denied`],
  ])('are not those with %s', async (_, change) => {
    expect(await times(change, 25)).toEqual([])
  })

  test.each<[string, (browser: Jar) => void]>([
    ['no sign-in under way', browser => browser.cookies.clear()],
    ['one that is long over', browser => browser.cookies.set('__Host-sightline-oidc', 'A'.repeat(43))],
  ])('are not those of a browser with %s, however often a page sends it here', async (_, prepare) => {
    for (let n = 0; n < 60; n++) {
      prepare(jar)
      expect((await finishSignIn(app, jar, 'code=x&state=y')).status).toBe(403)
    }
    await app.settled()
    expect([await rows(app, 'blocks'), await told()]).toEqual([[], []])
    app.clock.now += 60_000
    expect((await signInThrough(app, provider, jar)).status).toBe(200)
  })

  test('are those of people who are on no list', async () => {
    provider.person.claims.email = 'eve@elsewhere.example'
    expect(await times(query => query)).toEqual(blocked)
  })

  test.each(['/token', '/jwks', '/userinfo'])('are not those of a provider that fails at %s', async path => {
    provider.instead[path] = () => new Response('x', { status: 500 })
    expect(await times(query => query)).toEqual([])
  })
})

test('without a provider nothing comes back: 404, and nobody is blocked', async () => {
  const none = await testApp()
  jar.address = '198.51.100.7'
  jar.cookies.set('__Host-sightline-oidc', 'A'.repeat(43))
  for (let n = 0; n < 25; n++) {
    const { status, body } = await finishSignIn(none, jar, 'x=1')
    expect([status, body.code, jar.set]).toEqual([404, 'not_found', []])
  }
  await none.settled()
  expect([await rows(none, 'blocks'), await rows(none, 'audit')]).toEqual([[], []])
  none.close()
})

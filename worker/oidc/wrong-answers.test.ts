import { UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { type FakeProvider, fakeProvider } from '../../test/support/provider.ts'
import { expectRefusal } from '../../test/support/refused.ts'
import { fromPage, type Jar, newJar, signInThrough } from '../../test/support/sign-in.ts'
import { broken, endless, gone, html, large, redirected } from '../../test/support/wrong-answers.ts'

/** Providers that answer nonsense, too much, too late or not at all. */

let app: TestApp
let provider: FakeProvider
let jar: Jar
beforeEach(async () => {
  provider = await fakeProvider(() => app.clock.now)
  app = await testApp(provider.settings, { fetch: provider.fetch })
  jar = newJar()
})
afterEach(async () => {
  vi.useRealTimers()
  await app.settled()
  app.close()
})
const expectRefused = (answer: { status: number; body: unknown }, reason: string, detail?: string) =>
  expectRefusal(app, jar, answer, reason, detail)

describe('an answer of the provider', () => {
  type Answer = () => Response | Promise<Response>
  const wrong: [string, Answer, ...details: [string, string, string]][] = [
    ['HTML', html, 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_JSON', 'type'],
    [
      'no JSON',
      () => new Response('{', { headers: { 'content-type': 'application/json' } }),
      'OAUTH_PARSE_ERROR',
      'OAUTH_PARSE_ERROR',
      'OAUTH_PARSE_ERROR',
    ],
    [
      'a list',
      () => Response.json([]),
      'OAUTH_INVALID_RESPONSE',
      'OAUTH_INVALID_RESPONSE',
      'OAUTH_INVALID_RESPONSE',
    ],
    [
      'null',
      () => Response.json(null),
      'OAUTH_INVALID_RESPONSE',
      'OAUTH_INVALID_RESPONSE',
      'OAUTH_INVALID_RESPONSE',
    ],
    [
      'an empty object',
      () => Response.json({}),
      'OAUTH_INVALID_RESPONSE',
      'OAUTH_INVALID_RESPONSE',
      'OAUTH_INVALID_RESPONSE',
    ],
    [
      'an error of the server',
      () => Response.json({}, { status: 500 }),
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
    ],
    [
      'nothing',
      () => new Response(null, { status: 204 }),
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
      'OAUTH_RESPONSE_IS_NOT_CONFORM',
      'type',
    ],
    ['a redirect', redirected, 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'type'],
    ['too large', large, 'Error', 'Error', 'Error'],
    ['without end', endless, 'Error', 'Error', 'Error'],
    ['broken', broken, 'RangeError', 'RangeError', 'RangeError'],
    ['none', gone, 'TypeError', 'TypeError', 'TypeError'],
  ]
  const places = [
    ['/token', 0],
    ['/jwks', 1],
    ['/userinfo', 2],
  ] as const
  const cases = wrong.flatMap(([what, answer, ...details]) =>
    places.map(([path, n]) => ({ what, path, answer, detail: details[n] })),
  )

  test.each(cases)('$path: $what', async ({ path, answer, detail }) => {
    provider.instead[path] = answer
    const refusal = await signInThrough(app, provider, jar)
    const step = { '/token': ['token', 'exchange'], '/jwks': ['signature'], '/userinfo': ['userinfo'] }[path]
    const reasonOf = ({ params }: Record<string, unknown>) => JSON.parse(String(params)).reason as string
    await app.settled()
    const reason = reasonOf((await rows(app, 'audit', 'params')).at(-1)!)
    expect(step).toContain(reason)
    await expectRefused(refusal, reason, detail)
    expect(provider.calls.some(call => call.includes('evil'))).toBe(false)
  })

  test.each(['/token', '/jwks', '/userinfo'])('%s: does not come within five seconds', async path => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const hangs = new Promise<void>(hung => {
      provider.instead[path] = ({ signal }) =>
        new Promise((_, fail) => {
          signal.addEventListener('abort', () => fail(signal.reason))
          hung()
        })
    })
    const answer = signInThrough(app, provider, jar)
    await hangs
    let answered = false
    answer.finally(() => {
      answered = true
    })
    await vi.advanceTimersByTimeAsync(4_999)
    expect(answered).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()
    const reason = { '/token': 'exchange', '/jwks': 'signature', '/userinfo': 'userinfo' }[path]!
    await expectRefused(await answer, reason, 'AbortError')
  })

  test('userinfo: about somebody else', async () => {
    provider.person.userinfo = { sub: 'eve-1', groups: ['colour'] }
    await expectRefused(
      await signInThrough(app, provider, jar),
      'userinfo',
      'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
    )
  })

  test('userinfo: as a token that nobody has verified', async () => {
    provider.instead['/userinfo'] = () =>
      new Response(new UnsecuredJWT({ sub: 'ada-1' }).encode(), {
        headers: { 'content-type': 'application/jwt' },
      })
    await expectRefused(await signInThrough(app, provider, jar), 'userinfo', 'type')
  })

  test('token: without an id token', async () => {
    provider.instead['/token'] = () => Response.json({ access_token: 'a', token_type: 'Bearer' })
    await expectRefused(await signInThrough(app, provider, jar), 'token', 'OAUTH_INVALID_RESPONSE')
  })
})

describe('a sign-in that cannot begin', () => {
  const start = (json: unknown = { for: 'admin' }) => fromPage(app, jar, 'POST', '/api/auth/oidc/start', json)
  const expectNothing = async () =>
    expect([jar.set, await rows(app, 'ceremonies'), provider.calls.includes('POST /token')]).toEqual([
      [],
      [],
      false,
    ])

  test('because no provider is set', async () => {
    const none = await testApp({}, { fetch: provider.fetch })
    const answer = await fromPage(none, jar, 'POST', '/api/auth/oidc/start', { for: 'admin' })
    expect([answer.status, answer.body.code, await rows(none, 'ceremonies')]).toEqual([404, 'not_found', []])
    none.close()
  })

  test.each([
    [null],
    [{}],
    [{ for: 'owner' }],
    [{ for: 'room' }],
    [{ for: 'room', slug: '../x' }],
    [{ for: 'admin', slug: 'x' }],
    [{ for: 'admin', next: 'https://evil.example' }],
  ])('for %j', async json => {
    expect((await start(json)).status).toBe(400)
    await expectNothing()
  })

  const documents: [string, (said: Record<string, unknown>) => Record<string, unknown>][] = [
    ['another issuer', said => ({ ...said, issuer: 'https://evil.example' })],
    ['no issuer', said => ({ ...said, issuer: undefined })],
    ['no token endpoint', said => ({ ...said, token_endpoint: undefined })],
    ['no keys', said => ({ ...said, jwks_uri: undefined })],
    ['a token endpoint without TLS', said => ({ ...said, token_endpoint: 'http://id.example/token' })],
    ['keys on this machine', said => ({ ...said, jwks_uri: 'http://127.0.0.1/jwks' })],
    ['a page to go to without TLS', said => ({ ...said, authorization_endpoint: 'http://id.example/' })],
    [
      'a page to go to that is a script',
      said => ({ ...said, authorization_endpoint: 'javascript:alert(1)' }),
    ],
    ['userinfo without TLS', said => ({ ...said, userinfo_endpoint: 'http://id.example/userinfo' })],
    ['endpoints that are no addresses', said => ({ ...said, token_endpoint: 7 })],
    [
      'no signatures that we take',
      said => ({ ...said, id_token_signing_alg_values_supported: ['none', 'HS256'] }),
    ],
    ['signatures that are no list', said => ({ ...said, id_token_signing_alg_values_supported: 'RS256' })],
    ['no codes', said => ({ ...said, response_types_supported: ['id_token'] })],
  ]
  test.each(documents)('because the provider says %s', async (_, document) => {
    provider.document = document
    expect(await start()).toMatchObject({ status: 503, body: { code: 'provider_unavailable' } })
    await expectNothing()
  })

  test.each<[string, () => Response | Promise<Response>]>([
    ['HTML', html],
    ['too much', large],
    ['without end', endless],
    ['a redirect', redirected],
    ['an error', () => new Response('x', { status: 500 })],
    ['nothing', gone],
  ])('because the provider answers %s', async (_, answer) => {
    provider.instead['/.well-known/openid-configuration'] = answer
    expect(await start()).toMatchObject({ status: 503, body: { code: 'provider_unavailable' } })
    await expectNothing()
    delete provider.instead['/.well-known/openid-configuration']
    expect((await start()).status).toBe(200)
  })
})

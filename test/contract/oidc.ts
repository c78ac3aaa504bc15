import { expect, test } from 'vitest'
import type { FakeProvider } from '../support/provider.ts'
import { call, type Server } from './call.ts'

/** Signing in through an identity provider: the runtime's own fetch and cryptography do the work. */
export function oidcCases(server: Server, at: () => FakeProvider): void {
  const post = (path: string, json: object, cookie?: string) =>
    call(server(), 'POST', path, {
      json,
      headers: { origin: server().url, ...(cookie === undefined ? {} : { cookie }) },
    })
  const cookies = (headers: Headers) => headers.getSetCookie().map(line => line.split(';')[0]!)

  async function signIn() {
    const started = await post('/api/auth/oidc/start', { for: 'admin' })
    expect(started.status).toBe(200)
    const query = at().signIn(started.body.url)
    const [cookie] = cookies(started.headers)
    return { query, cookie: cookie!, answer: await post('/api/auth/oidc/finish', { query }, cookie) }
  }

  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('works with %s', async alg => {
    at().sign = claims => at().signed(claims, alg)
    const { answer } = await signIn()
    expect([answer.status, answer.body]).toEqual([200, { next: 'admin' }])
    const cookie = cookies(answer.headers).find(line => line.startsWith('__Host-sightline='))!
    const session = await call(server(), 'GET', '/api/session', { headers: { cookie } })
    expect([session.status, session.body.user]).toEqual([
      200,
      { id: expect.any(String), name: 'Ada', role: 'admin' },
    ])
  })

  test('counts once', async () => {
    const { query, cookie } = await signIn()
    expect((await post('/api/auth/oidc/finish', { query }, cookie)).status).toBe(403)
  })

  test('refuses a signature by another key, and an answer that is a redirect or too large', async () => {
    const { sign } = at()
    at().sign = async claims => (await at().signed(claims)).replace(/.{8}$/, 'AAAAAAAA')
    expect((await signIn()).answer.status).toBe(403)
    at().sign = sign
    const wrong = [
      () => new Response(null, { status: 302, headers: { location: '/realms/post/jwks' } }),
      () =>
        new Response(`{"x":"${'x'.repeat(300_000)}"}`, { headers: { 'content-type': 'application/json' } }),
    ]
    for (const answer of wrong) {
      at().instead['/token'] = answer
      expect((await signIn()).answer.body.code).toBe('sign_in_failed')
    }
    delete at().instead['/token']
    expect((await signIn()).answer.status).toBe(200)
  })
}

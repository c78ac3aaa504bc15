import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { call, type Server } from './call.ts'

/** Health, readiness, keys, documents, and the shape of an error. */
export function systemCases(server: Server): void {
  test('healthz says version and runtime', async () => {
    const { status, body } = await call(server(), 'GET', '/healthz')
    expect([status, body]).toEqual([
      200,
      { status: 'ok', version: manifest.version, runtime: server().runtime },
    ])
  })

  test('readyz reaches database and origin', async () => {
    const { status, body } = await call(server(), 'GET', '/readyz')
    expect([status, body]).toEqual([200, { status: 'ok', database: 'ok', origin: 'ok', live: 'ok' }])
  })

  test('the public keys are public, and only that', async () => {
    const { status, body } = await call(server(), 'GET', '/.well-known/jwks.json')
    expect(status).toBe(200)
    expect(body.keys.length).toBeGreaterThan(0)
    for (const key of body.keys) {
      expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
      expect(key).not.toHaveProperty('d')
    }
  })

  test('OpenAPI describes the calls of the contract', async () => {
    const { status, body } = await call(server(), 'GET', '/api/openapi.json')
    expect([status, body.openapi]).toEqual([200, '3.1.0'])
    for (const path of ['/api/rooms', '/api/join', '/api/playback', '/v1/admission'])
      expect(body.paths).toHaveProperty([path])
  })

  test('an unknown path is a problem with a code, not an HTML page', async () => {
    const { status, headers, body } = await call(server(), 'GET', '/api/nothing')
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(body).toEqual({
      type: 'urn:sightline:problem:not_found',
      title: expect.any(String),
      status: 404,
      code: 'not_found',
      detail: expect.any(String),
    })
  })

  test('another method on a known path is 405 and says which it takes', async () => {
    const { status, headers, body } = await call(server(), 'DELETE', '/healthz')
    expect([status, headers.get('allow'), body.code]).toEqual([405, 'GET, HEAD', 'method_not_allowed'])
  })

  test('a request id goes through, and what does not look like one is replaced', async () => {
    const own = await call(server(), 'GET', '/healthz', { headers: { 'x-request-id': 'from-the-proxy-1' } })
    const other = await call(server(), 'GET', '/healthz', { headers: { 'x-request-id': '<script>alert(1)' } })
    expect(own.headers.get('x-request-id')).toBe('from-the-proxy-1')
    expect(other.headers.get('x-request-id')).toMatch(/^[a-z2-7]{16}$/)
  })
}

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { ask, omeDown } from '../../test/support/api.ts'
import { omeError, type TestApp, testApp } from '../../test/support/app.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
  app.roundTrips()
})
afterEach(() => {
  vi.useRealTimers()
  app.close()
})

const get = (path: string, from = app) => ask(from, 'GET', path, { token: null })
const plain = ({ status, headers, body }: Awaited<ReturnType<typeof get>>) => ({
  status,
  cache: headers['cache-control'],
  body,
})

describe('healthz', () => {
  const healthy = {
    status: 200,
    cache: 'no-store',
    body: { status: 'ok', version: manifest.version, runtime: 'node' },
  }

  test('touches neither database nor origin', async () => {
    expect(plain(await get('/healthz'))).toEqual(healthy)
    expect({ trips: app.roundTrips(), calls: app.origin.calls }).toEqual({ trips: 0, calls: [] })
  })

  test('says so when everything else is down', async () => {
    app.database.state('down')
    app.origin.answer = omeDown
    expect(plain(await get('/healthz'))).toEqual(healthy)
  })
})

describe('readyz', () => {
  const ready = (status: number, state: string, database: string, origin: string) => ({
    status,
    cache: 'no-store',
    body: { status: state, database, origin, live: 'ok' },
  })
  beforeEach(() => {
    app.origin.answer = () => Response.json({ statusCode: 200, message: 'OK', response: [] })
  })

  test('both answer', async () => {
    expect(plain(await get('/readyz'))).toEqual(ready(200, 'ok', 'ok', 'ok'))
    expect(app.origin.calls).toEqual(['GET /v1/vhosts/default/apps/app/streams'])
    expect(app.roundTrips()).toBe(1)
  })

  test('the database fails, and comes back without a restart', async () => {
    app.database.state('down')
    expect(plain(await get('/readyz'))).toEqual(ready(503, 'down', 'down', 'ok'))
    expect(app.log.some(line => line.includes('"database.down"'))).toBe(true)
    app.database.state('up')
    expect(plain(await get('/readyz'))).toEqual(ready(200, 'ok', 'ok', 'ok'))
  })

  test('the database says nothing for two seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    app.database.state('silent')
    let answered = false
    const answer = get('/readyz').finally(() => {
      answered = true
    })
    while (vi.getTimerCount() === 0) await new Promise(setImmediate)
    await vi.advanceTimersByTimeAsync(1_999)
    expect(answered).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(plain(await answer)).toEqual(ready(503, 'down', 'down', 'ok'))
    expect(vi.getTimerCount()).toBe(0)
    app.database.state('up')
    expect(plain(await get('/readyz'))).toEqual(ready(200, 'ok', 'ok', 'ok'))
  })

  test.each<[string, () => Response]>([
    ['a proxy that cannot reach it', omeDown],
    ['a wrong token', () => omeError(401)],
    ['no such application', () => omeError(404)],
    ['a page instead of an answer', () => new Response('<!doctype html>')],
    [
      'no answer at all',
      () => {
        throw new TypeError('fetch failed')
      },
    ],
  ])('the origin is down: %s', async (_, answer) => {
    app.origin.answer = answer
    expect(plain(await get('/readyz'))).toEqual(ready(503, 'down', 'ok', 'down'))
  })

  test('both are down', async () => {
    app.database.state('down')
    app.origin.answer = omeDown
    expect(plain(await get('/readyz'))).toEqual(ready(503, 'down', 'down', 'down'))
  })

  test('there is no origin, which is no fault', async () => {
    const alone = await testApp({ OME_API_URL: '', OME_WEBHOOK_SECRET: '' })
    try {
      expect(plain(await get('/readyz', alone))).toEqual(ready(200, 'ok', 'ok', 'none'))
    } finally {
      alone.close()
    }
  })
})

describe('jwks.json', () => {
  interface Jwks {
    keys: { kid: string; x: string }[]
  }
  const jwks = async (from = app) => (await get('/.well-known/jwks.json', from)).body as unknown as Jwks

  test('has public keys and only those, and needs no database', async () => {
    const { status, headers, body } = await get('/.well-known/jwks.json')
    expect({ status, cache: headers['cache-control'], body }).toEqual({
      status: 200,
      cache: 'public, max-age=300',
      body: {
        keys: [
          {
            kty: 'OKP',
            crv: 'Ed25519',
            x: expect.stringMatching(/^[\w-]{43}$/),
            use: 'sig',
            alg: 'EdDSA',
            kid: expect.stringMatching(/^[\w-]{43}$/),
          },
        ],
      },
    })
    expect(app.roundTrips()).toBe(0)
    expect(await jwks()).toEqual(body)
  })

  test('follows the secret: the same for the same, the previous one’s behind', async () => {
    const same = await testApp()
    const next = await testApp({
      SIGHTLINE_SECRET: 'the secret after, long enough for anybody at all',
      SIGHTLINE_SECRET_PREVIOUS: app.config.secret,
    })
    try {
      const [key] = (await jwks()).keys
      expect((await jwks(same)).keys).toEqual([key])
      const keys = (await jwks(next)).keys
      expect(keys).toHaveLength(2)
      expect(keys[0]!.kid).not.toBe(key!.kid)
      expect(keys[1]).toEqual(key)
    } finally {
      same.close()
      next.close()
    }
  })
})

describe('session', () => {
  /** What machines may: all but what is the owner's or a person's own. */
  const machines = [
    'rooms:read',
    'rooms:write',
    'rooms:delete',
    'ingest',
    'links:read',
    'links:write',
    'attendance:read',
    'users:read',
    'users:write',
    'keys',
    'blocks',
    'audit:read',
    'metrics',
  ]

  test('tells an admin what they are talking to', async () => {
    const { status, headers, body } = await ask(app, 'GET', '/api/session')
    expect({ status, cache: headers['cache-control'], body }).toEqual({
      status: 200,
      cache: 'no-store',
      body: {
        kind: 'token',
        user: null,
        role: 'admin',
        rights: machines,
        demo: false,
        version: manifest.version,
        publicUrl: null,
        originConfigured: true,
      },
    })
    // Whether the caller is blocked.
    expect(app.roundTrips()).toBe(1)
  })

  test('of a demonstration, and without an origin', async () => {
    const demo = await testApp({
      DEMO_ORIGIN: 'true',
      PUBLIC_URL: 'http://localhost:8787',
      OME_API_URL: '',
      OME_WEBHOOK_SECRET: '',
    })
    try {
      expect((await ask(demo, 'GET', '/api/session')).body).toEqual({
        kind: 'token',
        user: null,
        role: 'admin',
        rights: machines,
        demo: true,
        version: manifest.version,
        publicUrl: 'http://localhost:8787',
        originConfigured: false,
      })
    } finally {
      demo.close()
    }
  })

  test('a deployment without an admin token has no admin', async () => {
    const closed = await testApp({ SIGHTLINE_ADMIN_TOKEN: '' })
    try {
      for (const token of ['', 'undefined', 'null', app.config.adminToken!])
        expect((await ask(closed, 'GET', '/api/session', { token })).status).toBe(401)
      expect((await ask(closed, 'GET', '/metrics', { token: null })).status).toBe(401)
    } finally {
      closed.close()
    }
  })
})

test('metrics are counters by route, for who has the token', async () => {
  expect((await get('/metrics')).status).toBe(401)
  await ask(app, 'GET', '/api/rooms/aaaaaaaaaaaaaaaa')
  await get('/nothing/here?with=query')
  const { status, headers, body } = await ask<string>(app, 'GET', '/metrics')
  expect({ status, type: headers['content-type'], cache: headers['cache-control'] }).toEqual({
    status: 200,
    type: 'text/plain; version=0.0.4',
    cache: 'no-store',
  })
  expect(body.split('\n').filter(line => line.startsWith('sightline_requests_total'))).toEqual([
    'sightline_requests_total{route="/metrics",status="401"} 1',
    'sightline_requests_total{route="/api/rooms/:id",status="404"} 1',
    expect.stringMatching(/^sightline_requests_total\{route="\/?\*",status="404"\} 1$/),
  ])
})

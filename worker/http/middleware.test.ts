import { afterEach, describe, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'

const open: TestApp[] = []
async function started(env: Record<string, string> = {}): Promise<TestApp> {
  const app = await testApp(env)
  open.push(app)
  return app
}
afterEach(() => {
  for (const app of open.splice(0)) app.close()
})

const lines = (app: TestApp) =>
  app.log.map(line => JSON.parse(line) as Record<string, unknown>).filter(line => line.event === 'request')

describe('request ids', () => {
  test.each(['abcdefgh', 'a.b:c-d_E', '0'.repeat(64)])('%s is taken, answered and logged', async id => {
    const app = await started()
    const { headers } = await ask(app, 'GET', '/healthz', { headers: { 'x-request-id': id } })
    expect(headers['x-request-id']).toBe(id)
    expect(lines(app).map(line => line.requestId)).toEqual([id])
  })

  test.each(['', 'short', '0'.repeat(65), 'with space', 'with"quote', '<script>', 'a,b,c,d,e', 'ünïcödé1'])(
    '%j is replaced',
    async id => {
      const app = await started()
      const { headers } = await ask(app, 'GET', '/healthz', { headers: { 'x-request-id': id } })
      expect(headers['x-request-id']).toMatch(/^[a-z2-7]{16}$/)
      expect(lines(app).map(line => line.requestId)).toEqual([headers['x-request-id']])
    },
  )

  test('without one, each request has its own', async () => {
    const app = await started()
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => (await ask(app, 'GET', '/healthz')).headers['x-request-id']),
    )
    expect(new Set(ids).size).toBe(5)
  })
})

test('a request is one log line: route, not path; status; and nothing a caller wrote', async () => {
  const app = await started()
  await ask(app, 'GET', '/api/rooms/aaaaaaaaaaaaaaaa?q=secret#fragment')
  await ask(app, 'POST', '/api/nothing?q=secret')
  await ask(app, 'GET', '/r/slug-of-a-room?q=secret')
  await ask(app, 'GET', '/no/such/file?q=secret')
  const line = (method: string, route: string, status: number) => ({
    time: expect.any(String),
    level: 'info',
    event: 'request',
    requestId: expect.any(String),
    method,
    route,
    status,
    ms: 0,
  })
  expect(lines(app)).toEqual([
    line('GET', '/api/rooms/:id', 404),
    line('POST', '/api/*', 404),
    line('GET', '/r/:room', 200),
    line('GET', expect.stringMatching(/^\/?\*$/) as unknown as string, 404),
  ])
  expect(app.log.join('\n')).not.toMatch(/secret|slug-of-a-room|aaaaaaaaaaaaaaaa|nothing|such/)
})

describe('common headers', () => {
  const always = {
    'content-security-policy': expect.stringMatching(
      /^default-src '(none|self)'; (.*; )?frame-ancestors 'none'$/,
    ),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'x-request-id': expect.stringMatching(/^[a-z2-7]{16}$/),
  }
  const calls: [what: string, method: string, path: string, status: number][] = [
    ['an answer', 'GET', '/healthz', 200],
    ['a page', 'GET', '/r/x', 200],
    ['a wrong method', 'PUT', '/healthz', 405],
    ['nothing there', 'GET', '/nope', 404],
    ['nothing there, posted', 'POST', '/nope', 404],
    ['no body', 'POST', '/api/join', 415],
    ['no signature', 'POST', '/v1/admission', 401],
    ['a redirect', 'GET', 'http://other.test/r/x', 308],
    ['a preflight', 'OPTIONS', '/api/join', 204],
  ]
  const env = { PUBLIC_URL: 'http://sightline.test', CORS_ORIGINS: 'https://portal.example' }

  test.each(calls)('are on %s', async (_, method, path, status) => {
    const app = await started(env)
    const answer = await ask(app, method, path, {
      token: null,
      headers: { origin: 'https://portal.example' },
    })
    expect({ status: answer.status, headers: answer.headers }).toMatchObject({ status, headers: always })
    expect(answer.headers['strict-transport-security']).toBeUndefined()
  })

  test('are on an answer that failed', async () => {
    const app = await started()
    app.database.state('down')
    expect(await ask(app, 'GET', '/api/rooms')).toMatchObject({ status: 503, headers: always })
  })

  test.each(calls)('promise TLS where there is TLS: %s', async (_, method, path, status) => {
    const app = await started({ ...env, PUBLIC_URL: 'https://sightline.test' })
    const answer = await ask(app, method, path, {
      token: null,
      headers: { origin: 'https://portal.example' },
    })
    expect(answer).toMatchObject({
      status,
      headers: { ...always, 'strict-transport-security': 'max-age=31536000; includeSubDomains' },
    })
  })
})

describe('a server of this machine alone', () => {
  const call = async (host: string, path: string, method = 'GET') => {
    const app = await testApp({}, { localOnly: true })
    open.push(app)
    return ask<{ code: string }>(app, method, `http://${host}${path}`, { token: null })
  }

  test.each(['localhost', 'localhost:8787', 'a.localhost:8787', '127.0.0.1:8787', '127.0.0.2', '[::1]:8787'])(
    'is there as %s',
    async host => {
      expect((await call(host, '/admin')).status).toBe(200)
      expect((await call(host, '/api/auth/methods')).status).toBe(200)
    },
  )

  test.each([
    'evil.example',
    'evil.example:8787',
    'localhost.evil.example',
    'evillocalhost',
    '127.0.0.1.evil.example',
    '192.168.1.2:8787',
    '0.0.0.0:8787',
    '[::2]:8787',
  ])('is not as %s, but for what programs ask', async host => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/admin'],
      ['GET', '/r/room'],
      ['GET', '/api/auth/methods'],
      ['POST', '/api/join'],
      ['POST', '/api/auth/passkey/options'],
      ['GET', '/v1x'],
    ] as const) {
      const { status, body } = await call(host, path, method)
      expect([path, status, body.code]).toEqual([path, 421, 'wrong_host'])
    }
    expect((await call(host, '/healthz')).status).toBe(200)
    expect((await call(host, '/v1/admission', 'POST')).status).toBe(401)
  })
})

describe('CORS', () => {
  const PORTAL = 'https://portal.example'
  const from = (origin: string, more: Record<string, string> = {}) => ({ headers: { origin, ...more } })
  const corsOf = (headers: Record<string, string>) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')))
  const preflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  }
  const exposed = 'ETag,Location,Retry-After,X-Request-Id'

  test.each(['/api/join', '/api/room', '/api/playback'])(
    '%s may be called from a listed origin',
    async path => {
      const app = await started({ CORS_ORIGINS: `${PORTAL}, http://localhost:3000` })
      for (const origin of [PORTAL, 'http://localhost:3000']) {
        const asked = await ask(app, 'OPTIONS', path, { token: null, ...from(origin, preflight) })
        expect({ status: asked.status, cors: corsOf(asked.headers), vary: asked.headers.vary }).toEqual({
          status: 204,
          vary: expect.stringContaining('Origin'),
          cors: {
            'access-control-allow-origin': origin,
            'access-control-allow-methods': 'GET,POST',
            'access-control-allow-headers': 'Authorization,Content-Type,If-None-Match',
            'access-control-expose-headers': exposed,
            'access-control-max-age': '600',
          },
        })
        // A refusal must be readable too, or the page could not tell the reason.
        const method = path === '/api/room' ? 'GET' : 'POST'
        const refused = await ask(app, method, path, { token: null, ...from(origin) })
        expect(refused.status).toBeGreaterThanOrEqual(400)
        expect({ cors: corsOf(refused.headers), vary: refused.headers.vary }).toEqual({
          cors: { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed },
          vary: 'Origin',
        })
      }
    },
  )

  test('a whole visit from a listed origin', async () => {
    const app = await started({ CORS_ORIGINS: PORTAL })
    const { token } = await join(app, await makeLink(app, (await makeRoom(app)).id))
    const first = await ask(app, 'GET', '/api/room', { token, ...from(PORTAL) })
    const again = await ask(app, 'GET', '/api/room', {
      token,
      ...from(PORTAL, { 'if-none-match': first.headers.etag! }),
    })
    for (const [answer, status] of [
      [first, 200],
      [again, 304],
    ] as const)
      expect({ status: answer.status, origin: answer.headers['access-control-allow-origin'] }).toEqual({
        status,
        origin: PORTAL,
      })
  })

  test.each([
    'https://evil.example',
    'https://portal.example.evil.example',
    'https://portal.example:8443',
    'http://portal.example',
    'https://PORTAL.example',
    'null',
    '*',
  ])('an origin that is not listed gets nothing: %s', async origin => {
    const app = await started({ CORS_ORIGINS: PORTAL })
    const asked = await ask(app, 'OPTIONS', '/api/join', { token: null, ...from(origin, preflight) })
    const called = await ask(app, 'POST', '/api/join', {
      token: null,
      json: { slug: 'x', secret: 'x' },
      ...from(origin),
    })
    for (const { headers } of [asked, called]) expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  test('nothing but a viewer’s calls, whoever asks: admin never', async () => {
    const app = await started({ CORS_ORIGINS: PORTAL })
    const room = await makeRoom(app)
    for (const path of [
      '/api/rooms',
      `/api/rooms/${room.id}`,
      `/api/rooms/${room.id}/links`,
      '/api/session',
      '/api/room/',
      '/metrics',
      '/healthz',
      '/v1/admission',
    ]) {
      const asked = await ask(app, 'OPTIONS', path, { token: null, ...from(PORTAL, preflight) })
      const called = await ask(app, 'GET', path, from(PORTAL))
      expect({ path, preflight: [404, 405].includes(asked.status) }).toEqual({ path, preflight: true })
      for (const { headers } of [asked, called])
        expect({ path, cors: corsOf(headers) }).toEqual({ path, cors: {} })
    }
  })

  test('without a list there is no CORS at all', async () => {
    const app = await started()
    const asked = await ask(app, 'OPTIONS', '/api/join', { token: null, ...from(PORTAL, preflight) })
    const called = await ask(app, 'POST', '/api/join', {
      token: null,
      json: { slug: 'x', secret: 'x' },
      ...from(PORTAL),
    })
    expect([asked.status, corsOf(asked.headers), corsOf(called.headers)]).toEqual([405, {}, {}])
  })
})

describe('the canonical host', () => {
  const env = { PUBLIC_URL: 'https://review.example' }
  const OTHER = 'http://old.example:8787'

  test.each([
    ['/', 'https://review.example/'],
    ['/r/nordlicht', 'https://review.example/r/nordlicht'],
    ['/r/nordlicht/sub?a=1&b=%20x', 'https://review.example/r/nordlicht/sub?a=1&b=%20x'],
    ['/admin/rooms?q=%C3%A9', 'https://review.example/admin/rooms?q=%C3%A9'],
    ['/assets/app-1.js', 'https://review.example/assets/app-1.js'],
    ['//evil.example/x', 'https://review.example//evil.example/x'],
    ['/@evil.example', 'https://review.example/@evil.example'],
    ['/apidocs', 'https://review.example/apidocs'],
  ])('%s goes to %s', async (path, location) => {
    const app = await started(env)
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await ask(app, method, OTHER + path, { token: null })
      expect({ status, location: headers.location }).toEqual({ status: 308, location })
    }
  })

  test.each(['/healthz', '/readyz', '/metrics', '/.well-known/jwks.json', '/api/rooms', '/api', '/api/room'])(
    '%s is answered under any name',
    async path => {
      const app = await started(env)
      expect((await ask(app, 'GET', OTHER + path, { token: null })).headers.location).toBeUndefined()
    },
  )

  test('what is not read is not sent elsewhere', async () => {
    const app = await started(env)
    for (const [method, path] of [
      ['POST', '/api/join'],
      ['POST', '/v1/admission'],
      ['POST', '/r/x'],
    ] as const)
      expect((await ask(app, method, OTHER + path, { token: null })).headers.location).toBeUndefined()
  })

  test('its own name is not redirected, whatever the scheme in front of the proxy', async () => {
    const app = await started(env)
    for (const base of ['https://review.example', 'http://review.example'])
      expect((await ask(app, 'GET', `${base}/r/x`, { token: null })).status).toBe(200)
  })

  test.each<[string, Record<string, string>]>([
    ['no public address', {}],
    ['a local one', { PUBLIC_URL: 'http://localhost:8787' }],
    ['switched off', { ...env, CANONICAL_REDIRECT: 'false' }],
  ])('%s: nobody is redirected', async (_, settings) => {
    const app = await started(settings)
    expect((await ask(app, 'GET', `${OTHER}/r/x`, { token: null })).status).toBe(200)
  })
})

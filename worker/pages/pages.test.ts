import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { type PageKind, pageHeaders } from './headers.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
  app.roundTrips()
})
afterEach(() => app.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  ask<string>(app, 'GET', path, { token: null, headers })
/** What all visitors get alike: everything but the request id. */
const seen = ({
  status,
  headers: { 'x-request-id': _, ...headers },
  body,
}: Awaited<ReturnType<typeof get>>) => ({
  status,
  headers,
  body,
})

const PAGE = 'public, max-age=0, s-maxage=60, must-revalidate'

test.each<[string, string]>([
  ['/group/reel-3/', '/r/reel-3'],
  ['/group/reel-3', '/r/reel-3'],
  ['/group/reel-3/?token=a.b.c', '/r/reel-3?token=a.b.c'],
])('%s, where Galene had a group, leads to the room, and no cache keeps it', async (path, place) => {
  const { status, headers } = await get(path)
  expect([status, headers.location, headers['cache-control']]).toEqual([302, place, 'no-store'])
})

test.each(['/group/', '/group/Reel', '/group/a/b/', '/group/..%2fadmin/'])('%s leads nowhere', async path => {
  expect((await get(path)).status).toBe(404)
})

describe.each([
  ['without parents', '', []],
  [
    'with parents',
    'https://portal.example, http://localhost:3000',
    ['https://portal.example', 'http://localhost:3000'],
  ],
] as [string, string, string[]][])('%s', (_, list, embedParents) => {
  let served: TestApp
  beforeEach(async () => {
    served = await testApp({ EMBED_PARENTS: list })
    served.roundTrips()
  })
  afterEach(() => served.close())

  test.each<[path: string, kind: PageKind, cache: string]>([
    ['/', 'landing', PAGE],
    ['/r/room', 'room', PAGE],
    ['/r/room/sub', 'room', PAGE],
    ['/r/%E2%98%83', 'room', PAGE],
    ['/r/room?embed=1', 'room', PAGE],
    ['/chart', 'chart', PAGE],
    ['/admin', 'admin', PAGE],
    ['/admin/', 'admin', PAGE],
    ['/admin/rooms/x/links', 'admin', PAGE],
    ['/admin/r/room', 'admin', PAGE],
    ['/auth/callback', 'admin', 'no-store'],
    ['/auth/callback?code=a&state=b', 'admin', 'no-store'],
  ])('%s is a page of kind %s with all its headers, and asks nobody', async (path, kind, cache) => {
    const { status, headers, body } = await ask<string>(served, 'GET', path, { token: null })
    const expected = pageHeaders(kind, { origins: [served.config.origin!], https: false, embedParents })
    expect({ status, headers, body }).toEqual({
      status: 200,
      headers: {
        ...Object.fromEntries(Object.entries(expected).map(([name, value]) => [name.toLowerCase(), value])),
        'cache-control': cache,
        'content-type': 'text/html; charset=utf-8',
        'x-request-id': headers['x-request-id'],
      },
      body: '<!doctype html>',
    })
    expect({ trips: served.roundTrips(), calls: served.origin.calls }).toEqual({ trips: 0, calls: [] })
  })

  test.each([
    '/r',
    '/r/',
    '/r/a/b/c',
    '/rooms',
    '/api/session',
    '/healthz',
    '/api/join',
    '/v1/admission',
    '/nothing',
  ])('%s is shown in no frame', async path => {
    for (const accept of ['*/*', 'text/html']) {
      const { headers } = await ask(served, 'GET', path, { token: null, headers: { accept } })
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/; frame-ancestors 'none'$/),
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })
})

describe('the page that an identity provider sends people back to', () => {
  const CODE = 'a-code-that-signs-somebody-in'
  const BACK = `/auth/callback?code=${CODE}&state=b&iss=https%3A%2F%2Fid.example`

  test('leaves no trace of its query in any line of the log, nor in the audit', async () => {
    await get(BACK)
    await ask(app, 'POST', BACK, { token: null, json: { query: CODE } })
    await app.settled()
    expect(app.log.map(line => JSON.parse(line).route)).toEqual(['/auth/callback', expect.anything()])
    expect(app.log.join('\n')).not.toMatch(/a-code-that|state|iss|id\.example/)
    expect(JSON.stringify(await rows(app, 'audit', '*'))).not.toContain(CODE)
  })

  test('is asked for at the right host name by a redirect that nobody keeps', async () => {
    const named = await testApp({ PUBLIC_URL: 'https://review.example' })
    try {
      const to = async (path: string) => {
        const { status, headers } = await ask(named, 'GET', path, { token: null })
        return { status, to: headers.location, cache: headers['cache-control'] }
      }
      expect(await to(BACK)).toEqual({ status: 308, to: `https://review.example${BACK}`, cache: 'no-store' })
      expect(await to('/r/room')).toEqual({
        status: 308,
        to: 'https://review.example/r/room',
        cache: undefined,
      })
      expect(named.log.join('\n')).not.toContain(CODE)
    } finally {
      named.close()
    }
  })
})

test('one file for every room, there or not, ended or not, and for everybody', async () => {
  const room = await makeRoom(app, { slug: 'here', title: 'Secret title' })
  await makeLink(app, room.id)
  await makeRoom(app, { slug: 'over', endsAt: '2026-11-21T11:00:00Z' })
  const answers = [
    await get('/r/here'),
    await get('/r/over'),
    await get('/r/nowhere'),
    await get('/r/here?stream_token=x'),
    await get('/r/here', {
      cookie: 'a=b',
      authorization: `Bearer ${app.config.adminToken}`,
      'accept-language': 'sv',
    }),
  ].map(seen)
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]!.headers).not.toHaveProperty('set-cookie')
  expect(answers[0]!.headers).not.toHaveProperty('vary')
})

test('hashed assets stay for ever, other files for an hour', async () => {
  const files: Record<string, string> = {
    '/assets/app-1.js': 'text/javascript',
    '/favicon.svg': 'image/svg+xml',
  }
  const built = await testApp(
    {},
    {
      asset: async path =>
        files[path] === undefined
          ? undefined
          : new Response('x', { headers: { 'Content-Type': files[path], ETag: '"1"', 'X-Inner': 'y' } }),
    },
  )
  try {
    const read = async (path: string) => {
      const { status, headers } = await ask(built, 'GET', path, { token: null })
      const { etag: tag, 'x-inner': inner, 'content-type': type, 'cache-control': cache } = headers
      const { 'x-content-type-options': sniff, 'content-security-policy': policy } = headers
      return { status, type, cache, tag, inner, sniff, policy }
    }
    const file = {
      status: 200,
      tag: '"1"',
      inner: undefined,
      sniff: 'nosniff',
      policy: "default-src 'self'; frame-ancestors 'none'",
    }
    expect(await read('/assets/app-1.js')).toEqual({
      ...file,
      type: 'text/javascript',
      cache: 'public, max-age=31536000, immutable',
    })
    expect(await read('/favicon.svg')).toEqual({
      ...file,
      type: 'image/svg+xml',
      cache: 'public, max-age=3600',
    })
    expect(await read('/assets/app-2.js')).toMatchObject({ status: 404, cache: 'no-store' })
    // A site that was not built: the pages are not there, and no other answer pretends that they are.
    expect(await read('/r/room')).toMatchObject({ status: 404, type: 'application/problem+json' })
  } finally {
    built.close()
  }
})

test.each(['/viewer.html', '/admin.html', '/landing.html', '/chart.html', '/assets/x.html'])(
  '%s is not a second address of a page',
  async path => {
    expect((await get(path)).status).toBe(404)
  },
)

test('a person who mistyped gets a page, with its headers and a 404; a program gets the problem', async () => {
  const asked = (accept: string) => app.request('GET', '/nowhere', { token: null, headers: { accept } })
  const page = await asked('text/html,*/*;q=0.8')
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  const problem = await asked('*/*')
  expect([problem.status, problem.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
})

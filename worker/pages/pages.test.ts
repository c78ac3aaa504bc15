import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, makeLink, makeRoom } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { pageHeaders } from './headers.ts'

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

test.each(['/', '/r/room', '/r/room/sub', '/r/%E2%98%83', '/admin', '/admin/', '/admin/rooms/x/links'])(
  '%s is a page with all its headers, and asks nobody',
  async path => {
    const { status, headers, body } = await get(path)
    const expected = Object.fromEntries(
      Object.entries(pageHeaders(app.config.origin ? [app.config.origin] : [], false)).map(
        ([name, value]) => [name.toLowerCase(), value],
      ),
    )
    expect({ status, headers, body }).toEqual({
      status: 200,
      headers: {
        ...expected,
        'cache-control': 'public, max-age=60, stale-while-revalidate=600',
        'content-type': 'text/html; charset=utf-8',
        'x-request-id': headers['x-request-id'],
      },
      body: '<!doctype html>',
    })
    expect({ trips: app.roundTrips(), calls: app.origin.calls }).toEqual({ trips: 0, calls: [] })
  },
)

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
      return { status, type, cache, tag, inner, sniff: headers['x-content-type-options'] }
    }
    const file = { status: 200, tag: '"1"', inner: undefined, sniff: 'nosniff' }
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

test.each(['/viewer.html', '/admin.html', '/assets/x.html'])(
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

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, ask, ingestKey, join, makeLink, makeRoom } from '../test/support/api.ts'
import { type TestApp, testApp } from '../test/support/app.ts'
import { signature } from '../test/support/ome.ts'
import { routeRows as table } from '../test/support/route-rows.ts'
import { makeUser } from '../test/support/users.ts'
import { routes } from './app.ts'
import type { Who } from './http/route.ts'

const called = (...who: Who[]) => table.filter(row => who.includes(row.who))
const wantsRight = table.filter(row => typeof row.who === 'object')

let app: TestApp
let ids: Record<string, string>
let person: string
beforeAll(async () => {
  app = await testApp()
  app.origin.answer = () => Response.json({ statusCode: 200, message: 'OK', response: [] })
  const room = await makeRoom(app)
  const link = await makeLink(app, room.id, { role: 'host' })
  person = (await join(app, link)).token
  ids = { ':id': room.id, ':linkId': link.id, ':personId': 'nobodynobodynobo', ':originId': 'default' }
})
afterAll(async () => {
  await app.settled()
  app.close()
})

const real = (path: string) => path.replace(/:\w+/g, name => ids[name]!)
const absent = (path: string) => path.replace(/:\w+/g, 'aaaaaaaaaaaaaaaa')

/** What a caller can tell answers apart by. */
const seen = ({ status, headers: { 'x-request-id': _, ...headers }, body }: Answer<unknown>) => ({
  status,
  headers,
  body,
})

test('every route has a row here, and says who may call it', () => {
  expect(Object.fromEntries(routes.map(r => [`${r.method.toUpperCase()} ${r.path}`, r.who]))).toEqual(
    Object.fromEntries(table.map(row => [row.name, row.who])),
  )
  expect(routes).toHaveLength(table.length)
})

const unauthenticated = {
  status: 401,
  headers: {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'content-type': 'application/problem+json',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'www-authenticate': 'Bearer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  },
  body: {
    type: 'urn:sightline:problem:unauthenticated',
    title: 'Sign in first',
    status: 401,
    code: 'unauthenticated',
    detail: 'Sign in first, or send a valid bearer token.',
  },
}

const { 'www-authenticate': _, ...unsignedHeaders } = unauthenticated.headers
const unsigned = {
  ...unauthenticated,
  headers: unsignedHeaders,
  body: { ...unauthenticated.body, detail: 'Sign the body: X-OME-Signature.' },
}

describe('strangers are told one thing, before anything else is looked at', () => {
  const bodies: [string, object][] = [
    ['a right body', {}],
    ['no JSON', { body: '{', headers: { 'content-type': 'application/json' } }],
    ['the wrong type', { body: 'x', headers: { 'content-type': 'text/plain' } }],
    ['too much', { body: 'x'.repeat(70_000), headers: { 'content-type': 'application/json' } }],
    ['a stale tag', { headers: { 'if-match': '"99"' } }],
  ]

  test.each([...wantsRight, ...called('person')])('$name', async ({ who, method, path, json }) => {
    const wrong = who === 'person' ? app.config.adminToken! : person
    const tokens = [null, '', 'x', wrong, `${app.config.adminToken}x`, app.config.adminToken!.slice(1)]
    app.roundTrips()
    for (const token of tokens)
      for (const [why, options] of bodies) {
        if (method === 'GET' && 'body' in options) continue
        for (const place of [real(path), absent(path), `${real(path)}?unknown=1&unknown=2`]) {
          const body = why === 'a right body' && json ? { json } : options
          const answer = await ask(app, method, place, { token, ...body })
          expect({ token, why, place, ...seen(answer) }).toEqual({ token, why, place, ...unauthenticated })
        }
      }
    expect(app.roundTrips()).toBe(0)
  })

  test.each(called('origin'))('$name', async ({ method, path, json }) => {
    app.roundTrips()
    const body = JSON.stringify(json)
    const forged = signature(body, 'another secret')
    for (const headers of [{}, { 'x-ome-signature': '' }, { 'x-ome-signature': forged }])
      for (const place of [real(path), path.includes(':') ? absent(path) : path]) {
        const answer = await ask(app, method, place, { token: app.config.adminToken!, body, headers })
        expect({ place, ...seen(answer) }).toEqual({ place, ...unsigned })
      }
    expect(app.roundTrips()).toBe(0)
  })

  test.each(called('anyone'))('$name is for anyone', async ({ method, path, json, status }) => {
    for (const token of [null, 'garbage'])
      expect((await ask(app, method, path, { token, ...(json && { json }) })).status).toBe(status)
  })
})

test.each(table.filter(row => row.method !== 'DELETE'))('$name goes through', async row => {
  const { who, method, path, json, status } = row
  const body = JSON.stringify(json)
  const options =
    who === 'origin'
      ? { token: null, body, headers: { 'x-ome-signature': signature(body) } }
      : typeof who === 'object' && (who.right === 'account' || who.right === 'settings')
        ? { token: null, headers: (await makeUser(app, 'owner')).headers, ...(json && { json }) }
        : { token: who === 'person' ? person : app.config.adminToken!, ...(json && { json }) }
  expect((await ask(app, method, real(path), options)).status).toBe(status)
})

test('what deletes goes through', async () => {
  const room = await makeRoom(app)
  const link = await makeLink(app, room.id)
  expect((await ask(app, 'DELETE', `/api/rooms/${room.id}/links/${link.id}`)).status).toBe(204)
  expect((await ask(app, 'DELETE', `/api/rooms/${room.id}`)).status).toBe(204)
})

test('an ingest key or a link secret is nobody’s bearer', async () => {
  for (const token of [await ingestKey(app, ids[':id']!), 'ome-access-token', '1234'])
    for (const path of ['/api/rooms', '/api/room', '/metrics'])
      expect((await ask(app, 'GET', path, { token })).status).toBe(401)
})

describe('a known address under another method', () => {
  const paths = [...new Set(table.map(row => row.path))]
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']
  test.each(paths)('%s', async path => {
    const known = table.filter(row => row.path === path).map(row => row.method)
    const allow = [...known, ...(known.includes('GET') ? ['HEAD'] : [])].join(', ')
    for (const method of methods.filter(m => !known.includes(m)))
      for (const token of [null, app.config.adminToken!]) {
        app.roundTrips()
        const { status, headers, body } = await ask(app, method, real(path), { token })
        expect({ method, status, allow: headers.allow, body, trips: app.roundTrips() }).toEqual({
          method,
          status: 405,
          allow,
          trips: 0,
          body: {
            type: 'urn:sightline:problem:method_not_allowed',
            title: 'Method not allowed',
            status: 405,
            code: 'method_not_allowed',
            detail: `This address takes ${allow}.`,
          },
        })
      }
  })

  test('HEAD is GET without the body', async () => {
    const path = `/api/rooms/${ids[':id']}`
    const get = await ask(app, 'GET', path)
    const head = await ask(app, 'HEAD', path)
    expect(seen(head)).toEqual({ ...seen(get), body: undefined })
    expect((await ask(app, 'HEAD', path, { token: null })).status).toBe(401)
  })
})

test.each([
  ['GET', '/api'],
  ['GET', '/api/'],
  ['GET', '/api/nope'],
  ['GET', '/api/rooms/'],
  ['GET', '/API/rooms'],
  ['GET', '//api/rooms'],
  ['GET', '/api/rooms/x/y'],
  ['POST', '/api/nope'],
  ['DELETE', '/api/rooms/x/links/y/z'],
  ['PATCH', '/api/'],
  ['GET', '/v1'],
  ['POST', '/v1/admission/default/x'],
  ['POST', '/v2/admission'],
  ['GET', '/nothing'],
  ['GET', '/nothing.js'],
  ['GET', '/assets/nothing.js'],
  ['GET', '/viewer.html'],
  ['GET', '/r'],
  ['GET', '/r/'],
  ['GET', '/r/a/b/c'],
  ['GET', '/.env'],
  ['GET', '/.git/config'],
  ['POST', '/'],
  ['POST', '/admin'],
  ['PUT', '/r/room'],
  ['DELETE', '/assets/x.js'],
])('%s %s is nothing', async (method, path) => {
  app.roundTrips()
  for (const token of [null, app.config.adminToken!]) {
    const { status, headers, body } = await ask(app, method, path, { token })
    expect({ status, type: headers['content-type'], body }).toEqual({
      status: 404,
      type: 'application/problem+json',
      body: {
        type: 'urn:sightline:problem:not_found',
        title: 'Not found',
        status: 404,
        code: 'not_found',
        detail: 'There is nothing here, or it is not for you.',
      },
    })
  }
  expect(app.roundTrips()).toBe(0)
})

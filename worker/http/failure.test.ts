import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { routes } from '../app.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const unavailable = {
  type: 'urn:sightline:problem:unavailable',
  title: 'Not available',
  status: 503,
  code: 'unavailable',
  detail: 'The database does not answer. Try again in a moment.',
}

test('without the database every call that needs it says so, and works again when it is back', async () => {
  const room = await makeRoom(app)
  const link = await makeLink(app, room.id)
  const person = (await join(app, link)).token
  const bodies: Record<string, object> = {
    'POST /api/rooms': { title: 'x' },
    'POST /api/rooms/:id/links': { label: 'x' },
    'POST /api/rooms/:id/streams': { label: 'Camera', kind: 'camera' },
    'POST /api/rooms/:id/subrooms': { name: 'aside' },
    'POST /api/rooms/:id/users': { name: 'x' },
    'POST /api/import/galene': { name: 'imported', definition: {} },
    'PATCH /api/room/links/:linkId': { endsAt: '2026-11-21T13:00:00Z' },
    'PUT /api/rooms/:id/people/:personId/watermark': { mode: 'tiled' },
    'POST /api/blocks': { block: '198.51.100.7' },
    'POST /api/join': { slug: room.slug, secret: 'x' },
    'PUT /api/rooms/:id/timecode': { rate: '25', timecode: '01:00:00:00' },
    'POST /api/users': { name: 'x', role: 'operator' },
    'POST /api/keys': { name: 'x', rights: ['rooms:read'] },
  }
  // What is exported must be said.
  const real = (path: string) =>
    path.replace(':id', room.id).replace(':linkId', link.id) +
    (path.endsWith('/export/notes') ? '?format=csv' : '')
  const calls = routes
    .filter(
      ({ method, who, path }) =>
        (typeof who === 'object' || who === 'person' || path === '/api/join') &&
        // A picture is looked at before the database is.
        !(method === 'post' && path === '/api/room/stills') &&
        !/^\/(metrics|api\/(session|rights|setup-link|account|settings))/.test(path),
    )
    // What deletes comes last, so that there is something for the others.
    .sort(
      (a, b) =>
        Number(a.method === 'delete') - Number(b.method === 'delete') || b.path.length - a.path.length,
    )
    .map(({ method, path, who, body }) => ({
      name: `${method.toUpperCase()} ${path}`,
      call: () =>
        ask(app, method.toUpperCase(), real(path), {
          token: who === 'person' ? person : typeof who === 'object' ? app.config.adminToken! : null,
          ...(body && { json: bodies[`${method.toUpperCase()} ${path}`] ?? {} }),
        }),
    }))
  expect(calls.length).toBeGreaterThan(12)

  app.database.state('down')
  for (const { name, call } of calls) {
    const { status, headers, body } = await call()
    expect({ name, status, body, retry: headers['retry-after'], cache: headers['cache-control'] }).toEqual({
      name,
      status: 503,
      body: unavailable,
      retry: '2',
      cache: 'no-store',
    })
  }
  app.database.state('up')
  for (const { name, call } of calls) {
    const { status } = await call()
    // The ids are those of a room and its link: of other things there is none by that name.
    const none =
      name === 'POST /api/join' ||
      // Nobody has set it yet.
      name === 'GET /api/rooms/:id/timecode' ||
      (name.includes(':id') && !name.includes('/rooms/')) ||
      /:(personId|noteId|stillId|streamId|name)\b|\/users\/:linkId/.test(name)
    // Who came through the link may neither invite, send files nor calibrate, and in the end it is revoked.
    const right = none
      ? [404, 410]
      : / \/api\/(room\/(links|chart)|ice)/.test(name)
        ? [403, 410]
        : [200, 201, 204]
    expect({ name, status, right: right.includes(status) }).toEqual({ name, status, right: true })
  }
})

test.each<[string, Error]>([
  [
    'libSQL over a file',
    Object.assign(new Error('SQLITE_BUSY: database is locked'), { name: 'LibsqlError' }),
  ],
  ['a batch', Object.assign(new Error('SERVER_ERROR'), { name: 'LibsqlBatchError' })],
  ['Node over HTTP', new TypeError('fetch failed')],
  ['Deno over HTTP', new TypeError('error sending request: connection refused')],
  ['Workers over HTTP', new Error('Network connection lost.')],
])('the database is down: %s', async (_, error) => {
  app.db.execute = () => Promise.reject(error)
  expect(await ask(app, 'GET', '/api/rooms')).toMatchObject({ status: 503, body: unavailable })
})

test('a fault of ours is a 500 that tells only where to look', async () => {
  app.db.execute = () => Promise.reject(new RangeError('inner secret at https://db.example/?token=abc'))
  const { status, headers, body } = await ask(app, 'GET', '/api/rooms?q=private')
  expect({ status, type: headers['content-type'], body }).toEqual({
    status: 500,
    type: 'application/problem+json',
    body: {
      type: 'urn:sightline:problem:failed',
      title: 'The server failed',
      status: 500,
      code: 'failed',
      detail: 'Something failed here. The log has the request id.',
    },
  })
  const failed = app.log.map(line => JSON.parse(line)).filter(line => line.level === 'error')
  expect(failed).toEqual([
    {
      time: expect.any(String),
      level: 'error',
      event: 'request.failed',
      requestId: headers['x-request-id'],
      route: '/api/rooms',
      error: 'RangeError: inner secret at https://db.example/?…',
    },
    expect.objectContaining({ event: 'request', status: 500, route: '/api/rooms' }),
  ])
})

test('what fails after an answer is logged and counted, and the answer stands', async () => {
  const room = await makeRoom(app)
  const execute = app.db.execute.bind(app.db)
  app.db.execute = ((statement: { sql?: string }) =>
    statement.sql?.startsWith('UPDATE outbox')
      ? Promise.reject(new Error('disk full'))
      : execute(statement as never)) as typeof app.db.execute
  const { status, headers } = await ask(app, 'DELETE', `/api/rooms/${room.id}`)
  expect(status).toBe(204)
  await app.settled()
  expect(app.log.map(line => JSON.parse(line)).filter(line => line.event === 'deferred.failed')).toEqual([
    {
      time: expect.any(String),
      level: 'error',
      event: 'deferred.failed',
      requestId: headers['x-request-id'],
      what: 'outbox.drain',
      error: 'Error: disk full',
    },
  ])
  expect((await ask<string>(app, 'GET', '/metrics')).body).toContain(
    'sightline_failures_total{what="outbox.drain"} 1',
  )
})

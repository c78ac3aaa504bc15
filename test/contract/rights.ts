import { expect, test } from 'vitest'
import { call, type Server } from './call.ts'

/** Who may call what: strangers get 401 everywhere, alike. */
export function rightsCases(server: Server): void {
  const closed: [method: string, path: string][] = [
    ['GET', '/api/session'],
    ['GET', '/api/rooms'],
    ['POST', '/api/rooms'],
    ['GET', '/api/rooms/aaaaaaaaaaaaaaaa'],
    ['PATCH', '/api/rooms/aaaaaaaaaaaaaaaa'],
    ['DELETE', '/api/rooms/aaaaaaaaaaaaaaaa'],
    ['GET', '/api/rooms/aaaaaaaaaaaaaaaa/ingest'],
    ['POST', '/api/rooms/aaaaaaaaaaaaaaaa/ingest/rotate'],
    ['GET', '/api/rooms/aaaaaaaaaaaaaaaa/links'],
    ['POST', '/api/rooms/aaaaaaaaaaaaaaaa/links'],
    ['POST', '/api/playback'],
    ['GET', '/metrics'],
  ]

  test('a stranger is refused alike everywhere, before anything is read', async () => {
    for (const [method, path] of closed)
      for (const token of [undefined, 'not-the-token', `${server().adminToken}x`, ''])
        expect([method, path, token, await refusal(server(), method, path, token)]).toEqual([
          method,
          path,
          token,
          [401, 'application/problem+json', 'Bearer', 'unauthenticated'],
        ])
  })

  test('the admin token opens what is the admin’s', async () => {
    const { adminToken } = server()
    const session = await call(server(), 'GET', '/api/session', { token: adminToken })
    const rooms = await call(server(), 'GET', '/api/rooms', { token: adminToken })
    const metrics = await call(server(), 'GET', '/metrics', { token: adminToken })
    expect([session.status, session.body.role, rooms.status, rooms.body, metrics.status]).toEqual([
      200,
      'admin',
      200,
      { items: [], next: null },
      200,
    ])
  })
}

async function refusal(server: ReturnType<Server>, method: string, path: string, token: string | undefined) {
  const options = token === undefined ? {} : { token }
  const { status, headers, body } = await call(server, method, path, options)
  return [status, headers.get('content-type'), headers.get('www-authenticate'), body.code]
}

import { expect, test } from 'vitest'
import { call, type Server } from './call.ts'

/** Who may call what: strangers get 401 everywhere, alike. */
export function rightsCases(server: Server): void {
  /** Everything that wants a right or a person's bearer, from the document that the server gives of itself. */
  async function closed(): Promise<[method: string, path: string][]> {
    const { body } = await call(server(), 'GET', '/api/openapi.json')
    const calls: [string, string][] = []
    for (const [path, operations] of Object.entries<Record<string, { security: object[] }>>(body.paths))
      for (const [method, { security }] of Object.entries(operations))
        if (security.length && !security.some(scheme => 'omeSignature' in scheme))
          calls.push([method.toUpperCase(), path.replace(/\{\w+\}/g, 'aaaaaaaaaaaaaaaa')])
    expect(calls.length).toBeGreaterThan(40)
    return calls
  }

  test('a stranger is refused alike everywhere, before anything is read', async () => {
    for (const [method, path] of await closed())
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

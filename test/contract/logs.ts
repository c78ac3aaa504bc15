import { expect, test } from 'vitest'
import { call, type Server } from './call.ts'

/** What a server says: JSON lines, none with a secret. */
export function logCases(server: Server): void {
  test('each request is one JSON line with its id, and no line has a secret or a query', async () => {
    const { adminToken, logs } = server()
    await call(server(), 'GET', '/api/rooms?q=confidential-title', {
      token: adminToken,
      headers: { 'x-request-id': 'the-line-we-look-for' },
    })
    await expect.poll(() => logs.some(line => line.includes('the-line-we-look-for'))).toBe(true)
    const lines = logs.map(line => JSON.parse(line))
    expect(lines.find(line => line.requestId === 'the-line-we-look-for')).toEqual({
      time: expect.any(String),
      level: 'info',
      event: 'request',
      requestId: 'the-line-we-look-for',
      method: 'GET',
      route: '/api/rooms',
      status: 200,
      ms: expect.any(Number),
    })
    expect(logs.join('\n')).not.toMatch(/confidential-title|a secret of the tests|sl_admin_/)
  })
}

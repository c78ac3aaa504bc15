import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { call, type Server } from './call.ts'

export const iceSettings = {
  STUN_URLS: 'stun:turn.example:3479',
  TURN_URLS: 'turn:turn.example:3479?transport=udp',
  TURN_SECRET: 'the-secret-of-the-relay-of-the-tests',
}

/** The servers that pages find each other with: who gets them, and what a relay's credential is. */
export function iceCases(server: Server): void {
  const admin = (method: string, path: string, json?: unknown) =>
    call(server(), method, path, { token: server().adminToken, ...(json === undefined ? {} : { json }) })

  async function joined(slug: string, role: string) {
    const { body: room } = await admin('POST', '/api/rooms', { title: slug, slug })
    const { body: link } = await admin('POST', `/api/rooms/${room.id}/links`, { label: 'x', role })
    const json = { slug, secret: new URL(link.url).hash.slice(1) }
    return (await call(server(), 'POST', '/api/join', { json })).body
  }

  test('who may write gets a credential as the relay computes it', async () => {
    const { token, person } = await joined('contract-ice', 'reviewer')
    const { status, headers, body } = await call(server(), 'GET', '/api/ice', { token })
    const [, relay] = body.iceServers
    const { username } = relay
    expect(username).toMatch(new RegExp(`^\\d{10}:${person.id}$`))
    expect({ status, cache: headers.get('cache-control'), body }).toEqual({
      status: 200,
      cache: 'no-store',
      body: {
        iceServers: [
          { urls: [iceSettings.STUN_URLS] },
          {
            urls: [iceSettings.TURN_URLS],
            username,
            credential: createHmac('sha1', iceSettings.TURN_SECRET).update(username).digest('base64'),
          },
        ],
        relayOnly: false,
        ttl: 3600,
      },
    })
    expect(server().logs.join('\n')).not.toContain(relay.credential)
  })

  test('an observer and a stranger get none', async () => {
    const { token } = await joined('contract-ice-observer', 'observer')
    expect(await call(server(), 'GET', '/api/ice', { token })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
    expect((await call(server(), 'GET', '/api/ice')).status).toBe(401)
  })
}

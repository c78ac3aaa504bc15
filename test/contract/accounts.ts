import { beforeAll, describe, expect, test } from 'vitest'
import { mintLink } from '../../worker/users/mint.ts'
import { Browser } from './browser.ts'
import { call, type Server } from './call.ts'

/** The secret of a one-time link. */
const secretOf = (url: string) => new URL(url).hash.slice(1)

/** Passkeys, sessions and users, and what an operator and strangers' pages are kept from. */
export function accountCases(server: Server): void {
  const mint = async (user?: string) =>
    secretOf((await mintLink(server().secret, server().url, user, Date.now())).url)
  let owner: Browser
  let operator: Browser
  beforeAll(async () => {
    owner = new Browser(server)
    const made = await owner.useLink(await mint(), 'Head of colour')
    if (made.status !== 201) throw new Error(`set-up answered ${made.status}: ${made.body.code}`)
    const { body } = await owner.call('POST', '/api/users', { name: 'Assistant', role: 'operator' })
    operator = new Browser(server)
    await operator.useLink(secretOf(body.invitation.url))
  })

  test('the owner made through a link minted elsewhere is the only one', async () => {
    const session = await owner.call('GET', '/api/session')
    expect([session.status, session.body.user]).toEqual([
      200,
      { id: expect.stringMatching(/^[a-z2-7]{16}$/), name: 'Head of colour', role: 'owner' },
    ])
    const second = new Browser(server)
    expect((await second.useLink(await mint(), 'Another')).status).toBe(404)
    expect(second.cookies.size).toBe(0)
  })

  test('signs out and in; the old cookie is nobody’s', async () => {
    const before = owner.cookies.get('__Host-sightline')!
    expect((await owner.call('DELETE', '/api/session')).status).toBe(204)
    expect(owner.cookies.has('__Host-sightline')).toBe(false)
    const old = { cookie: `__Host-sightline=${before}` }
    expect((await call(server(), 'GET', '/api/session', { headers: old })).status).toBe(401)
    expect(await owner.signIn()).toMatchObject({ status: 200, body: { user: { role: 'owner' } } })
    expect((await owner.call('GET', '/api/session')).status).toBe(200)
    expect(owner.cookies.get('__Host-sightline')).not.toBe(before)
  })

  test('a sign-in answer counts once, and another key’s signature never', async () => {
    const browser = new Browser(server)
    const { body } = await browser.call('POST', '/api/auth/passkey/options', {})
    const response = owner.device.get(body.options)
    const forged = owner.device.get(body.options, { forged: true })
    expect(await browser.call('POST', '/api/auth/passkey', { response: forged })).toMatchObject({
      status: 403,
      body: { code: 'sign_in_failed' },
    })
    expect((await browser.call('POST', '/api/auth/passkey', { response })).status).toBe(403)
    expect(browser.cookies.size).toBe(0)
  })

  test('recovery adds a passkey and signs out where they were', async () => {
    const invited = await owner.call('POST', '/api/users', { name: 'Forgetful', role: 'operator' })
    const lost = new Browser(server)
    await lost.useLink(secretOf(invited.body.invitation.url))
    expect((await lost.call('GET', '/api/session')).status).toBe(200)
    const found = new Browser(server)
    expect((await found.useLink(await mint(invited.body.user.id))).status).toBe(201)
    expect((await found.call('GET', '/api/session')).status).toBe(200)
    expect((await lost.call('GET', '/api/session')).status).toBe(401)
  })

  test('a disabled user is out at once, everywhere', async () => {
    const invited = await owner.call('POST', '/api/users', { name: 'Leaver', role: 'admin' })
    const leaver = new Browser(server)
    await leaver.useLink(secretOf(invited.body.invitation.url))
    expect((await leaver.call('GET', '/api/users')).status).toBe(200)
    const path = `/api/users/${invited.body.user.id}`
    expect((await owner.call('PATCH', path, { disabled: true })).status).toBe(200)
    expect((await leaver.call('GET', '/api/users')).status).toBe(401)
    expect((await leaver.signIn()).status).toBe(403)
  })

  test('an API key may what it was given, until it is revoked', async () => {
    const { body } = await owner.call('POST', '/api/keys', { name: 'Booking', rights: ['rooms:read'] })
    const as = { token: body.secret as string }
    expect((await call(server(), 'GET', '/api/rooms', as)).status).toBe(200)
    expect((await call(server(), 'POST', '/api/rooms', { ...as, json: { title: 'x' } })).status).toBe(403)
    expect((await owner.call('DELETE', `/api/keys/${body.key.id}`)).status).toBe(204)
    expect((await call(server(), 'GET', '/api/rooms', as)).status).toBe(401)
  })

  describe('every call that changes something', () => {
    interface Changing {
      method: string
      path: string
      right: string | undefined
    }
    /** All of them, from the document that the server gives of itself. */
    async function changing(): Promise<Changing[]> {
      const { body } = await call(server(), 'GET', '/api/openapi.json')
      const calls: Changing[] = []
      for (const [path, operations] of Object.entries<Record<string, Record<string, unknown>>>(body.paths))
        for (const [method, operation] of Object.entries(operations))
          if (method !== 'get' && path.startsWith('/api/'))
            calls.push({
              method: method.toUpperCase(),
              path: path.replace(/\{\w+\}/g, 'aaaaaaaaaaaaaaaa'),
              right: operation['x-right'] as string | undefined,
            })
      expect(calls.length).toBeGreaterThan(25)
      return calls
    }
    /** Ways in, for which there is no session yet; they have conditions of their own. */
    const forStrangers = ({ path }: Changing) => /^\/api\/(auth\/|join$|room-users\/password$)/.test(path)

    test('is refused without a session', async () => {
      for (const { method, path } of (await changing()).filter(one => !forStrangers(one))) {
        const { status } = await call(server(), method, path, { json: {} })
        expect([method, path, status]).toEqual([method, path, 401])
      }
    })

    test('is refused to a foreign page, whoever’s browser it is in', async () => {
      const foreign = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `${server().url}.evil.example` },
        { origin: '', 'sec-fetch-site': 'cross-site' },
        { origin: '', 'sec-fetch-site': 'same-site' },
      ]
      for (const one of await changing())
        for (const headers of forStrangers(one) ? foreign.slice(0, 2) : foreign) {
          const { status, body } = await owner.call(one.method, one.path, {}, headers)
          // A person's own calls know no session: to them the owner is a stranger.
          const wanted = /^\/api\/(playback$|room\/)/.test(one.path)
            ? [401, 'unauthenticated']
            : [403, 'foreign_origin']
          expect([one.method, one.path, headers, status, body.code]).toEqual([
            one.method,
            one.path,
            headers,
            ...wanted,
          ])
        }
    })

    test('is refused to an operator where it is not an operator’s', async () => {
      const theirs = ['rooms:write', 'ingest', 'links:write', 'account']
      for (const { method, path, right } of await changing()) {
        if (right === undefined || theirs.includes(right)) continue
        const { status, body } = await operator.call(method, path, {})
        expect([method, path, status, body.code]).toEqual([method, path, 403, 'forbidden'])
      }
      expect((await operator.call('POST', '/api/setup-link', {})).status).toBe(403)
      expect((await operator.call('POST', '/api/rooms', { title: 'Theirs' })).status).toBe(201)
    })
  })
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { SECRET, type TestApp, testApp } from '../../test/support/app.ts'
import { makeUser } from '../../test/support/users.ts'
import { mintStartToken } from '../users/mint.ts'

const BLOCKED = '198.51.100.7'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
  expect((await ask(app, 'POST', '/api/blocks', { json: { block: BLOCKED } })).status).toBe(201)
})
afterEach(async () => {
  await app.settled()
  app.close()
})

/** How each kind of caller shows who they are. */
const callers: Record<string, () => Promise<{ token: string | null; headers?: Record<string, string> }>> = {
  "a user's browser": async () => ({ token: null, headers: (await makeUser(app, 'owner')).headers }),
  'an API key': async () => {
    const json = { name: 'Robot', rights: ['rooms:read', 'rooms:write'] }
    return { token: (await ask<{ secret: string }>(app, 'POST', '/api/keys', { json })).body.secret }
  },
  'the automation token': async () => ({ token: app.config.adminToken! }),
  'the starter': async () => ({ token: await mintStartToken(SECRET, app.clock.now) }),
}

describe.each(Object.entries(callers))('%s', (_, caller) => {
  test.each(['/api/session', '/api/rooms'])('at a blocked address is refused %s', async path => {
    const who = await caller()
    expect((await ask(app, 'GET', path, { ...who, address: '198.51.100.8' })).status).toBe(200)
    const told = [BLOCKED, `::ffff:${BLOCKED}`].map(address => ask(app, 'GET', path, { ...who, address }))
    for (const { status, body } of await Promise.all(told))
      expect({ status, body }).toEqual({
        status: 403,
        body: {
          type: 'urn:sightline:problem:blocked',
          title: 'Not allowed',
          status: 403,
          code: 'blocked',
          detail:
            'Requests from this address are blocked. If that is a mistake, tell an administrator, or try again in an hour.',
        },
      })
  })

  test('is named in the audit with what they tried there', async () => {
    const who = await caller()
    const { body } = await ask<{ kind: string; user: { name: string } | null }>(
      app,
      'GET',
      '/api/session',
      who,
    )
    await app.settled()
    const before = (await rows(app, 'audit')).length
    const json = { title: 'Nordlicht' }
    expect((await ask(app, 'POST', '/api/rooms', { ...who, address: BLOCKED, json })).status).toBe(403)
    await app.settled()
    const names = { user: body.user?.name, key: 'Robot', token: 'Automation token', start: 'Start' }
    expect(
      (await rows(app, 'audit', 'action, outcome, actor_kind, actor_name, params, address')).slice(before),
    ).toEqual([
      {
        action: 'room.create',
        outcome: 'refused',
        actor_kind: body.kind,
        actor_name: names[body.kind as keyof typeof names],
        params: '{"code":"blocked"}',
        address: BLOCKED,
      },
    ])
  })

  test('changes nothing there, and is not noted as seen', async () => {
    const who = await caller()
    const marks = async () => [
      await rows(app, 'sessions'),
      await rows(app, 'api_keys'),
      await rows(app, 'rooms'),
    ]
    app.clock.now += 61_000
    const before = await marks()
    const json = { title: 'Nordlicht' }
    expect((await ask(app, 'POST', '/api/rooms', { ...who, address: BLOCKED, json })).status).toBe(403)
    await app.settled()
    expect(await marks()).toEqual(before)
  })
})

describe('a stranger at a blocked address', () => {
  test('learns of a route with a right only that it wants one', async () => {
    for (const token of [null, 'garbage', 'slk_garbage'])
      expect((await ask(app, 'GET', '/api/rooms', { token, address: BLOCKED })).status).toBe(401)
  })

  test.each(['passkey/options', 'passkey', 'link', 'link/options', 'link/passkey'])(
    'may not even try /api/auth/%s',
    async path => {
      const json = { secret: 'x', response: {} }
      const answer = await ask(app, 'POST', `/api/auth/${path}`, { token: null, address: BLOCKED, json })
      expect(answer).toMatchObject({ status: 403, body: { code: 'blocked' } })
      expect(await rows(app, 'ceremonies')).toEqual([])
    },
  )
})

describe('what strangers are refused before their try counts', () => {
  test.each<[string, string, Record<string, string>]>([
    ['at a blocked address', BLOCKED, {}],
    ['from somebody else’s page', '198.51.100.8', { origin: 'https://evil.example' }],
  ])('%s becomes one row a minute and no counter, however often', async (_, address, headers) => {
    await app.settled()
    const before = await rows(app, 'audit')
    for (let i = 0; i < 100; i++)
      expect(
        (await ask(app, 'POST', '/api/auth/passkey', { token: null, json: {}, address, headers })).status,
      ).toBe(403)
    app.clock.now += 60_000
    await app.minute()
    const added = (await rows(app, 'audit', 'action, params')).slice(before.length)
    const code = address === BLOCKED ? 'blocked' : 'foreign_origin'
    expect(added.map(row => ({ ...row, params: JSON.parse(String(row.params)) }))).toEqual([
      {
        action: 'strangers.failed',
        params: {
          [`post /api/auth/passkey ${code}`]: 100,
          since: '2026-11-21T12:00:00.000Z',
          addresses: 1,
          from: [`${address} (100)`],
        },
      },
    ])
    expect(await rows(app, 'limits')).toEqual([])
  })
})

test('counters are told to the automation token while the database is away', async () => {
  app.database.state('down')
  expect((await ask(app, 'GET', '/metrics')).status).toBe(200)
  expect((await ask(app, 'GET', '/api/session')).status).toBe(503)
})

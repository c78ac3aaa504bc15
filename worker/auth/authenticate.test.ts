import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, ask, rows } from '../../test/support/api.ts'
import {
  ADMIN_TOKEN,
  NOON,
  type RequestOptions,
  SECRET,
  type TestApp,
  testApp,
} from '../../test/support/app.ts'
import { asBrowser, makeUser, signIn, type TestUser } from '../../test/support/users.ts'
import { toBase64url } from '../crypto/encoding.ts'
import { mintStartToken } from '../users/mint.ts'

const HOUR = 3600_000

let app: TestApp
let user: TestUser
beforeEach(async () => {
  app = await testApp()
  user = await makeUser(app, 'admin')
})
afterEach(async () => {
  await app.settled()
  app.close()
})

/** Asks who is calling, and looks at rooms, with a cookie. */
const call = (cookie: string, headers: Record<string, string> = {}, path = '/api/session') =>
  ask(app, 'GET', path, { token: null, headers: { ...(cookie && { cookie }), ...headers } })
const seen = ({ status, headers: { 'x-request-id': _, ...headers }, body }: Answer<unknown>) => ({
  status,
  headers,
  body,
})
const secretOf = (cookie: string) => cookie.split('=')[1]!
const named = (secret: string) => `__Host-sightline=${secret}`
const setSql = (sql: string) => app.db.execute(sql)

describe('a cookie of a live session', () => {
  test('says who calls, and what they may', async () => {
    const { status, headers, body } = await call(user.cookie)
    expect([status, headers['cache-control'], headers['set-cookie']]).toEqual([200, 'no-store', undefined])
    expect(body).toMatchObject({
      kind: 'user',
      user: { id: user.id, name: 'The admin', role: 'admin' },
      role: 'admin',
    })
  })

  test('counts beside other cookies, and beside an empty Authorization, which is none', async () => {
    expect((await call(`theme=dark; ${user.cookie}; other=1`)).status).toBe(200)
    expect((await call(user.cookie, { authorization: '' })).status).toBe(200)
  })

  test('lasts 12 hours and no longer, however it is used', async () => {
    for (let hours = 0; hours < 11; hours++) {
      app.clock.now += HOUR
      expect((await call(user.cookie)).status).toBe(200)
      await app.settled()
    }
    app.clock.now = NOON + 12 * HOUR - 1
    expect((await call(user.cookie)).status).toBe(200)
    app.clock.now++
    expect((await call(user.cookie)).status).toBe(401)
  })

  test('lasts 2 hours without use', async () => {
    app.clock.now += 2 * HOUR - 1
    expect((await call(user.cookie)).status).toBe(200)
    await app.settled()
    app.clock.now += 2 * HOUR - 1
    expect((await call(user.cookie)).status).toBe(200)
    await app.settled()
    app.clock.now += 2 * HOUR
    expect((await call(user.cookie)).status).toBe(401)
  })

  test('lasts as long as the deployment says', async () => {
    app.close()
    app = await testApp({ SESSION_MAX_MINUTES: '30', SESSION_IDLE_MINUTES: '10' })
    user = await makeUser(app, 'admin')
    const at = async (minute: number) => {
      app.clock.now = NOON + minute * 60_000
      const { status } = await call(user.cookie)
      await app.settled()
      return status
    }
    expect([await at(9), await at(18), await at(27), await at(30)]).toEqual([200, 200, 200, 401])
    user = await makeUser(app, 'operator')
    expect([await at(39), await at(49)]).toEqual([200, 401])
  })

  test('is noted as seen once a minute, after the answer', async () => {
    const seenAt = async () => (await rows(app, 'sessions', 'seen_at'))[0]!.seen_at
    const writes = () => app.database.statements.filter(({ sql }) => /^UPDATE sessions/.test(sql)).length
    const noted: [number, number][] = []
    for (const second of [0, 1, 59, 60, 61, 119, 120, 200]) {
      app.clock.now = NOON + second * 1000
      app.roundTrips()
      await call(user.cookie)
      await app.settled()
      noted.push([second, writes()])
    }
    expect(noted).toEqual([
      [0, 0],
      [1, 0],
      [59, 0],
      [60, 1],
      [61, 0],
      [119, 0],
      [120, 1],
      [200, 1],
    ])
    expect(await seenAt()).toBe(NOON + 200_000)
  })

  test('seen by many calls at once is noted once', async () => {
    app.clock.now = NOON + 60_000
    await Promise.all(Array.from({ length: 10 }, () => call(user.cookie)))
    await app.settled()
    expect(await rows(app, 'sessions', 'seen_at')).toEqual([{ seen_at: NOON + 60_000 }])
  })

  test('costs one look-up', async () => {
    app.roundTrips()
    await call(user.cookie)
    expect(app.roundTrips()).toBe(1)
  })
})

describe('is not known, and told the same as a stranger:', () => {
  type Case = [string, () => Promise<[cookie: string, headers?: Record<string, string>]>]
  test.each<Case>([
    ['no cookie', async () => ['']],
    ['an empty cookie', async () => [named('')]],
    ['a truncated one', async () => [user.cookie.slice(0, -1)]],
    ['half of one', async () => [named(secretOf(user.cookie).slice(0, 21))]],
    ['a longer one', async () => [`${user.cookie}A`]],
    ['one padded', async () => [`${user.cookie}=`]],
    ['one in quotes with more', async () => [`__Host-sightline="${secretOf(user.cookie)} "`]],
    [
      'one with spare bits set, which an ordinary decoder ignores',
      async () => {
        const secret = secretOf(user.cookie)
        const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
        return [named(secret.slice(0, -1) + letters[letters.indexOf(secret.at(-1)!) ^ 1])]
      },
    ],
    ['one in the other alphabet', async () => [named('+/'.repeat(21).concat('A'))]],
    ['one that nobody was given', async () => [named(toBase64url(new Uint8Array(32).fill(7)))]],
    [
      'what the database keeps of one',
      async () => [named(String((await rows(app, 'sessions', 'hash'))[0]!.hash))],
    ],
    ['the public id of one', async () => [named(String((await rows(app, 'sessions', 'id'))[0]!.id))]],
    ['the cookie of a ceremony', async () => [`__Host-sightline-ceremony=${secretOf(user.cookie)}`]],
    ['one without the prefix', async () => [`sightline=${secretOf(user.cookie)}`]],
    ['one with the lesser prefix', async () => [`__Secure-sightline=${secretOf(user.cookie)}`]],
    [
      'that of a session from elsewhere',
      async () => {
        const other = await testApp()
        const { cookie } = await makeUser(other, 'admin')
        other.close()
        return [cookie]
      },
    ],
    [
      'that of a session that was signed out',
      async () => {
        await ask(app, 'DELETE', '/api/session', { token: null, headers: user.headers })
        return [user.cookie]
      },
    ],
    [
      'that of a session that was ended from elsewhere',
      async () => {
        const headers = asBrowser(await signIn(app, user.id))
        const [mine] = await rows(app, 'sessions ORDER BY rowid', 'id')
        await ask(app, 'DELETE', `/api/account/sessions/${mine!.id}`, { token: null, headers })
        return [user.cookie]
      },
    ],
    [
      'that of a session that is too old',
      async () => {
        await setSql(`UPDATE sessions SET ends_at = ${NOON}`)
        return [user.cookie]
      },
    ],
    [
      'that of a session not used for 2 hours',
      async () => {
        await setSql(`UPDATE sessions SET seen_at = ${NOON - 2 * HOUR}`)
        return [user.cookie]
      },
    ],
    [
      'that of a disabled user',
      async () => {
        await setSql('UPDATE users SET disabled_at = 1')
        return [user.cookie]
      },
    ],
    [
      'that of a user who is a guest now',
      async () => {
        await setSql("UPDATE users SET role = 'guest'")
        return [user.cookie]
      },
    ],
    [
      'that of a removed user',
      async () => {
        await setSql('DELETE FROM users')
        return [user.cookie]
      },
    ],
    ['a right cookie beside a wrong bearer', async () => [user.cookie, { authorization: 'Bearer wrong' }]],
    [
      'a right cookie beside a wrong API key',
      async () => [user.cookie, { authorization: 'Bearer slk_wrong' }],
    ],
    ['a right cookie beside another scheme', async () => [user.cookie, { authorization: 'Basic YTpi' }]],
    ['a right cookie beside a word', async () => [user.cookie, { authorization: 'x' }]],
    ['a cookie’s secret as bearer', async () => ['', { authorization: `Bearer ${secretOf(user.cookie)}` }]],
  ])('%s', async (_, prepare) => {
    const stranger = seen(await call(''))
    expect(stranger.status).toBe(401)
    const [cookie, headers] = await prepare()
    const before = [await rows(app, 'sessions'), await rows(app, 'users')]
    for (const path of ['/api/session', '/api/users', '/api/account/sessions'])
      expect(seen(await call(cookie, headers, path))).toEqual(stranger)
    expect([await rows(app, 'sessions'), await rows(app, 'users')]).toEqual(before)
  })
})

test('a bearer decides beside a cookie: who it is of, and nobody else', async () => {
  const answer = await call(user.cookie, { authorization: `Bearer ${ADMIN_TOKEN}` })
  expect(answer.body).toMatchObject({ kind: 'token', user: null })
})

describe('the starter', () => {
  test('is known for two minutes', async () => {
    const token = await mintStartToken(SECRET, NOON)
    const at = async (ms: number) => {
      app.clock.now = NOON + ms
      return (await ask(app, 'GET', '/api/session', { token })).status
    }
    expect([await at(0), await at(119_999), await at(120_000)]).toEqual([200, 200, 401])
  })

  test('may what shows the demonstration’s room, and no more', async () => {
    const token = await mintStartToken(SECRET, NOON)
    expect((await ask(app, 'GET', '/api/session', { token })).body).toMatchObject({
      kind: 'start',
      user: null,
      rights: ['rooms:read', 'rooms:write', 'links:read', 'links:write', 'ingest'],
    })
    const json = { name: 'Eve', role: 'operator' }
    expect(await ask(app, 'POST', '/api/users', { token, json })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
  })

  test.each([
    ['another secret', () => mintStartToken('another secret, long enough for anybody too', NOON)],
    [
      'a changed time',
      async () => {
        const [head, , tag] = (await mintStartToken(SECRET, NOON)).split('.')
        return [head, toBase64url(new TextEncoder().encode('{"m":"start","exp":9999999999}')), tag].join('.')
      },
    ],
  ])('is not known by %s', async (_, mint) => {
    expect((await ask(app, 'GET', '/api/session', { token: await mint() })).status).toBe(401)
  })
})

test('without SIGHTLINE_ADMIN_TOKEN no bearer is an admin’s', async () => {
  app.close()
  app = await testApp({ SIGHTLINE_ADMIN_TOKEN: '' })
  for (const token of [ADMIN_TOKEN, 'undefined', 'null', ''])
    expect((await ask(app, 'GET', '/api/session', { token })).status).toBe(401)
})

describe('from another page', () => {
  const refused = { status: 403, body: { code: 'foreign_origin' } }
  const tries: [string, string, RequestOptions][] = [
    ['POST', '/api/rooms', { json: { title: 'x' } }],
    ['DELETE', '/api/session', {}],
    ['DELETE', '/api/account/sessions', {}],
    ['POST', '/api/users', { json: { name: 'x', role: 'admin' } }],
  ]

  test.each(tries)('%s %s is refused with a right cookie, and recorded', async (method, path, options) => {
    const foreign: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]
    const all = async () => [await rows(app, 'sessions'), await rows(app, 'users'), await rows(app, 'rooms')]
    const before = await all()
    for (const headers of foreign)
      expect(
        await ask(app, method, path, {
          token: null,
          ...options,
          headers: { cookie: user.cookie, ...headers },
        }),
      ).toMatchObject(refused)
    await app.settled()
    expect(await all()).toEqual(before)
    const told = await rows(app, 'audit', 'outcome, actor_id, params')
    expect(told).toHaveLength(foreign.length)
    for (const { outcome, actor_id, params } of told)
      expect([outcome, actor_id, JSON.parse(String(params)).code]).toEqual([
        'refused',
        user.id,
        'foreign_origin',
      ])
  })

  test('is refused with a bearer too, where the browser says so', async () => {
    const headers = { origin: 'https://evil.example' }
    const json = { title: 'x' }
    expect(await ask(app, 'POST', '/api/rooms', { headers, json })).toMatchObject(refused)
    expect((await ask(app, 'POST', '/api/rooms', { json })).status).toBe(201)
  })

  test('may be read: the answer does not get to it', async () => {
    const { status, headers } = await call(user.cookie, { origin: 'https://evil.example' })
    expect([status, headers['access-control-allow-origin']]).toEqual([200, undefined])
  })
})

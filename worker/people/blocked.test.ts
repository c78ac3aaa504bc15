import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, joinRequest, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { readBounds } from '../blocks/bounds.ts'
import { newId } from '../crypto/id.ts'
import { sql } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import type { Link } from '../links/schema.ts'

/** Callers whose address is blocked, or who call too often, as their pages see it. */

const PROXY = '10.0.0.1'

let app: TestApp
let link: Link
let token: string
beforeEach(() => start())
afterEach(async () => {
  await app.settled()
  app.close()
})

async function start(env: Record<string, string> = {}) {
  app = await testApp(env)
  link = await makeLink(app, (await makeRoom(app)).id)
  token = (await join(app, link)).token
}
const block = (text: string, until: number | null = null) =>
  app.db.execute(
    sql(
      `INSERT INTO blocks (id, low, high, block, source, until, created_at)
       VALUES (:id, :low, :high, :block, 'admin', :until, 0)`,
      { id: newId(), ...readBounds(text)!, until },
    ),
  )
const knock = (
  address: string,
  more: { token?: string; fields?: object; headers?: Record<string, string> } = {},
) =>
  ask(app, 'POST', '/api/join', {
    token: more.token ?? null,
    address,
    json: joinRequest(link, more.fields),
    headers: more.headers ?? {},
  })

/** A page's three calls. */
const calls: [string, (address: string, headers?: Record<string, string>) => ReturnType<typeof ask>][] = [
  ['join', (address, headers = {}) => knock(address, { headers })],
  ['join again', (address, headers = {}) => knock(address, { token, headers })],
  ['poll', (address, headers = {}) => ask(app, 'GET', '/api/room', { token, address, headers })],
  [
    'play',
    (address, headers = {}) => ask(app, 'POST', '/api/playback', { token, address, headers, json: {} }),
  ],
]

describe.each(calls)('to %s', (_, call) => {
  test('from a blocked address is refused, in one round trip', async () => {
    await block('192.0.2.0/24')
    app.roundTrips()
    const { status, body } = await call('192.0.2.7')
    expect(app.roundTrips()).toBe(1)
    expect({ status, body }).toEqual({
      status: 403,
      body: {
        type: 'urn:sightline:problem:blocked',
        title: 'Not allowed',
        status: 403,
        code: 'blocked',
        detail:
          'Requests from this address are blocked. If that is a mistake, tell the person who sent the link.',
      },
    })
    expect(await rows(app, 'people')).toHaveLength(1)
    expect(await rows(app, 'links', 'uses')).toEqual([{ uses: 1 }])
  })

  test.each([
    ['192.0.2.7', '::ffff:192.0.2.7'],
    ['::ffff:c000:200/120', '192.0.2.7'],
    ['2001:db8:1:2::/64', '2001:db8:1:2:ffff::1'],
    ['2001:db8::7/128', '2001:db8::7'],
  ])('is refused when %s is blocked and the call comes from %s', async (blocked, address) => {
    await block(blocked)
    expect((await call(address)).status).toBe(403)
  })

  test.each([
    ['192.0.2.7/32', '192.0.2.8'],
    ['192.0.2.8/29', '192.0.2.7'],
    ['2001:db8:1:2::/64', '2001:db8:1:3::'],
    ['0.0.0.0/8', '::1'],
    ['::/16', '192.0.2.7'],
    ['192.0.0.0/8', 'a-socket'],
  ])('goes on when %s is blocked and the call comes from %s', async (blocked, address) => {
    await block(blocked)
    expect((await call(address)).status).toBe(200)
  })

  test('goes on when the block has ended, and when it is lifted', async () => {
    await block('192.0.2.7', NOON + 60_000)
    app.clock.now = NOON + 59_999
    expect((await call('192.0.2.7')).status).toBe(403)
    app.clock.now = NOON + 60_000
    expect((await call('192.0.2.7')).status).toBe(200)
    await block('192.0.2.7')
    expect((await call('192.0.2.7')).status).toBe(403)
    await app.db.execute('DELETE FROM blocks')
    expect((await call('192.0.2.7')).status).toBe(200)
  })

  test('a forwarded address is not believed', async () => {
    await block('192.0.2.7')
    expect((await call(PROXY, { 'x-forwarded-for': '192.0.2.7' })).status).toBe(200)
    expect((await call('192.0.2.7', { 'x-forwarded-for': '198.51.100.1' })).status).toBe(403)
  })

  test('unless the deployment trusts the proxy that tells it', async () => {
    await app.settled()
    app.close()
    await start({ TRUSTED_PROXY: PROXY })
    await block('192.0.2.7')
    expect((await call(PROXY, { 'x-forwarded-for': '192.0.2.7' })).status).toBe(403)
    expect((await call(PROXY, { 'x-forwarded-for': '192.0.2.7, 198.51.100.1' })).status).toBe(200)
  })
})

test('a blocked stranger learns nothing', async () => {
  await block('192.0.2.7')
  expect(await knock('192.0.2.7', { fields: { secret: 'x' } })).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  })
})

test('a blocked address guesses no PIN, and uses up no try', async () => {
  link = await makeLink(app, link.roomId, { pin: '1234' })
  await block('192.0.2.7')
  for (const pin of ['1234', '4321'])
    expect(await knock('192.0.2.7', { fields: { pin } })).toMatchObject({ body: { code: 'blocked' } })
  expect(await rows(app, "limits WHERE key LIKE 'pin%'")).toEqual([])
})

describe('joining too often', () => {
  const { tries, window } = LIMITS.join
  const tooMany = {
    status: 429,
    headers: expect.objectContaining({ 'retry-after': '60' }),
    body: {
      type: 'urn:sightline:problem:too_many',
      title: 'Too many tries',
      status: 429,
      code: 'too_many',
      detail: 'Too many tries. Try again in 1 minute.',
    },
  }

  test('is refused for a minute, with a right secret and with a wrong one alike', async () => {
    for (let i = 0; i < tries; i++) await knock('192.0.2.7', { fields: i % 2 ? { secret: 'x' } : {} })
    const people = await rows(app, 'people')
    for (const fields of [{}, { secret: 'x' }, { slug: 'x' }]) {
      app.roundTrips()
      expect(await knock('192.0.2.7', { fields })).toEqual(tooMany)
      expect(app.roundTrips()).toBe(1)
    }
    expect(await rows(app, 'people')).toEqual(people)
    expect((await knock('192.0.2.8')).status).toBe(200)
    app.clock.now = NOON + window - 1
    expect((await knock('192.0.2.7')).status).toBe(429)
    app.clock.now = NOON + window
    expect((await knock('192.0.2.7')).status).toBe(200)
  })

  test('of a hundred at once from one /64 sixty come in', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => knock(`2001:db8::${n.toString(16)}`)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(tries)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - tries)
    expect(await rows(app, 'people')).toHaveLength(1 + tries)
  })

  test('does not count a page that comes back as the same person', async () => {
    for (let i = 0; i < tries + 5; i++) expect((await knock('192.0.2.7', { token })).status).toBe(200)
    expect((await knock('192.0.2.7')).status).toBe(200)
  })

  test('is told by the runtime’s own limiter without the database', async () => {
    await app.settled()
    app.close()
    const keys: string[] = []
    app = await testApp({}, { rateLimit: async key => keys.push(key) === 0 })
    const room = await makeRoom(app)
    link = await makeLink(app, room.id)
    app.roundTrips()
    expect(await knock('192.0.2.7')).toEqual(tooMany)
    expect([app.roundTrips(), keys]).toEqual([0, ['join|192.0.2.7']])
  })
})

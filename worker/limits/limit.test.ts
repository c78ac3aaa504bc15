import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import type { App } from '../deps.ts'
import { Problem } from '../problem.ts'
import { howLong, limitTries } from './limit.ts'
import { LIMITS, type Limited } from './rules.ts'
import { addressKey } from './store.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(() => app.close())

/** The helper as a route calls it; undefined when the try goes on. */
async function tryIt(what: Limited, who: string, deps: Partial<App> = {}): Promise<Problem | undefined> {
  const own = { db: app.db, now: () => app.clock.now, ...deps } as App
  try {
    await limitTries(own, what, who)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
const refused = (detail: string, seconds: string) => ({
  status: 429,
  code: 'too_many',
  detail,
  headers: { 'Retry-After': seconds },
})

describe('tries', () => {
  test('beyond the limit are refused until the window ends, then counted anew', async () => {
    const { tries, window } = LIMITS['set-up']
    for (let i = 0; i < tries; i++) {
      expect(await tryIt('set-up', '192.0.2.7')).toBeUndefined()
      app.clock.now += 1_000
    }
    expect(await tryIt('set-up', '192.0.2.7')).toMatchObject(
      refused('Too many tries. Try again in 10 minutes.', '580'),
    )
    app.clock.now = NOON + window - 1
    expect(await tryIt('set-up', '192.0.2.7')).toMatchObject(
      refused('Too many tries. Try again in 1 second.', '1'),
    )
    app.clock.now = NOON + window
    expect(await tryIt('set-up', '192.0.2.7')).toBeUndefined()
    expect(await rows(app, 'limits', 'key, count, window_ends')).toEqual([
      { key: 'set-up|192.0.2.7', count: 1, window_ends: NOON + 2 * window },
    ])
  })

  test('that are refused change nothing', async () => {
    for (let i = 0; i < LIMITS.join.tries; i++) await tryIt('join', '192.0.2.1')
    const before = await rows(app, 'limits')
    app.clock.now += 30_000
    expect(await tryIt('join', '192.0.2.1')).toBeInstanceOf(Problem)
    expect(await rows(app, 'limits')).toEqual(before)
  })

  test('of others, and of other kinds, are counted apart', async () => {
    for (let i = 0; i < LIMITS.join.tries; i++) await tryIt('join', '192.0.2.1')
    expect(await tryIt('join', '192.0.2.2')).toBeUndefined()
    expect(await tryIt('sign-in', '192.0.2.1')).toBeUndefined()
    expect(await tryIt('join', '192.0.2.1')).toBeInstanceOf(Problem)
  })

  test('of a thousand at once just as many go on as may', async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => tryIt('sign-in', '192.0.2.1')))
    expect(answers.filter(answer => answer === undefined)).toHaveLength(LIMITS['sign-in'].tries)
    expect(new Set(answers.filter(Boolean).map(answer => answer!.code))).toEqual(new Set(['too_many']))
    expect(await rows(app, 'limits', 'count')).toEqual([{ count: LIMITS['sign-in'].tries }])
  })

  test('cost one round trip', async () => {
    app.roundTrips()
    await tryIt('join', '192.0.2.1')
    expect(app.roundTrips()).toBe(1)
  })
})

test('tries from a blocked network are refused, and leave nothing', async () => {
  await ask(app, 'POST', '/api/blocks', { json: { block: '198.51.100.0/24' } })
  for (let i = 1; i < 100; i++)
    expect(await tryIt('sign-in', `198.51.100.${i}`)).toMatchObject({ status: 403, code: 'blocked' })
  expect(await rows(app, 'limits')).toEqual([])
  expect(await tryIt('sign-in', '198.51.101.1')).toBeUndefined()
})

describe('the runtime’s own limiter', () => {
  test('is asked first: what it refuses costs no round trip and is not counted', async () => {
    const asked: string[] = []
    const rateLimit = async (key: string) => asked.push(key) < 2
    expect(await tryIt('join', '192.0.2.1', { rateLimit })).toBeUndefined()
    app.roundTrips()
    expect(await tryIt('join', '192.0.2.1', { rateLimit })).toMatchObject(
      refused('Too many tries. Try again in 1 minute.', '60'),
    )
    expect(app.roundTrips()).toBe(0)
    expect(asked).toEqual(['join|192.0.2.1', 'join|192.0.2.1'])
    expect(await rows(app, 'limits', 'count')).toEqual([{ count: 1 }])
  })

  test('does not replace the database’s count', async () => {
    const rateLimit = async () => true
    for (let i = 0; i < LIMITS.join.tries; i++) await tryIt('join', '192.0.2.1', { rateLimit })
    expect(await tryIt('join', '192.0.2.1', { rateLimit })).toBeInstanceOf(Problem)
  })
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::', '2001:db8:1:3::/64'],
  [undefined, 'unknown'],
  ['fe80::1%eth0', 'unknown'],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})

test.each([
  [0, '1 second'],
  [1, '1 second'],
  [1_001, '2 seconds'],
  [59_000, '59 seconds'],
  [59_001, '1 minute'],
  [60_001, '2 minutes'],
  [900_000, '15 minutes'],
])('%i ms are %s', (ms, text) => {
  expect(howLong(ms)).toBe(text)
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { write } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import { blockAfterFailures } from './after-failures.ts'

const { tries, window } = LIMITS['sign-in-failed']
const PROXIES = ['10.0.0.0/8']

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(() => app.close())

/** One failed sign-in; whether it blocked its address. */
async function fail(address: string | undefined): Promise<boolean> {
  const statements = blockAfterFailures(address, PROXIES, app.clock.now)
  if (!statements.length) return false
  const results = await write(app.db, statements)
  return results[1]!.rowsAffected > 0
}
async function failOften(times: number, address: string): Promise<boolean[]> {
  const all: boolean[] = []
  for (let i = 0; i < times; i++) all.push(await fail(address))
  return all
}
const blocks = () => rows(app, 'blocks', 'block, low, high, reason, source, until, created_by, created_at')

describe('failed sign-ins', () => {
  test('block their address for an hour with the twentieth within one', async () => {
    app.clock.now = NOON
    expect(await failOften(tries - 1, '192.0.2.7')).toEqual(Array(tries - 1).fill(false))
    expect(await blocks()).toEqual([])
    app.clock.now = NOON + window - 1
    expect(await fail('192.0.2.7')).toBe(true)
    expect(await blocks()).toEqual([
      {
        block: '192.0.2.7',
        low: '4c0000207',
        high: '4c0000207',
        reason: '20 failed sign-ins within an hour',
        source: 'sign-in',
        until: NOON + window - 1 + 3600_000,
        created_by: null,
        created_at: NOON + window - 1,
      },
    ])
  })

  test('do not, when they are spread over more than an hour', async () => {
    await failOften(tries - 1, '192.0.2.7')
    app.clock.now = NOON + window
    expect(await failOften(tries - 1, '192.0.2.7')).not.toContain(true)
    expect(await blocks()).toEqual([])
  })

  test('are counted anew after a block', async () => {
    await failOften(tries, '192.0.2.7')
    expect(await rows(app, 'limits')).toEqual([])
    expect(await failOften(tries, '192.0.2.7')).toEqual([...Array(tries - 1).fill(false), true])
  })

  test('of a hundred at once block five times, not a hundred', async () => {
    const all = await Promise.all(Array.from({ length: 5 * tries }, () => fail('192.0.2.7')))
    expect(all.filter(Boolean)).toHaveLength(5)
  })

  test('of IPv6 are counted and blocked by the /64', async () => {
    for (let n = 1; n <= tries; n++) await fail(`2001:db8:1:2::${n.toString(16)}`)
    expect(await blocks()).toMatchObject([{ block: '2001:db8:1:2::/64', source: 'sign-in' }])
  })

  test('of one address do not count for another, but for its other spelling', async () => {
    await failOften(tries - 1, '192.0.2.7')
    expect(await fail('192.0.2.8')).toBe(false)
    expect(await fail('::ffff:192.0.2.7')).toBe(true)
  })
})

test.each([['127.0.0.1'], ['127.9.9.9'], ['::1'], ['::ffff:127.0.0.1'], ['10.1.2.3'], ['unix'], [undefined]])(
  '%s is never blocked',
  address => {
    expect(blockAfterFailures(address, PROXIES, NOON)).toEqual([])
  },
)

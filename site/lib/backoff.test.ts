import { expect, test } from 'vitest'
import { backoff } from './backoff.ts'

test('doubles from half a second to ten', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 1000].map(failures => backoff(failures, 0.5))
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
})

test('spreads by 15 % either way', () => {
  expect([0, 0.5, 1].map(spread => backoff(3, spread))).toEqual([1700, 2000, 2300])
})

test('counts nothing and nonsense as the first failure', () => {
  expect([0, -4].map(failures => backoff(failures, 0.5))).toEqual([500, 500])
})

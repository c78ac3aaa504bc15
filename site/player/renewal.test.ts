import { describe, expect, test } from 'vitest'
import { renewAt } from './renewal.ts'

const table: [what: string, leaseMs: number, spread: number, failures: number, at: number][] = [
  ['the usual five minutes: 30 s before the end', 300_000, 0, 0, 270_000],
  ['the same, first of all viewers', 300_000, 1, 0, 240_000],
  ['a quarter of an hour: not more than 30 s before', 900_000, 0, 0, 870_000],
  ['the strictest room: 6 s before the end', 30_000, 0, 0, 24_000],
  ['the strictest room, first of all viewers', 30_000, 1, 0, 21_000],
  ['a fifth between the bounds', 100_000, 0, 0, 80_000],
  ['a link about to end: not before half of it', 8000, 1, 0, 4000],
  ['a second left', 1000, 0.5, 0, 500],
  ['after one failure, a second later', 300_000, 0, 1, 271_000],
  ['after two', 300_000, 0, 2, 273_000],
  ['after four', 300_000, 0, 4, 285_000],
]

describe('renewAt', () => {
  test.each(table)('%s', (_, leaseMs, spread, failures, at) => {
    expect(renewAt({ openedAt: 0, leaseMs, spread, failures })).toBe(at)
    expect(renewAt({ openedAt: 5_000_000, leaseMs, spread, failures })).toBe(5_000_000 + at)
  })

  test('is always before the end while nothing failed, and leaves a second where there is one', () => {
    for (let leaseMs = 1000; leaseMs <= 900_000; leaseMs += 777)
      for (const spread of [0, 0.3, 1]) {
        const left = leaseMs - renewAt({ openedAt: 0, leaseMs, spread, failures: 0 })
        expect(left).toBeGreaterThanOrEqual(Math.min(6000, leaseMs / 2) - 1)
      }
  })
})

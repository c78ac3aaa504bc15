import { describe, expect, test } from 'vitest'
import { countDown, sayClock, sayWhen } from './when.ts'

const at = (time: string) => Date.parse(time)

describe('sayWhen', () => {
  const now = at('2026-11-21T12:00:00Z')
  test.each([
    ['2026-11-21T14:00:00Z', 'UTC', '14:00'],
    ['2026-11-21T14:00:00Z', 'America/Sao_Paulo', '11:00'],
    ['2026-11-21T00:05:00Z', 'UTC', '00:05'],
    ['2026-11-22T09:30:00Z', 'UTC', 'Sunday 09:30'],
    ['2026-11-21T20:00:00Z', 'Asia/Tokyo', 'Sunday 05:00'],
    ['2026-11-24T14:00:00Z', 'UTC', 'Tuesday 14:00'],
    ['2026-11-17T18:00:00Z', 'UTC', 'Tuesday 18:00'],
    ['2026-11-28T14:00:00Z', 'UTC', '28 November, 14:00'],
    ['2027-11-21T14:00:00Z', 'UTC', '21 November 2027, 14:00'],
    ['2025-12-31T23:30:00Z', 'UTC', '31 December 2025, 23:30'],
    ['2025-12-31T23:30:00Z', 'Asia/Tokyo', '1 January, 08:30'],
  ])('%s in %s: %s', (time, zone, said) => expect(sayWhen(at(time), now, 'en-GB', zone)).toBe(said))
})

test('sayClock', () => {
  expect(sayClock(at('2026-11-21T14:02:31.900Z'), 'en-GB', 'UTC')).toBe('14:02:31')
})

test.each([
  [761_000, 0, '00:12:41'],
  [760_001, 0, '00:12:41'],
  [3_600_000, 0, '01:00:00'],
  [86_400_000, 1, '00:00:00'],
  [200_000_000, 2, '07:33:20'],
  [1, 0, '00:00:01'],
  [0, 0, '00:00:00'],
  [-5000, 0, '00:00:00'],
])('%i ms: %i d %s', (ms, days, clock) => expect(countDown(ms)).toEqual({ days, clock }))

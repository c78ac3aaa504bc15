import { expect, it } from 'vitest'
import { DAY, extendedEnd, HOUR } from './extended-end.ts'

const now = Date.parse('2026-11-21T14:00:00Z')

it.each([
  ['2026-11-21T18:00:00.000Z', HOUR, '2026-11-21T19:00:00.000Z'],
  ['2026-11-21T18:00:00.000Z', DAY, '2026-11-22T18:00:00.000Z'],
  // An ended link gets its time from now, not from its old end.
  ['2026-11-20T18:00:00.000Z', HOUR, '2026-11-21T15:00:00.000Z'],
  ['2026-11-21T14:00:00.000Z', HOUR, '2026-11-21T15:00:00.000Z'],
  [null, HOUR, null],
])('a link until %s, %d ms more, is until %s', (endsAt, by, end) => {
  expect(extendedEnd({ endsAt }, by, now)).toBe(end)
})

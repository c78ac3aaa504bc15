import { describe, expect, it } from 'vitest'
import { sayClock, sayDay, sayDuration, sayMoment, saySpan, sayWhen } from './say.ts'

// A Saturday, 13:12 in Lisbon.
const here = { now: Date.parse('2026-11-21T13:12:00Z'), zone: 'Europe/Lisbon' }

describe('sayWhen', () => {
  it.each([
    ['2026-11-21T16:30:00Z', 'Today 16:30'],
    ['2026-11-21T00:00:00Z', 'Today 00:00'],
    ['2026-11-22T00:00:00Z', 'Tomorrow 00:00'],
    ['2026-11-20T23:59:59Z', 'Yesterday 23:59'],
    ['2026-11-25T10:00:00Z', 'Wed 10:00'],
    ['2026-11-16T15:58:00Z', 'Mon 15:58'],
    ['2026-11-28T10:00:00Z', '28 Nov 10:00'],
    ['2026-11-14T10:00:00Z', '14 Nov 10:00'],
    ['2027-01-01T00:00:00Z', '1 Jan 2027 00:00'],
    ['2026-07-01T09:00:00Z', '1 Jul 10:00'],
  ])('%s is %s', (iso, words) => {
    expect(sayWhen(Date.parse(iso), here)).toBe(words)
  })

  it('takes the day from the reader’s zone', () => {
    const at = Date.parse('2026-11-21T23:30:00Z')
    expect(sayWhen(at, { now: here.now, zone: 'Asia/Tokyo' })).toBe('Tomorrow 08:30')
    expect(sayClock(at, 'America/New_York')).toBe('18:30')
  })
})

it('sayMoment tells seconds, in the reader’s zone', () => {
  expect(sayMoment(Date.parse('2026-11-21T04:05:09.999Z'), 'Europe/Lisbon')).toBe('04:05:09')
  expect(sayMoment(Date.parse('2026-11-21T23:59:00Z'), 'Asia/Tokyo')).toBe('08:59:00')
})

it.each([
  ['2026-11-21T00:00:00Z', null],
  ['2026-11-20T23:59:59Z', 'Fri 20 Nov'],
  ['2025-11-21T13:12:00Z', '21 Nov 2025'],
])('sayDay(%s) is %s', (iso, words) => {
  expect(sayDay(Date.parse(iso), here)).toBe(words)
})

describe('sayDuration', () => {
  it.each([
    [-5000, 'under 1 min'],
    [59_999, 'under 1 min'],
    [60_000, '1 min'],
    [42 * 60_000, '42 min'],
    [60 * 60_000, '1 h'],
    [112 * 60_000, '1 h 52 min'],
    [24 * 3_600_000, '1 d'],
    [76 * 3_600_000, '3 d 4 h'],
  ])('%d ms is %s', (ms, words) => {
    expect(sayDuration(ms)).toBe(words)
  })
})

describe('saySpan', () => {
  it.each([
    [null, null, null],
    ['2026-11-21T14:00:00Z', '2026-11-21T16:00:00Z', 'Today 14:00 to 16:00'],
    ['2026-11-21T22:00:00Z', '2026-11-22T01:00:00Z', 'Today 22:00 to tomorrow 01:00'],
    ['2026-11-25T10:00:00Z', null, 'From Wed 10:00'],
    [null, '2026-11-27T18:00:00Z', 'Until Fri 18:00'],
  ])('%s, %s', (from, to, words) => {
    expect(saySpan(from, to, here)).toBe(words)
  })
})

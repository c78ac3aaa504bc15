import { describe, expect, it } from 'vitest'
import { auditQuery, everything, isNarrow, isPartOfAddress } from './filter.ts'

const nothing = { actor: '', action: '', outcome: '', room: '', address: '', from: '', to: '' }

describe('auditQuery', () => {
  it.each([
    [{}, {}],
    [
      {
        actor: 'u1',
        actorName: 'Ada',
        address: ' 192.0.2.7 ',
        room: 'r1',
        group: 'link',
        outcome: 'refused',
      },
      { actor: 'u1', address: '192.0.2.7', room: 'r1', action: 'link.', outcome: 'refused' },
    ],
    // Lisbon is an hour ahead in July: its day begins before midnight UTC.
    [
      { from: '2026-07-01', to: '2026-07-01' },
      { from: '2026-06-30T23:00:00.000Z', to: '2026-07-01T23:00:00.000Z' },
    ],
    [{ to: '2026-12-31' }, { to: '2027-01-01T00:00:00.000Z' }],
    [{ from: '2026-02-31', to: 'soon' }, {}],
  ] as const)('%o', (given, query) => {
    expect(auditQuery({ ...everything, ...given }, 'Europe/Lisbon')).toEqual({ ...nothing, ...query })
  })

  it('begins a day at one where its midnight is skipped', () => {
    expect(auditQuery({ ...everything, from: '2026-09-06' }, 'America/Santiago').from).toBe(
      '2026-09-06T04:00:00.000Z',
    )
  })
})

it.each([
  ['', false],
  [' 203.0.113.7 ', false],
  ['2001:db8::7', false],
  ['::ffff:203.0.113.7', false],
  ['203.0.113', true],
  ['203.0.113.', true],
  ['203.0.113.256', true],
  ['203.0.113.7.1', true],
  ['2001:db8', true],
  ['2001:db8::7/64', true],
  ['zzz', true],
])('isPartOfAddress(%o) is %s', (typed, part) => {
  expect(isPartOfAddress(typed)).toBe(part)
})

it.each([
  [{}, false],
  [{ address: ' ' }, false],
  [{ outcome: 'done' }, true],
  [{ to: '2026-07-01' }, true],
] as const)('isNarrow(%o) is %s', (given, narrow) => {
  expect(isNarrow({ ...everything, ...given })).toBe(narrow)
})

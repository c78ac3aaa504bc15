import { describe, expect, it } from 'vitest'
import { faultsOf, orderFault, timeFault, wholeFault } from './faults.ts'

const zone = 'Europe/Berlin'

describe('timeFault', () => {
  it.each([
    ['', null],
    ['2026-11-21T14:00', null],
    ['2026-10-25T02:30', null],
    ['2026-03-29T02:30', { is: 'skipped' }],
    ['2026-11-31T14:00', { is: 'time' }],
    ['14:00', { is: 'time' }],
  ])('%j', (text, fault) => {
    expect(timeFault(text, zone)).toEqual(fault)
  })
})

describe('orderFault', () => {
  it.each([
    ['', '', null],
    ['2026-11-21T14:00', '', null],
    ['', '2026-11-21T14:00', null],
    ['2026-11-21T14:00', '2026-11-21T14:01', null],
    ['2026-11-21T14:00', '2026-11-21T14:00', { is: 'order' }],
    ['2026-11-21T14:00', '2026-11-21T13:00', { is: 'order' }],
    ['nonsense', '2026-11-21T13:00', null],
  ])('%j to %j', (from, to, fault) => {
    expect(orderFault(from, to, zone)).toEqual(fault)
  })
})

describe('wholeFault', () => {
  it.each(['', ' ', '1', ' 5 ', '10'])('%j is fine', text => {
    expect(wholeFault(text, 1, 10)).toBeNull()
  })
  it.each(['0', '11', '-1', '+1', '1.0', '1e1', '0x1', 'one', '٣'])('%j is not', text => {
    expect(wholeFault(text, 1, 10)).toEqual({ is: 'whole', min: 1, max: 10 })
  })
})

it('faultsOf puts the server’s sentences under the form’s fields', () => {
  expect(
    faultsOf(
      [
        { field: 'leaseMs', detail: 'must be at most 900000' },
        { field: 'title', detail: 'must not be empty' },
      ],
      { leaseMs: 'lease' },
    ),
  ).toEqual({
    lease: { is: 'said', sentence: 'must be at most 900000' },
    title: { is: 'said', sentence: 'must not be empty' },
  })
})

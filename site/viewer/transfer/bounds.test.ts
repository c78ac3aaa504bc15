import { describe, expect, test } from 'vitest'
import { decideOffer, largestOf, mayBegin } from './bounds.ts'
import { ASKED, LARGEST, OFFERS, RUNNING } from './limits.ts'
import { askedOf, type Phase, type Transfer } from './state.ts'

const NOW = 1_000_000_000
const file = { name: 'a.mov', size: 1000, mime: '' }
const from = (id: string, n: number, phase: Phase = 'asked'): Transfer => ({
  ...askedOf({ id: `${id}${n}`, peer: { id, name: id }, file }, NOW),
  phase,
})
const many = (id: string, count: number, phase?: Phase) =>
  Array.from({ length: count }, (_, n) => from(id, n, phase))
const offer = { id: 'new', from: 'ada', file }
const times = (count: number, at: number) => Array.from({ length: count }, () => at)

describe('an offer is', () => {
  test.each<[what: string, transfers: Transfer[], earlier: number[], size: number, verdict: object]>([
    ['asked about', [], [], 1000, { do: 'ask' }],
    ['asked about at the largest size', [], [], 5000, { do: 'ask' }],
    ['refused beyond it', [], [], 5001, { do: 'refuse', why: 'too_large', limit: 5000 }],
    ['asked about beside one of the same person', many('ada', ASKED.each - 1), [], 1000, { do: 'ask' }],
    ['refused beside as many as may be', many('ada', ASKED.each), [], 1000, { do: 'refuse', why: 'busy' }],
    [
      'refused beside many of others',
      Array.from({ length: ASKED.all }, (_, n) => from(`p${n}`, 0)),
      [],
      1000,
      { do: 'refuse', why: 'busy' },
    ],
    ['asked about when the others were answered', many('ada', 9, 'refused'), [], 1000, { do: 'ask' }],
    ['ignored when it is known', [{ ...from('ada', 0), id: 'new' }], [], 1000, { do: 'ignore' }],
    [
      'ignored when it is known from somebody else',
      [{ ...from('bob', 0), id: 'new' }],
      [],
      1000,
      { do: 'ignore' },
    ],
    ['ignored after too many', [], times(OFFERS.count, NOW - OFFERS.ms + 1), 1000, { do: 'ignore' }],
    ['ignored after too many, however large', [], times(OFFERS.count, NOW), 9999, { do: 'ignore' }],
    ['asked about when those are long ago', [], times(OFFERS.count, NOW - OFFERS.ms), 1000, { do: 'ask' }],
  ])('%s', (_, transfers, earlier, size, verdict) => {
    const sized = { ...offer, file: { ...file, size } }
    expect(decideOffer(sized, transfers, earlier, 5000, NOW)).toEqual(verdict)
  })
})

test('so many may run at once, and those that are asked about or over do not count', () => {
  expect(mayBegin(many('ada', RUNNING - 1, 'moving'))).toBe(true)
  for (const phase of ['offered', 'connecting', 'moving', 'checking'] as const)
    expect(mayBegin(many('ada', RUNNING, phase))).toBe(false)
  for (const phase of ['draft', 'asked', 'done', 'failed'] as const)
    expect(mayBegin(many('ada', RUNNING, phase))).toBe(true)
})

test('the largest file is what the disk has left, or what memory may hold', () => {
  expect([
    largestOf({ disk: true, free: null }),
    largestOf({ disk: true, free: 1000 }),
    largestOf({ disk: true, free: LARGEST.disk + 1 }),
    largestOf({ disk: false, free: null }),
    largestOf({ disk: false, free: 10 ** 12 }),
  ]).toEqual([LARGEST.disk, 1000, LARGEST.disk, LARGEST.memory, LARGEST.memory])
})

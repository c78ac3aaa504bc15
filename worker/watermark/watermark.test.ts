import { expect, test } from 'vitest'
import { type Watermark, type WatermarkMode, watermarkOf } from './watermark.ts'

const NOON = Date.parse('2026-11-24T12:00:00Z')
const ada = { name: 'Ada', link: 'Agency', address: '192.0.2.7' }

test.each<[WatermarkMode, typeof ada | (Omit<typeof ada, 'address'> & { address: null }), number, Watermark]>(
  [
    ['off', ada, NOON, null],
    ['corner', ada, NOON, { mode: 'corner', text: 'Ada · Agency · 24 Nov 2026 · 192.0.2.7' }],
    ['tiled', ada, NOON, { mode: 'tiled', text: 'Ada · Agency · 24 Nov 2026 · 192.0.2.7' }],
    ['corner', { ...ada, address: null }, NOON, { mode: 'corner', text: 'Ada · Agency · 24 Nov 2026' }],
    ['corner', { ...ada, link: 'Ada' }, NOON, { mode: 'corner', text: 'Ada · 24 Nov 2026 · 192.0.2.7' }],
    [
      'corner',
      { ...ada, name: '<b>Ada</b>' },
      NOON,
      { mode: 'corner', text: '<b>Ada</b> · Agency · 24 Nov 2026 · 192.0.2.7' },
    ],
    // A day begins at midnight in UTC, wherever the page is.
    [
      'corner',
      ada,
      Date.parse('2026-12-31T23:59:59.999Z'),
      { mode: 'corner', text: 'Ada · Agency · 31 Dec 2026 · 192.0.2.7' },
    ],
    [
      'corner',
      ada,
      Date.parse('2027-01-01T00:00:00Z'),
      { mode: 'corner', text: 'Ada · Agency · 1 Jan 2027 · 192.0.2.7' },
    ],
  ],
)('%s for %j at %d', (mode, who, now, mark) => expect(watermarkOf(mode, who, now)).toEqual(mark))

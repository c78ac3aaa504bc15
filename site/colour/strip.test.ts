import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc16 } from './crc16.ts'
import { agree, decodeStrip, encodeStrip, MAX_TIME, STRIP_BITS, type Strip } from './strip.ts'

const strip = fc.record<Strip>({
  kind: fc.constantFrom('clock', 'still'),
  chartId: fc.nat(0xffff),
  time: fc.maxSafeNat().map(n => n % (MAX_TIME + 1)),
})
const cell = fc.nat(STRIP_BITS - 1)
const flip = (cells: number[], ...which: number[]) =>
  cells.map((bit, i) => (which.includes(i) ? 1 - bit : bit))

test('the CRC is the well-known one', () => {
  expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x29b1)
})

test('cells say what was put into them', () => {
  fc.assert(
    fc.property(strip, said => {
      const cells = encodeStrip(said)
      expect(cells).toHaveLength(STRIP_BITS)
      expect(decodeStrip(cells)).toEqual(said)
    }),
  )
})

test('the layout stays as it is', () => {
  const cells = encodeStrip({ kind: 'still', chartId: 0x1234, time: 0x19a_bcde_f012 })
  expect(
    BigInt(`0b${cells.join('')}`)
      .toString(16)
      .slice(0, -4),
  ).toBe('3123419abcdef012')
})

describe('refused', () => {
  test('any one wrong cell', () => {
    fc.assert(fc.property(strip, cell, (said, at) => decodeStrip(flip(encodeStrip(said), at)) === null))
  })

  test('every pair of wrong cells', () => {
    const cells = encodeStrip({ kind: 'clock', chartId: 51_966, time: 1_795_550_000_123 })
    for (let i = 0; i < STRIP_BITS; i += 1)
      for (let k = 0; k < i; k += 1) expect(decodeStrip(flip(cells, i, k))).toBeNull()
  })

  test('any three wrong cells, and any run of up to sixteen', () => {
    fc.assert(
      fc.property(strip, fc.uniqueArray(cell, { minLength: 3, maxLength: 3 }), (said, wrong) => {
        expect(decodeStrip(flip(encodeStrip(said), ...wrong))).toBeNull()
      }),
    )
    fc.assert(
      fc.property(
        strip,
        fc.nat(STRIP_BITS - 16),
        fc.integer({ min: 1, max: 0xffff }),
        (said, at, pattern) => {
          const wrong = Array.from({ length: 16 }, (_, i) => i).filter(i => (pattern >> i) & 1)
          expect(decodeStrip(flip(encodeStrip(said), ...wrong.map(i => at + i)))).toBeNull()
        },
      ),
    )
  })

  test('the same cells in black for white, or backwards', () => {
    fc.assert(
      fc.property(strip, said => {
        const cells = encodeStrip(said)
        expect(decodeStrip(cells.map(bit => 1 - bit))).toBeNull()
      }),
    )
    const cells = encodeStrip({ kind: 'clock', chartId: 51_966, time: 1_795_550_000_123 })
    expect(decodeStrip(cells.toReversed())).toBeNull()
  })

  test.each<[string, number[]]>([
    ['no cells', []],
    ['all black', Array(STRIP_BITS).fill(0)],
    ['all white', Array(STRIP_BITS).fill(1)],
    ['a cell short', encodeStrip({ kind: 'clock', chartId: 1, time: 1 }).slice(1)],
    ['a cell more', [...encodeStrip({ kind: 'clock', chartId: 1, time: 1 }), 0]],
  ])('%s', (_, cells) => {
    expect(decodeStrip(cells)).toBeNull()
  })

  test('another version with a right CRC', () => {
    const bytes = new Uint8Array(10)
    bytes[0] = 2 << 5
    new DataView(bytes.buffer).setUint16(8, crc16(bytes.subarray(0, 8)))
    expect(
      decodeStrip([...bytes].flatMap(byte => [...byte.toString(2).padStart(8, '0')].map(Number))),
    ).toBeNull()
  })

  test.each<Partial<Strip>>([
    { chartId: -1 },
    { chartId: 65_536 },
    { chartId: 0.5 },
    { time: -1 },
    { time: MAX_TIME + 1 },
    { time: 1.5 },
    { time: Number.NaN },
  ])('to encode %j', wrong => {
    expect(() => encodeStrip({ kind: 'clock', chartId: 0, time: 0, ...wrong })).toThrow(RangeError)
  })
})

test.each<[string, Strip | null, Strip | null, Strip | null]>([
  ['alike', at(5), at(5), at(5)],
  ['torn', at(5), at(6), null],
  ['of two rooms', at(5), { ...at(5), chartId: 2 }, null],
  ['of two kinds', at(5), { ...at(5), kind: 'still' }, null],
  ['the lower covered', at(5), null, at(5)],
  ['the upper covered', null, at(5), at(5)],
  ['both covered', null, null, null],
])('two copies: %s', (_, top, bottom, expected) => {
  expect(agree(top, bottom)).toEqual(expected)
})

function at(time: number): Strip {
  return { kind: 'clock', chartId: 1, time }
}

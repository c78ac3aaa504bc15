import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Alignment, align, uncertaintyAt } from './align.ts'

const NOON = 1_795_521_600_000
/** A sample of a server whose clock is `offset` ahead, with a way there and a way back, ms. */
const sample = (sent: number, there: number, back: number, offset = NOON) => ({
  sent,
  received: sent + there + back,
  server: sent + there + offset,
})

test('a first sample: the middle of its round trip, half of it uncertain', () => {
  expect(align(null, sample(1000, 10, 10))).toEqual({ offset: NOON, uncertainty: 10, at: 1020 })
})

test('of two samples the one with the smaller round trip', () => {
  const near = align(null, sample(0, 2, 2))
  expect(align(near, sample(100, 20, 30))).toBe(near)
  expect(align(align(null, sample(0, 20, 30)), sample(100, 2, 2))).toEqual({
    offset: NOON,
    uncertainty: 2,
    at: 104,
  })
})

test('what is old grows uncertain, until a worse sample is the better one', () => {
  const near = align(null, sample(0, 2, 2))
  expect(uncertaintyAt(near, 10_004)).toBeCloseTo(3)
  expect(align(near, sample(100_000, 20, 20))).toBe(near)
  expect(align(near, sample(300_000, 40, 40))).toBe(near)
  expect(align(near, sample(600_000, 40, 40))).toMatchObject({ uncertainty: 40 })
})

describe('a clock that jumped', () => {
  test.each([60_000, -60_000, 3 * 3600_000, 200])('by %i ms is believed at once', jump => {
    const near = align(null, sample(0, 2, 2))
    expect(align(near, sample(10_000, 20, 20, NOON + jump))).toEqual({
      offset: NOON + jump,
      uncertainty: 20,
      at: 10_040,
    })
  })
})

test('whatever the ways take, and for hours of drift, the truth lies within the uncertainty', () => {
  const way = fc.integer({ min: 0, max: 400 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: -90, max: 90 }),
      (ways, ppm) => {
        let known: Alignment | null = null
        const offsetAt = (steady: number) => NOON + (steady * ppm) / 1e6
        ways.forEach(([there, back], i) => {
          const sent = i * 600_000
          known = align(known, sample(sent, there, back, offsetAt(sent + there)))
          const now = sent + there + back + 300_000
          const error = Math.abs(known.offset - offsetAt(now))
          expect(error).toBeLessThanOrEqual(uncertaintyAt(known, now) + 0.1)
        })
      },
    ),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point } from '../../../worker/live/messages/drawing-fields.ts'
import { simplified, thinned } from './simplify.ts'

const shape = 9 / 16
const circle = (points: number): Point[] =>
  Array.from({ length: points }, (_, i) => {
    const turn = (i / points) * 2 * Math.PI
    return [0.5 + 0.2 * Math.cos(turn), 0.5 + (0.2 / shape) * Math.sin(turn)]
  })
const line = (points: number): Point[] =>
  Array.from({ length: points }, (_, i) => [0.1 + (0.8 * i) / (points - 1), 0.5])

describe('points of a hand that hardly moves', () => {
  test.each<[string, Point[], Point[]]>([
    ['the same place', [[0.5, 0.5]], []],
    ['closer than a two-thousandth', [[0.5004, 0.5]], []],
    [
      'slowly, but away',
      [
        [0.5003, 0.5],
        [0.5006, 0.5],
        [0.5009, 0.5],
        [0.5012, 0.5],
      ],
      [
        [0.5006, 0.5],
        [0.5012, 0.5],
      ],
    ],
    ['downwards, by the width’s measure', [[0.5, 0.5008]], []],
    ['downwards, farther', [[0.5, 0.501]], [[0.5, 0.501]]],
    ['none', [], []],
  ])('%s', (_, points, kept) => {
    expect(thinned([0.5, 0.5], points, shape)).toEqual(kept)
  })
})

describe('a finished stroke', () => {
  test('a straight line keeps its ends, and no two points far apart', () => {
    const points = simplified(line(1_000), shape)
    expect([points[0], points.at(-1), points.length]).toEqual([[0.1, 0.5], [0.9, 0.5], 28])
  })

  test('a circle of a thousand points needs few', () => {
    expect(simplified(circle(1_000), shape).length).toBeLessThan(70)
  })

  test('a corner stays', () => {
    const there = line(400)
    const down = there.map(([x]): Point => [0.9, 0.5 + (x - 0.1) / 2])
    expect(simplified([...there, ...down.slice(1)], shape)).toContain(there.at(-1))
  })

  test.each<[Point[]]>([
    [[[0.5, 0.5]]],
    [
      [
        [0.5, 0.5],
        [0.6, 0.5],
      ],
    ],
  ])('%j is what it is', points => {
    expect(simplified(points, shape)).toEqual(points)
  })

  test('whatever the hand does: own points in order, both ends, never too many', () => {
    const step = fc.double({ min: -0.02, max: 0.02, noNaN: true })
    const walk = fc.array(fc.tuple(step, step), { minLength: 1, maxLength: 3_000, size: 'max' })
    fc.assert(
      fc.property(walk, steps => {
        let [x, y] = [0.5, 0.5]
        const hand = steps.map(([dx, dy]): Point => {
          x = Math.min(1, Math.max(0, x + dx))
          y = Math.min(1, Math.max(0, y + dy))
          return [x, y]
        })
        const points = simplified(hand, shape)
        let at = -1
        for (const point of points) {
          at = hand.indexOf(point, at + 1)
          expect(at).toBeGreaterThanOrEqual(0)
        }
        expect([points[0], points.at(-1)]).toEqual([hand[0], hand.at(-1)])
        expect(points.length).toBeLessThanOrEqual(600)
      }),
      { numRuns: 50 },
    )
  })
})

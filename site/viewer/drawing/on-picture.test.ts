import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentBox, nearestOnPicture, onPicture, placeOf } from './on-picture.ts'

const wide = { width: 1920, height: 1080 }
const box = (left: number, top: number, width: number, height: number) => ({ left, top, width, height })

describe('where the content lies', () => {
  test.each([
    ['the same shape', box(0, 0, 1280, 720), wide, box(0, 0, 1280, 720)],
    ['a taller box', box(10, 20, 1600, 1000), wide, box(10, 70, 1600, 900)],
    ['a wider box', box(0, 0, 2000, 900), wide, box(200, 0, 1600, 900)],
    ['a phone, portrait', box(0, 44, 390, 219.375), wide, box(0, 44, 390, 219.375)],
    ['actual pixels, scrolled', box(-400, -300, 1920, 1080), wide, box(-400, -300, 1920, 1080)],
    ['a dense display', box(0, 0, 960, 540), wide, box(0, 0, 960, 540)],
    ['an upright picture', box(0, 0, 1600, 900), { width: 1080, height: 1920 }, box(546.875, 0, 506.25, 900)],
  ])('%s', (_, around, content, shown) => {
    expect(contentBox(around, content)).toEqual(shown)
  })

  test.each([
    ['no box', box(0, 0, 0, 0), wide],
    ['a flat box', box(0, 0, 100, 0), wide],
    ['no frame yet', box(0, 0, 100, 100), { width: 0, height: 0 }],
    ['no number', box(0, 0, Number.NaN, 100), wide],
  ])('nowhere: %s', (_, around, content) => {
    expect([
      contentBox(around, content),
      onPicture({ x: 0, y: 0 }, around, content),
      nearestOnPicture({ x: 0, y: 0 }, around, content),
      placeOf([0, 0], around, content),
    ]).toEqual([null, null, null, null])
  })
})

describe('a place beside the picture', () => {
  const around = box(100, 100, 1600, 1000)
  test.each([
    ['in the bar above', { x: 900, y: 149 }, [0.5, 0]],
    ['in the bar below', { x: 900, y: 1051 }, [0.5, 1]],
    ['left of it', { x: 99, y: 600 }, [0, 0.5]],
    ['right of it', { x: 1701, y: 600 }, [1, 0.5]],
    ['far from it', { x: -5000, y: 9000 }, [0, 1]],
  ])('%s', (_, place, nearest) => {
    expect([onPicture(place, around, wide), nearestOnPicture(place, around, wide)]).toEqual([null, nearest])
  })

  test('its corners are on it', () => {
    expect([
      onPicture({ x: 100, y: 150 }, around, wide),
      onPicture({ x: 1700, y: 1050 }, around, wide),
    ]).toEqual([
      [0, 0],
      [1, 1],
    ])
  })
})

const pixels = fc.double({ min: 40, max: 8_000, noNaN: true })
const offset = fc.double({ min: -8_000, max: 8_000, noNaN: true })
const boxes = fc.record({ left: offset, top: offset, width: pixels, height: pixels })
const contents = fc.record({
  width: fc.integer({ min: 16, max: 8_192 }),
  height: fc.integer({ min: 16, max: 8_192 }),
})
const part = fc.double({ min: 0, max: 1, noNaN: true })

describe('whatever box and content', () => {
  test('what is drawn lies within half a pixel of the hand that drew it', () => {
    fc.assert(
      fc.property(boxes, contents, part, part, (around, content, x, y) => {
        const shown = contentBox(around, content)!
        const hand = { x: shown.left + x * shown.width, y: shown.top + y * shown.height }
        const point = nearestOnPicture(hand, around, content)!
        const there = placeOf(point, around, content)!
        expect(Math.abs(there.x - hand.x)).toBeLessThanOrEqual(0.5)
        expect(Math.abs(there.y - hand.y)).toBeLessThanOrEqual(0.5)
      }),
    )
  })

  test('two screens show a point at the same place of the picture', () => {
    fc.assert(
      fc.property(boxes, boxes, contents, part, part, (one, other, content, x, y) => {
        const part = (around: typeof one) => {
          const shown = contentBox(around, content)!
          const { x: left, y: top } = placeOf([x, y], around, content)!
          return [(left - shown.left) / shown.width, (top - shown.top) / shown.height]
        }
        const [a, b] = [part(one), part(other)]
        expect(Math.abs(a[0]! - b[0]!)).toBeLessThan(1e-6)
        expect(Math.abs(a[1]! - b[1]!)).toBeLessThan(1e-6)
      }),
    )
  })

  test('a point is always one that a message may carry, or none', () => {
    fc.assert(
      fc.property(boxes, contents, offset, offset, (around, content, x, y) => {
        const point = onPicture({ x, y }, around, content)
        for (const value of point ?? [])
          expect([value >= 0 && value <= 1, Math.round(value * 10_000) / 10_000]).toEqual([true, value])
        if (point) expect(nearestOnPicture({ x, y }, around, content)).toEqual(point)
      }),
    )
  })
})

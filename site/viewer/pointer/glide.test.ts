import { expect, test } from 'vitest'
import { GLIDE, isMoving, placeAt, resting, towards } from './glide.ts'

test('goes straight from where it is to what it is told, and stays there', () => {
  const glide = towards(resting([0, 0.5], 1_000), [0.8, 0.5], 1_000)
  expect([1_000, 1_020, 1_040, 1_080, 5_000].map(now => [placeAt(glide, now), isMoving(glide, now)])).toEqual(
    [
      [[0, 0.5], true],
      [[0.2, 0.5], true],
      [[0.4, 0.5], true],
      [[0.8, 0.5], false],
      [[0.8, 0.5], false],
    ],
  )
})

test('turns on its way without a jump', () => {
  const first = towards(resting([0, 0], 0), [0.4, 0], 0)
  const second = towards(first, [0.2, 0.6], GLIDE / 2)
  expect([placeAt(second, GLIDE / 2), placeAt(second, GLIDE * 2)]).toEqual([
    [0.2, 0],
    [0.2, 0.6],
  ])
})

test('a clock that goes back does not throw it off', () => {
  const glide = towards(resting([0.1, 0.1], 1_000), [0.9, 0.9], 1_000)
  expect(placeAt(glide, 0)).toEqual([0.1, 0.1])
  expect(isMoving(resting([0.1, 0.1], 1_000), 1_000)).toBe(false)
})

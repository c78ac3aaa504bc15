import { expect, test } from 'vitest'
import { heightOf, nextAt } from './pace.ts'

test.each([
  [0, 0, 67],
  [1000, 10, 1067],
  [1000, 16, 1067],
  [1000, 17, 1068],
  [1000, 100, 1400],
])('sent at %i and measured in %i ms: the next at %i', (sent, took, at) => {
  expect(Math.round(nextAt(sent, took))).toBe(at)
})

test('a second has at most 15 frames, however fast they are measured', () => {
  let frames = 0
  for (let at = 0; at < 1000; at = nextAt(at, 0)) frames++
  expect(frames).toBeLessThanOrEqual(15)
})

test.each([
  [1920, 1080, 216],
  [4096, 1716, 161],
  [1080, 1920, 384],
  [384, 1, 1],
  [100_000, 1, 1],
])('%i × %i is measured %i high', (width, height, measured) => {
  expect(heightOf(width, height)).toBe(measured)
})

import { expect, test } from 'vitest'
import { counted, frameOf } from './fixture.ts'
import { histogramCounts, histogramOf } from './histogram.ts'

const of = (frame: ReturnType<typeof frameOf>) => {
  const counts = histogramCounts()
  histogramOf(frame, counts)
  return counts
}

test('a ramp is flat', () => {
  expect([...of(frameOf(256, 5, x => [x, x, x]))]).toEqual(new Array(256).fill(5))
})

test('a single colour is one bar, at its luma', () => {
  expect(counted(of(frameOf(16, 9, () => [0, 255, 0])))).toEqual([[182, 144]])
})

test('halves of black and white are two', () => {
  const frame = frameOf(10, 2, x => (x < 5 ? [0, 0, 0] : [255, 255, 255]))
  expect(counted(of(frame))).toEqual([
    [0, 10],
    [255, 10],
  ])
})

test('every pixel is counted once', () => {
  const frame = frameOf(33, 7, (x, y) => [x * 7, y * 30, (x * y) % 256])
  expect(of(frame).reduce((sum, n) => sum + n)).toBe(33 * 7)
})

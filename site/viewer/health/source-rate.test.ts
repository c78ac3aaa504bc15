import { expect, test } from 'vitest'
import { sourceRateOf } from './source-rate.ts'

const every = (seconds: number, count = 30) => Array.from({ length: count }, () => seconds)

test.each<[string, number[], number | null]>([
  ['25', every(0.04), 25],
  ['29.97, by a clock of 90 kHz', every(3003 / 90_000), 29.97],
  ['23.976, by whole milliseconds in turns', [...every(0.041, 10), ...every(0.042, 20)], 24.4],
  ['60', every(1 / 60), 60],
  ['12.5, as it is', every(0.08), 12.5],
  ['25 with every fourth lost', [...every(0.04, 20), ...every(0.08, 10)], 25],
  ['too few to tell', every(0.04, 7), null],
  ['a clock that stands', every(0), null],
  ['a clock that jumps', every(90), null],
  ['nothing', [], null],
])('%s', (_, distances, rate) => {
  expect(sourceRateOf(distances)).toBe(rate)
})

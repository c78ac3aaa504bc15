import { expect, test } from 'vitest'
import { factsOf, framesPerDay, isRate, rates } from './rate.ts'

test('a day has as many frames as its labels, less those left out', () => {
  expect(Object.fromEntries(rates.map(rate => [rate, framesPerDay(rate)]))).toEqual({
    '23.976': 2_073_600,
    '24': 2_073_600,
    '25': 2_160_000,
    '29.97': 2_592_000,
    '29.97df': 2_589_408,
    '30': 2_592_000,
    '50': 4_320_000,
    '59.94': 5_184_000,
    '59.94df': 5_178_816,
    '60': 5_184_000,
  })
})

test('rates are exact', () => {
  expect(factsOf('23.976')).toEqual({ base: 24, num: 24000, den: 1001, dropped: 0 })
  expect(factsOf('29.97df')).toEqual({ base: 30, num: 30000, den: 1001, dropped: 2 })
  expect(factsOf('59.94df')).toEqual({ base: 60, num: 60000, den: 1001, dropped: 4 })
  expect(factsOf('50')).toEqual({ base: 50, num: 50, den: 1, dropped: 0 })
})

test.each(['', '23.98', '24.0', '29.97DF', '30df', '120', 'toString', '__proto__'])('%s is no rate', text => {
  expect(isRate(text)).toBe(false)
})

test.each(rates)('%s is a rate', rate => {
  expect(isRate(rate)).toBe(true)
})

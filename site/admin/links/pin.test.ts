import { describe, expect, it } from 'vitest'
import { makePin, pinDigits, showPin } from './pin.ts'

it.each([
  ['407 219', '407219'],
  [' 4-07 2 ', '4072'],
  ['40x', '40x'],
  ['', ''],
])('pinDigits(%j)', (typed, digits) => {
  expect(pinDigits(typed)).toBe(digits)
})

it.each([
  ['407219', '407 219'],
  ['4072', '407 2'],
  ['407', '407'],
  ['', ''],
])('showPin(%j)', (digits, shown) => {
  expect(showPin(digits)).toBe(shown)
})

describe('makePin', () => {
  it.each([
    [[0], '000000'],
    [[7], '000007'],
    [[1_407_219], '407219'],
    [[4_293_999_999], '999999'],
    // 4 294 000 000 and above would favour the low PINs.
    [[4_294_000_000, 4_294_967_295, 5], '000005'],
  ])('from %j makes %s', (draws, pin) => {
    const left = [...draws]
    expect(makePin(() => left.shift()!)).toBe(pin)
    expect(left).toEqual([])
  })

  it('makes six digits', () => {
    expect(makePin()).toMatch(/^\d{6}$/)
  })
})

import { expect, test } from 'vitest'
import type { PinFault } from './api.ts'
import { sayPin } from './say-pin.ts'

const locked: PinFault = { code: 'pin_locked', until: 0 }

test.each<[PinFault, number, string | null]>([
  [{ code: 'pin_wrong', triesLeft: 3 }, 0, 'That PIN is not right. 3 tries left.'],
  [{ code: 'pin_wrong', triesLeft: 1 }, 0, 'That PIN is not right. 1 try left.'],
  [{ code: 'pin_wrong', triesLeft: null }, 0, 'That PIN is not right.'],
  [locked, 900, 'Too many wrong PINs. Try again in 15 minutes.'],
  [locked, 841, 'Too many wrong PINs. Try again in 15 minutes.'],
  [locked, 840, 'Too many wrong PINs. Try again in 14 minutes.'],
  [locked, 60, 'Too many wrong PINs. Try again in 1 minute.'],
  [locked, 59, 'Too many wrong PINs. Try again in 59 seconds.'],
  [locked, 1, 'Too many wrong PINs. Try again in 1 second.'],
  [locked, 0, null],
])('%j with %i s to wait: %s', (fault, wait, said) => {
  expect(sayPin(fault, wait)).toBe(said)
})

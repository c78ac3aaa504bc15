import { expect, it } from 'vitest'
import { constantTimeEqual } from './equal.ts'

const of = (...bytes: number[]) => new Uint8Array(bytes)

it.each([
  ['the same bytes', of(1, 2, 3), of(1, 2, 3), true],
  ['nothing and nothing', of(), of(), true],
  ['another first byte', of(1, 2, 3), of(0, 2, 3), false],
  ['another last byte', of(1, 2, 3), of(1, 2, 131), false],
  ['a prefix', of(1, 2, 3), of(1, 2), false],
  ['a longer one', of(1, 2), of(1, 2, 0), false],
  ['differences that would cancel out', of(1, 2), of(2, 1), false],
])('%s', (_, a, b, same) => {
  expect(constantTimeEqual(a, b)).toBe(same)
})

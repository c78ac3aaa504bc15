import { expect, test } from 'vitest'
import { sayElapsed } from './elapsed.ts'

const words = { underMinute: '<1', minutes: (n: number) => `${n} min`, hours: (n: number) => `${n} h` }

test.each([
  [-5000, '<1'],
  [0, '<1'],
  [59_999, '<1'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [90_000_000, '25 h'],
])('%i ms: %s', (ms, said) => expect(sayElapsed(ms, words)).toBe(said))

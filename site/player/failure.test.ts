import { expect, test } from 'vitest'
import { failureOf } from './failure.ts'
import type { Failure } from './state.ts'

const table: [code: number, connected: boolean, why: Failure][] = [
  [501, false, 'signalling'],
  [501, true, 'signalling'],
  [502, false, 'not-connected'],
  [503, false, 'unsupported'],
  [504, false, 'unsupported'],
  [505, false, 'unsupported'],
  [506, false, 'unsupported'],
  [511, false, 'not-connected'],
  [511, true, 'media'],
  [512, false, 'not-connected'],
  [300, false, 'signalling'],
  [302, true, 'signalling'],
  [303, true, 'media'],
  [306, false, 'signalling'],
  [307, false, 'signalling'],
  [101, false, 'unsupported'],
  [106, false, 'unsupported'],
]

test.each(table)('%i, connected %s: %s', (code, connected, why) => {
  expect(failureOf(code, connected)).toBe(why)
})

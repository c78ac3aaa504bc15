import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const names = ['help', 'kick', 'lock', 'unlock', 'identify', 'me', 'op', 'msg']

test.each([
  ['hlep', 'help'],
  ['kik', 'kick'],
  ['unlcok', 'unlock'],
  ['identfiy', 'identify'],
  ['id', 'identify'],
  ['mgs', 'msg'],
])('%s: %s', (typed, name) => expect(nearest(typed, names)).toBe(name))

test.each(['', 'x', 'record', 'sharescreen', 'k', 'kicking-someone'])('%j is near nothing', typed =>
  expect(nearest(typed, names)).toBeNull(),
)

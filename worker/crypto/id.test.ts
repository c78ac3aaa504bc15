import { expect, it } from 'vitest'
import { fromBase32 } from './encoding.ts'
import { isId, newHiddenName, newId } from './id.ts'
import { looksLikeRowKey } from './row-key.ts'

it('makes ids of 80 bits that look like ids, and no two alike', () => {
  const ids = Array.from({ length: 500 }, newId)
  expect(ids.every(id => isId(id) && fromBase32(id)?.length === 10)).toBe(true)
  expect(new Set(ids).size).toBe(500)
})

it('makes hidden names of 120 bits that are neither ids nor keys, and no two alike', () => {
  const names = Array.from({ length: 500 }, newHiddenName)
  expect(names.every(name => fromBase32(name)?.length === 15)).toBe(true)
  expect(names.some(name => isId(name) || looksLikeRowKey(name))).toBe(false)
  expect(new Set(names).size).toBe(500)
})

it.each([
  '',
  'a',
  'a'.repeat(15),
  'a'.repeat(17),
  'A'.repeat(16),
  '0'.repeat(16),
  `${'a'.repeat(16)}\n`,
  "' OR 1=1 --aaaaa",
])('does not take %j for an id', text => {
  expect(isId(text)).toBe(false)
})

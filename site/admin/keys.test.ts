import { describe, expect, it } from 'vitest'
import { readKey } from './keys.ts'

const press = { key: 'c', modified: false, typing: false, covered: false }

describe('readKey', () => {
  it.each([
    ['c', false, 'new'],
    ['C', false, 'new'],
    ['/', false, 'find'],
    ['?', false, 'keys'],
    ['g', false, 'lead'],
    ['r', true, 'rooms'],
    ['v', true, 'server'],
    ['p', true, 'people'],
    ['a', true, 'audit'],
    ['s', true, 'settings'],
    ['g', true, 'lead'],
    ['c', true, 'new'],
    ['r', false, null],
    ['v', false, null],
    ['p', false, null],
    ['a', false, null],
    ['s', false, null],
    ['o', true, null],
    ['Enter', false, null],
    ['constructor', false, null],
  ])('%s after G: %s', (key, led, action) => {
    expect(readKey({ ...press, key }, led)).toBe(action)
  })

  it.each([{ modified: true }, { typing: true }, { covered: true }])('is off while %o', held => {
    expect(readKey({ ...press, ...held }, false)).toBeNull()
    expect(readKey({ ...press, ...held, key: 'r' }, true)).toBeNull()
  })
})

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hasStarted, rememberStart, startedAt } from './provider-start.ts'

let kept: Map<string, string>
beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

test('a tab that nobody left for the provider has not started', () => {
  expect([hasStarted(), startedAt()]).toEqual([false, '/admin'])
})

test.each([
  [null, '/admin'],
  ['reel-3', '/r/reel-3'],
  ['a b/c', '/r/a%20b%2Fc'],
])('who left %j goes back to %s', (slug, page) => {
  rememberStart(slug)
  expect([hasStarted(), startedAt()]).toEqual([true, page])
})

describe('without storage', () => {
  beforeEach(() => {
    const closed = () => {
      throw new DOMException('closed', 'SecurityError')
    }
    vi.stubGlobal('sessionStorage', { getItem: closed, setItem: closed })
  })

  test('the server decides alone, and people go back to the admin’s door', () => {
    rememberStart('reel-3')
    expect([hasStarted(), startedAt()]).toEqual([true, '/admin'])
  })
})

import { describe, expect, it } from 'vitest'
import { rememberedOpen } from './remember.ts'

const storageOf = (kept = new Map<string, string>()) =>
  ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }) as unknown as Storage

describe('whether the scopes are open', () => {
  it('is remembered by the tab', () => {
    const storage = storageOf()
    const before = rememberedOpen(() => storage)
    expect(before.get()).toBe(false)
    before.set(true)
    expect(rememberedOpen(() => storage).get()).toBe(true)
    before.set(false)
    expect(rememberedOpen(() => storage).get()).toBe(false)
  })

  it('is not known where storage is forbidden, and nothing fails', () => {
    const forbidden = rememberedOpen(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    forbidden.set(true)
    expect(forbidden.get()).toBe(false)
  })
})

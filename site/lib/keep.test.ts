import { beforeEach, expect, test } from 'vitest'
import { keepFor } from './keep.ts'

const link = { slug: 'reel-3', secret: 'aaaabbbbccccdddd1SECRETMAC' }
let kept: Map<string, string>
const storage = () =>
  ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }) as Storage

beforeEach(() => {
  kept = new Map()
})

test('what is kept comes back, until it is forgotten', () => {
  const keep = keepFor(link, storage)
  keep.set({ token: 't', name: 'Client' })
  expect(keepFor(link, storage).get()).toEqual({ token: 't', name: 'Client' })
  keep.forget()
  expect(keep.get()).toBeNull()
})

test('links do not share persons, and the secret is not stored', () => {
  keepFor(link, storage).set({ token: 't', name: 'Client' })
  expect(keepFor({ ...link, slug: 'reel-4' }, storage).get()).toBeNull()
  expect(keepFor({ ...link, secret: 'x'.repeat(30) }, storage).get()).toBeNull()
  expect([...kept.keys()].join()).not.toContain('SECRET')
})

test('who signed in is somebody else than whoever came through a link, in each room', () => {
  const signedIn = { slug: 'reel-3', secret: null }
  keepFor(signedIn, storage).set({ token: 't', name: 'Client' })
  expect(keepFor(link, storage).get()).toBeNull()
  expect(keepFor({ slug: 'reel', secret: null }, storage).get()).toBeNull()
  expect(keepFor(signedIn, storage).get()).toEqual({ token: 't', name: 'Client' })
})

test.each(['', 'null', '{', '[]', '{"token":1,"name":"x"}', '{"token":"t"}'])('%s is nothing', text => {
  const keep = keepFor(link, storage)
  keep.set({ token: 't', name: 'x' })
  for (const key of kept.keys()) kept.set(key, text)
  expect(keep.get()).toBeNull()
})

test('a browser without storage is no obstacle', () => {
  const keep = keepFor(link, () => {
    throw new DOMException('denied', 'SecurityError')
  })
  keep.set({ token: 't', name: 'x' })
  keep.forget()
  expect(keep.get()).toBeNull()
})

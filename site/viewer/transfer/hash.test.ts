import { expect, test } from 'vitest'
import { digest, rootOf, toHex } from './hash.ts'
import { BLOCK } from './limits.ts'

// Computed with Python's hashlib: sha256(b'sightline.file.1' + size as 8 bytes, big-endian + sha256 of each block).
test('of nothing, of little, and of more than a block', async () => {
  expect(await rootOf(0, [])).toBe('b620e088aad1aeea6ead0d1b6d192297ce266f9f1a96ce3d483cc4354cb34c5d')
  expect(await rootOf(3, [await digest(new TextEncoder().encode('abc'))])).toBe(
    '15ee05654d466edb18511c9cdf1cfc9c4aa993cee2d6bf5799561be774be7116',
  )
  const bytes = Uint8Array.from({ length: BLOCK + 5 }, (_, i) => (i * 7) % 251)
  const blocks = [await digest(bytes.slice(0, BLOCK)), await digest(bytes.slice(BLOCK))]
  expect(await rootOf(bytes.length, blocks)).toBe(
    'f987465c32ee5e5be406aeeb247391bc1abf8acfee07617cdada2c7fc6bbda68',
  )
})

test('another size or another order is another root', async () => {
  const [a, b] = [await digest(new Uint8Array([1])), await digest(new Uint8Array([2]))]
  const roots = await Promise.all([rootOf(2, [a, b]), rootOf(2, [b, a]), rootOf(3, [a, b]), rootOf(2, [a])])
  expect(new Set(roots).size).toBe(4)
})

test('a digest is SHA-256', async () => {
  expect(toHex(await digest(new TextEncoder().encode('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

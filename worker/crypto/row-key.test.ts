import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase32, toBase32 } from './encoding.ts'
import { newId } from './id.ts'
import { createKeys } from './keys.ts'
import { looksLikeRowKey, makeRowKey, type RowKeyPurpose, readRowKey } from './row-key.ts'

const keys = createKeys('a secret of the tests, long enough for anybody')
const purposes: RowKeyPurpose[] = ['ingest-key', 'link-secret']
const otherOf = (purpose: RowKeyPurpose) => purposes.find(p => p !== purpose)!
const rows = fc.record({
  id: fc.uint8Array({ minLength: 10, maxLength: 10 }).map(toBase32),
  version: fc.integer({ min: 1, max: 65_535 }),
})
const BASE32 = [...'abcdefghijklmnopqrstuvwxyz234567']

describe.each(purposes)('%s', purpose => {
  it('says whose and which version it is, in 48 characters', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async row => {
        const key = await makeRowKey(keys, purpose, row)
        expect(key).toMatch(/^[a-z2-7]{48}$/)
        expect(looksLikeRowKey(key)).toBe(true)
        expect(await readRowKey(keys, purpose, key)).toEqual(row)
      }),
    )
  })

  it('never serves the other purpose', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async row => {
        const key = await makeRowKey(keys, purpose, row)
        expect(await readRowKey(keys, otherOf(purpose), key)).toBeUndefined()
      }),
    )
  })

  it('is refused with any one character changed', async () => {
    const key = await makeRowKey(keys, purpose, { id: newId(), version: 1 })
    for (let i = 0; i < key.length; i++) {
      const changed =
        key.slice(0, i) + BASE32[(BASE32.indexOf(key[i]!) + 1 + (i % 31)) % 32] + key.slice(i + 1)
      expect(changed).not.toBe(key)
      expect(await readRowKey(keys, purpose, changed)).toBeUndefined()
    }
  })

  it('is refused in any other form', async () => {
    const key = await makeRowKey(keys, purpose, { id: newId(), version: 258 })
    const others = [
      '',
      key.toUpperCase(),
      key.replace(/[a-z]/, letter => letter.toUpperCase()),
      key.slice(0, 47),
      `${key}a`,
      `${key}=`,
      ` ${key}`,
      `${key}\n`,
      `${key.slice(0, 24)}-${key.slice(24)}`,
      encodeURIComponent(key).replace(/^./, c => `%${c.charCodeAt(0).toString(16)}`),
      key
        .replaceAll('o', '0')
        .replaceAll('l', '1')
        .replace(/^[^01]*$/, `0${key.slice(1)}`),
      key.split('').reverse().join(''),
      `${key.slice(24)}${key.slice(0, 24)}`,
      key + key,
    ]
    expect(await Promise.all(others.map(text => readRowKey(keys, purpose, text)))).toEqual(
      others.map(() => undefined),
    )
  })

  it('is not made of a part of one and a part of another', async () => {
    const [a, b] = await Promise.all(
      [1, 2].map(version => makeRowKey(keys, purpose, { id: newId(), version })),
    )
    for (const at of [10, 12, 16, 20, 24, 32])
      expect(await readRowKey(keys, purpose, a!.slice(0, at) + b!.slice(at))).toBeUndefined()
  })

  it('of the previous secret is read, and never made', async () => {
    const row = { id: newId(), version: 7 }
    const before = createKeys('another secret of the tests, long enough too')
    const both = createKeys(
      'a secret of the tests, long enough for anybody',
      'another secret of the tests, long enough too',
    )
    const old = await makeRowKey(before, purpose, row)
    expect(await readRowKey(both, purpose, old)).toEqual(row)
    expect(await readRowKey(keys, purpose, old)).toBeUndefined()
    expect(await makeRowKey(both, purpose, row)).toBe(await makeRowKey(keys, purpose, row))
  })
})

// Computed apart, with Python's hmac and base64 modules.
it.each<[RowKeyPurpose, number, string]>([
  ['ingest-key', 1, 'abcdefghijklmnopaaa3dkajz3c2i247lnjcpoxslwm5dy4c'],
  ['link-secret', 258, 'abcdefghijklmnopaebfqqyjgvj4hwbpbx27mxlq5esdon3c'],
])(
  '%s of version %i stays what it is: a change of it ends every one that was given out',
  async (purpose, version, key) => {
    expect(await makeRowKey(keys, purpose, { id: 'abcdefghijklmnop', version })).toBe(key)
  },
)

it('has no version 0, even with a right MAC', async () => {
  const head = new Uint8Array(12)
  head.set(fromBase32(newId())!)
  const data = new Uint8Array([...new TextEncoder().encode('ingest-key\0'), ...head])
  const tag = (await keys.mac('ingest-key', data)).subarray(0, 18)
  expect(await readRowKey(keys, 'ingest-key', toBase32(new Uint8Array([...head, ...tag])))).toBeUndefined()
})

it.each([
  ['an id that is none', { id: 'short', version: 1 }],
  ['an id in upper case', { id: 'A'.repeat(16), version: 1 }],
  ['version 0', { id: 'a'.repeat(16), version: 0 }],
  ['a version that does not fit', { id: 'a'.repeat(16), version: 65_536 }],
  ['a broken version', { id: 'a'.repeat(16), version: 1.5 }],
  ['a version that is no number', { id: 'a'.repeat(16), version: Number.NaN }],
])('is not made for %s', async (_, row) => {
  await expect(makeRowKey(keys, 'ingest-key', row)).rejects.toThrow(RangeError)
})

it.each([
  '',
  'a'.repeat(47),
  'a'.repeat(49),
  'A'.repeat(48),
  '1'.repeat(48),
  `${'a'.repeat(47)}-`,
  `${'a'.repeat(48)}\n`,
])('does not take %j for a key', text => {
  expect(looksLikeRowKey(text)).toBe(false)
})

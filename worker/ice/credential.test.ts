import { expect, test } from 'vitest'
import { turnCredential } from './credential.ts'

// printf '<username>' | openssl dgst -sha1 -hmac '<secret>' -binary | base64
test.each([
  [
    'secret-of-the-vectors-0123456789',
    'abcdefghijklmnop',
    1_795_000_000,
    { username: '1795000000:abcdefghijklmnop', credential: 'mOsUYJSvvSBFCq29SaSHUkYD0uY=' },
  ],
  [
    'ключ, not ASCII, long enough ✓',
    'zzzzzzzz22222222',
    1_795_262_400,
    { username: '1795262400:zzzzzzzz22222222', credential: 'UcI4kmAnZIiSXllBLnLrnMSwEsY=' },
  ],
])('under %s, %s gets what openssl computes', async (secret, person, expires, credential) => {
  expect(await turnCredential(secret, person, expires)).toEqual(credential)
})

test('of another person, another end or another secret nothing is alike', async () => {
  const all = await Promise.all([
    turnCredential('a', 'p', 1),
    turnCredential('a', 'q', 1),
    turnCredential('a', 'p', 2),
    turnCredential('b', 'p', 1),
  ])
  expect(new Set(all.map(one => one.credential)).size).toBe(4)
})

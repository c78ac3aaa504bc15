import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { publicKeys } from './jwks.ts'
import { createKeys } from './keys.ts'

const OLD = 'the secret of last year, long enough to be one'
const NEW = 'the secret of this year, long enough to be one'

/** The private half, as the code that will sign tokens for others has it. */
async function privateKey(secret: string) {
  const [seed] = await createKeys(secret).seeds('token-signing')
  const head = Uint8Array.from(atob('MC4CAQAwBQYDK2VwBCIEIA=='), c => c.charCodeAt(0))
  return crypto.subtle.importKey('pkcs8', new Uint8Array([...head, ...seed!]), 'Ed25519', false, ['sign'])
}

it('publishes the public half of each key, the current one first, and nothing else', async () => {
  const { keys } = await publicKeys(createKeys(NEW, OLD))
  const text = expect.stringMatching(/^[\w-]{43}$/)
  const one = { kty: 'OKP', crv: 'Ed25519', x: text, use: 'sig', alg: 'EdDSA', kid: text }
  expect(keys).toEqual([one, one])
  expect(keys).toEqual([
    ...(await publicKeys(createKeys(NEW))).keys,
    ...(await publicKeys(createKeys(OLD))).keys,
  ])
})

it.each([NEW, OLD])('verifies what was signed under a secret that still counts', async secret => {
  const published = await publicKeys(createKeys(NEW, OLD))
  const { kid } = (await publicKeys(createKeys(secret))).keys[0]!
  const token = await new SignJWT({ room: 'x' })
    .setProtectedHeader({ alg: 'EdDSA', kid: kid! })
    .sign(await privateKey(secret))
  const { payload } = await jwtVerify(token, createLocalJWKSet(published))
  expect(payload).toEqual({ room: 'x' })
})

it('does not verify what was signed under another secret', async () => {
  const published = await publicKeys(createKeys(NEW))
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA' }).sign(await privateKey(OLD))
  await expect(jwtVerify(token, createLocalJWKSet(published))).rejects.toThrow(
    'signature verification failed',
  )
})

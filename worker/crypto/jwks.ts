import { calculateJwkThumbprint, type JWK } from 'jose'
import type { Keys } from './keys.ts'

/** RFC 8410: the fixed head of a PKCS #8 Ed25519 private key; the 32 bytes of its seed follow. */
const PKCS8_ED25519 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]

/** The public half of every key we sign tokens for others with (EdDSA), the current one first. */
export async function publicKeys(keys: Keys): Promise<{ keys: JWK[] }> {
  const seeds = await keys.seeds('token-signing')
  return { keys: await Promise.all(seeds.map(publicKey)) }
}

async function publicKey(seed: Uint8Array): Promise<JWK> {
  const pkcs8 = new Uint8Array([...PKCS8_ED25519, ...seed])
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, true, ['sign'])
  const { kty, crv, x } = (await crypto.subtle.exportKey('jwk', key)) as {
    kty: string
    crv: string
    x: string
  }
  return { kty, crv, x, use: 'sig', alg: 'EdDSA', kid: await calculateJwkThumbprint({ kty, crv, x }) }
}

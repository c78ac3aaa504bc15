import { bytesOf } from './encoding.ts'
import { constantTimeEqual } from './equal.ts'

/** What a derived key is for. One key never serves two purposes. */
export type Purpose =
  | 'ingest-key'
  | 'stream-key'
  | 'link-secret'
  | 'playback-token'
  | 'person-token'
  | 'pin'
  | 'compare'
  | 'token-signing'
  | 'one-time-link'
  | 'start-token'
  | 'audit'
  | 'chart-token'
  | 'chart-id'
  | 'seal'

/** Bumped when a purpose's derivation changes; then old tokens of that purpose end. */
const VERSION = 'v1'

/**
 * Every key of a deployment, derived from its one secret by HKDF-SHA256 with the purpose as `info`. The previous
 * secret, if there is one, only verifies.
 */
export interface Keys {
  /** HMAC-SHA256 over data with the current secret's key for a purpose: 32 bytes. */
  mac(purpose: Purpose, data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  /** The same under every secret that still verifies, the current one first. */
  macs(purpose: Purpose, data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>[]>
  /** Whether `tag` is the leading bytes (at least 16) of the MAC under the current or previous secret. */
  verifyMac(purpose: Purpose, data: Uint8Array<ArrayBuffer>, tag: Uint8Array): Promise<boolean>
  /** Whether two secrets are the same, in a time that does not depend on their contents or lengths. */
  sameSecret(a: string, b: string): Promise<boolean>
  /** 32 bytes of key material for a purpose, current secret first, then the previous one. */
  seeds(purpose: Purpose): Promise<Uint8Array<ArrayBuffer>[]>
}

const MIN_TAG_BYTES = 16

export function createKeys(secret: string, previous?: string): Keys {
  const secrets = previous === undefined ? [secret] : [secret, previous]
  // Finished keys only: on Workers a request that waits for another one's promise hangs, so requests that come
  // together each derive the key, and the last one stays.
  const cache = new Map<Purpose, CryptoKey[]>()

  const seeds = (purpose: Purpose) => Promise.all(secrets.map(s => derive(s, purpose)))
  const macKeys = async (purpose: Purpose): Promise<CryptoKey[]> => {
    const kept = cache.get(purpose)
    if (kept) return kept
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const keys = await Promise.all(
      (await seeds(purpose)).map(seed => crypto.subtle.importKey('raw', seed, algorithm, false, ['sign'])),
    )
    cache.set(purpose, keys)
    return keys
  }
  const sign = async (key: CryptoKey, data: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.sign('HMAC', key, data))

  return {
    seeds,
    mac: async (purpose, data) => sign((await macKeys(purpose))[0]!, data),
    macs: async (purpose, data) => Promise.all((await macKeys(purpose)).map(key => sign(key, data))),
    async verifyMac(purpose, data, tag) {
      if (tag.length < MIN_TAG_BYTES) return false
      for (const key of await macKeys(purpose))
        if (constantTimeEqual((await sign(key, data)).subarray(0, tag.length), tag)) return true
      return false
    },
    async sameSecret(a, b) {
      const [key] = await macKeys('compare')
      return constantTimeEqual(await sign(key!, bytesOf(a)), await sign(key!, bytesOf(b)))
    },
  }
}

async function derive(secret: string, purpose: Purpose): Promise<Uint8Array<ArrayBuffer>> {
  const material = await crypto.subtle.importKey('raw', bytesOf(secret), 'HKDF', false, ['deriveBits'])
  const info = bytesOf(`sightline/${purpose}/${VERSION}`)
  const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info }
  return new Uint8Array(await crypto.subtle.deriveBits(params, material, 256))
}

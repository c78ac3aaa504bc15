import { bytesOf, fromBase64url } from '../crypto/encoding.ts'
import { constantTimeEqual } from '../crypto/equal.ts'

// Finished keys only: on Workers a request that waits for another one's promise hangs.
const keys = new Map<string, CryptoKey>()

/**
 * Whether `header` (X-OME-Signature) is the canonical base64url HMAC-SHA1 of the raw body under the origin's webhook
 * secret, compared in constant time. Source: OME captures, test/fixtures/ome/webhooks.jsonl.
 */
export async function isSignedBy(secret: string, header: string | undefined, body: Uint8Array<ArrayBuffer>) {
  const given = header === undefined ? undefined : fromBase64url(header)
  if (!given || secret === '') return false
  const expected = await crypto.subtle.sign('HMAC', await importedKey(secret), body)
  return constantTimeEqual(new Uint8Array(expected), given)
}

/** Importing costs as much as signing; there is one key per origin. */
async function importedKey(secret: string): Promise<CryptoKey> {
  const kept = keys.get(secret)
  if (kept) return kept
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), { name: 'HMAC', hash: 'SHA-1' }, false, [
    'sign',
  ])
  keys.set(secret, key)
  return key
}

import { bytesOf, fromBase64url, textOf, toBase64url } from './encoding.ts'
import type { Keys } from './keys.ts'

/**
 * Secrets of others that we must be able to read again, such as an identity provider's client secret: AES-256-GCM under
 * a derived key. `what` names the thing sealed and everything it must not be moved away from (a setting, an issuer); it
 * is authenticated with it, so that a sealed text put into another place of the database opens nothing.
 */

const IV_BYTES = 12
const TAG_BYTES = 16
/** Says how it was sealed, should that ever change. */
const FORM = 'seal1.'

/** Sealed under the current secret, never the same text twice. */
export async function seal(keys: Keys, what: string, secret: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const key = await sealingKey((await keys.seeds('seal'))[0]!, 'encrypt')
  const box = new Uint8Array(await crypto.subtle.encrypt(parameters(iv, what), key, bytesOf(secret)))
  const whole = new Uint8Array(IV_BYTES + box.length)
  whole.set(iv)
  whole.set(box, IV_BYTES)
  return FORM + toBase64url(whole)
}

/** What was sealed as `what` under the current or the previous secret; undefined for anything else. */
export async function unseal(keys: Keys, what: string, sealed: string): Promise<string | undefined> {
  const whole = sealed.startsWith(FORM) ? fromBase64url(sealed.slice(FORM.length)) : undefined
  if (!whole || whole.length < IV_BYTES + TAG_BYTES) return undefined
  const parameter = parameters(whole.subarray(0, IV_BYTES), what)
  for (const seed of await keys.seeds('seal')) {
    const key = await sealingKey(seed, 'decrypt')
    const opened = await crypto.subtle
      .decrypt(parameter, key, whole.subarray(IV_BYTES))
      .catch(() => undefined)
    if (opened) return textOf(new Uint8Array(opened))
  }
  return undefined
}

const sealingKey = (seed: Uint8Array<ArrayBuffer>, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', seed, 'AES-GCM', false, [use])

const parameters = (iv: Uint8Array<ArrayBuffer>, what: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: bytesOf(`sightline/seal\0${what}`),
  tagLength: TAG_BYTES * 8,
})

import { hash as bcrypt } from 'bcryptjs'
import { bytesOf } from '../crypto/encoding.ts'
import { constantTimeEqual } from '../crypto/equal.ts'
import type { Runtime } from '../deps.ts'

/** How a room user's password is kept, in Galene's own words, so that a group's hashes go in and out as they are. */
export type StoredPassword =
  /** Every password is right. */
  | { type: 'wildcard' }
  /** `key` and `salt` in hexadecimal. */
  | { type: 'pbkdf2'; hash: 'sha-256'; key: string; salt: string; iterations: number }
  /** Modular crypt format. */
  | { type: 'bcrypt'; key: string }

/** Production Workers compute no more, so that none of ours has more wherever it was made. */
export const ITERATIONS = 100_000
/** The most that an imported hash may ask for elsewhere: about half a second. */
export const MAX_ITERATIONS = 1_000_000
/** Each step doubles the time; this one takes about half a second in JavaScript. */
export const MAX_BCRYPT_COST = 12
/** bcrypt reads no further; Go's, which Galene has, makes no hash of more. */
const MAX_BCRYPT_BYTES = 72
const KEY_BYTES = 32
const SALT_BYTES = 16

/** What somebody's password is compared with whose name nobody has: it takes as long, and nothing is right. */
const NOBODY: StoredPassword & { type: 'pbkdf2' } = {
  type: 'pbkdf2',
  hash: 'sha-256',
  key: '0'.repeat(2 * KEY_BYTES),
  salt: '0'.repeat(2 * SALT_BYTES),
  iterations: ITERATIONS,
}

/** Whether a runtime can check it at all. */
export const isCheckable = (stored: StoredPassword, runtime: Runtime): boolean =>
  runtime !== 'workerd' || stored.type !== 'pbkdf2' || stored.iterations <= ITERATIONS

export async function hashPassword(password: string): Promise<StoredPassword> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const key = await pbkdf2(password, salt, ITERATIONS, KEY_BYTES)
  return { type: 'pbkdf2', hash: 'sha-256', key: toHex(key), salt: toHex(salt), iterations: ITERATIONS }
}

/** Whether a password is the one that is kept. A hash that this runtime cannot compute is nobody's. */
export async function isPassword(
  stored: StoredPassword,
  password: string,
  runtime: Runtime,
): Promise<boolean> {
  if (stored.type === 'wildcard') return true
  if (!isCheckable(stored, runtime)) return pretend(undefined, password, runtime)
  if (stored.type === 'bcrypt') {
    const fits = bytesOf(password).length <= MAX_BCRYPT_BYTES
    // Its own comparison is of texts; ours takes the same time wherever they differ.
    const hashed = await bcrypt(password, stored.key.slice(0, 29))
    return constantTimeEqual(bytesOf(hashed.slice(29)), bytesOf(stored.key.slice(29))) && fits
  }
  const key = fromHex(stored.key)
  const made = await pbkdf2(password, fromHex(stored.salt), stored.iterations, key.length)
  return constantTimeEqual(made, key)
}

/**
 * The same work for a name that nobody has, so that its duration does not tell.
 * @param model how the room keeps somebody else's password: rooms that were imported have hashes of one kind
 */
export async function pretend(
  model: StoredPassword | undefined,
  password: string,
  runtime: Runtime,
): Promise<false> {
  const usable = model && model.type !== 'wildcard' && isCheckable(model, runtime)
  await isPassword(usable ? model : NOBODY, password, runtime)
  return false
}

async function pbkdf2(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  bytes: number,
): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', bytesOf(password), 'PBKDF2', false, ['deriveBits'])
  const params = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, bytes * 8))
}

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/** @param text an even number of hexadecimal digits */
const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16))

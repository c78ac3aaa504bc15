import { bytesOf, fromBase32, toBase32 } from './encoding.ts'
import type { Keys } from './keys.ts'

/**
 * Secrets that belong to a row and are never stored: ingest keys of rooms and of their further streams, link secrets. 30 bytes = the row's id (10), its
 * key version (2, big endian) and a MAC over both (18, that is 144 bits), written as 48 characters of base32: no spare
 * bits, one URL-safe segment. Whether one is genuine is known before the database is asked.
 */
export type RowKeyPurpose = 'ingest-key' | 'stream-key' | 'link-secret'

/** What a genuine key says of itself; whether the version is still the row's is the database's to say. */
export interface RowKey {
  id: string
  version: number
}

const ID_BYTES = 10
const HEAD_BYTES = 12
export const ROW_KEY_LENGTH = 48
const MAX_VERSION = 0xffff

/** @throws {RangeError} for a version outside 1–65535 or an id that is not a row's. */
export async function makeRowKey(
  keys: Keys,
  purpose: RowKeyPurpose,
  { id, version }: RowKey,
): Promise<string> {
  const idBytes = fromBase32(id)
  if (idBytes?.length !== ID_BYTES) throw new RangeError('not a row id')
  if (!Number.isInteger(version) || version < 1 || version > MAX_VERSION) throw new RangeError('key version')
  const key = new Uint8Array(30)
  key.set(idBytes)
  key.set([version >> 8, version & 255], ID_BYTES)
  key.set((await keys.mac(purpose, signed(purpose, key))).subarray(0, 18), HEAD_BYTES)
  return toBase32(key)
}

/** The id and version of a genuine key in canonical form, or undefined. */
export async function readRowKey(
  keys: Keys,
  purpose: RowKeyPurpose,
  text: string,
): Promise<RowKey | undefined> {
  if (text.length !== ROW_KEY_LENGTH) return undefined
  const key = fromBase32(text)
  if (!key || !(await keys.verifyMac(purpose, signed(purpose, key), key.subarray(HEAD_BYTES))))
    return undefined
  const version = (key[ID_BYTES]! << 8) | key[ID_BYTES + 1]!
  return version ? { id: toBase32(key.subarray(0, ID_BYTES)), version } : undefined
}

/** Whether a text has a key's form; for telling a key from a name, not for trusting it. */
export const looksLikeRowKey = (text: string): boolean => /^[a-z2-7]{48}$/.test(text)

function signed(purpose: RowKeyPurpose, key: Uint8Array): Uint8Array<ArrayBuffer> {
  const label = bytesOf(`${purpose}\0`)
  const data = new Uint8Array(label.length + HEAD_BYTES)
  data.set(label)
  data.set(key.subarray(0, HEAD_BYTES), label.length)
  return data
}

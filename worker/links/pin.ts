import { bytesOf, toBase64url } from '../crypto/encoding.ts'
import type { Keys } from '../crypto/keys.ts'

/**
 * What is stored of a PIN: a MAC over link and PIN under a derived key. A PIN has too few digits for any digest
 * without a key; with one, the database alone tells nothing, and the check is one comparison in the join's statement.
 */
export async function pinMac(keys: Keys, linkId: string, pin: string): Promise<string> {
  return toBase64url(await keys.mac('pin', bound(linkId, pin)))
}

/** Every MAC that a right PIN may have been stored as: under the current secret, and under the previous one. */
export async function pinMacs(keys: Keys, linkId: string, pin: string): Promise<string[]> {
  return (await keys.macs('pin', bound(linkId, pin))).map(toBase64url)
}

const bound = (linkId: string, pin: string) => bytesOf(`${linkId}\0${pin}`)

import { bytesOf, toBase64url } from '../crypto/encoding.ts'
import type { Keys } from '../crypto/keys.ts'

/**
 * What is stored of a PIN: a MAC over link and PIN under a derived key. A PIN has too few digits for any digest
 * without a key; with one, the database alone tells nothing, and the check is one comparison in the join's statement.
 */
export async function pinMac(keys: Keys, linkId: string, pin: string): Promise<string> {
  return toBase64url(await keys.mac('pin', bytesOf(`${linkId}\0${pin}`)))
}

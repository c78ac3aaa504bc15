import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { fromBase64url } from '../crypto/encoding.ts'

/**
 * An answer has one form. The library decodes generously (spare bits, bytes after a signature), so that changed answers
 * would still verify; like every secret and token here, an answer that is not in its canonical form is none.
 */

/** Whether these texts are all canonical base64url. */
export const areCanonical = (...texts: unknown[]): boolean =>
  texts.every(text => typeof text === 'string' && fromBase64url(text) !== undefined)

/**
 * Whether a signature is in the one form that its key's algorithm has for it: DER for ECDSA (RFC 3279, 2.2.3), which is
 * the only one with several.
 * @param publicKey COSE
 */
export function isOneSignature(signature: Uint8Array, publicKey: Uint8Array<ArrayBuffer>): boolean {
  return !cose.isCOSEPublicKeyEC2(decodeCredentialPublicKey(publicKey)) || isStrictDer(signature)
}

/** SEQUENCE { r INTEGER, s INTEGER }, both positive and minimal, nothing after. For curves of up to 480 bits. */
function isStrictDer(bytes: Uint8Array): boolean {
  const afterR = integerEnd(bytes, 2)
  return bytes[0] === 0x30 && bytes[1] === bytes.length - 2 && integerEnd(bytes, afterR) === bytes.length
}

/** Where a positive, minimal DER INTEGER that begins at `from` ends; NaN when there is none. */
function integerEnd(bytes: Uint8Array, from: number): number {
  const [tag, length = 0, high = 0x80, next = 0] = bytes.subarray(from)
  const minimal = high !== 0 || length === 1 || next >= 0x80
  return tag === 0x02 && length > 0 && high < 0x80 && minimal ? from + 2 + length : Number.NaN
}

/**
 * Text forms of bytes, decoded in canonical form only: ordinary decoders ignore spare bits and odd characters, so
 * that several texts mean the same bytes and a "changed" token still verifies. Here each text has one meaning.
 */

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const utf8 = new TextEncoder()
const utf8Strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => utf8.encode(text) as Uint8Array<ArrayBuffer>

/** Bytes → text. @throws {TypeError} when they are not UTF-8. */
export const textOf = (bytes: Uint8Array): string => utf8Strict.decode(bytes)

/** RFC 4648 base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const b of bytes) binary += String.fromCharCode(b)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The bytes of a canonical base64url text, or undefined for any other text. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return toBase64url(bytes) === text ? bytes : undefined
}

/** RFC 4648 base32 in lower case without padding: survives every encoder's key field, a URL and a telephone. */
export function toBase32(bytes: Uint8Array): string {
  let out = ''
  let bits = 0
  let held = 0
  for (const b of bytes) {
    held = (held << 8) | b
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += BASE32[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits ? out + BASE32[(held << (5 - bits)) & 31] : out
}

/** The bytes of a canonical base32 text, or undefined for any other text. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let bits = 0
  let held = 0
  let at = 0
  for (const letter of text) {
    const five = BASE32.indexOf(letter)
    if (five < 0) return undefined
    held = (held << 5) | five
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 255
      held &= (1 << bits) - 1
    }
  }
  return toBase32(bytes) === text ? bytes : undefined
}

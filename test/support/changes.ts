import fc from 'fast-check'

/** Changes of a text, for properties: what is not changed shows nothing, so some give back what they got. */

export type Change = (text: string) => string

const letters = fc.constantFrom(...'abcXYZ0189-_.=+/%\\"{}[]: \n\0é\u{feff}')
const at = (text: string, i: number) => i % Math.max(1, text.length)
const position = fc.nat({ max: 5_000 })
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** One letter becomes another, comes or goes; the whole is cut, lengthened, or written in another way. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(position, letters).map(
    ([i, c]): Change =>
      t =>
        t.slice(0, at(t, i)) + c + t.slice(at(t, i) + 1),
  ),
  fc.tuple(position, letters).map(
    ([i, c]): Change =>
      t =>
        t.slice(0, at(t, i)) + c + t.slice(at(t, i)),
  ),
  position.map(
    (i): Change =>
      t =>
        t.slice(0, at(t, i)) + t.slice(at(t, i) + 1),
  ),
  position.map(
    (i): Change =>
      t =>
        t.slice(0, at(t, i)),
  ),
  fc.string({ minLength: 1, maxLength: 6, unit: letters }).map(
    (s): Change =>
      t =>
        t + s,
  ),
  fc.string({ minLength: 1, maxLength: 6, unit: letters }).map(
    (s): Change =>
      t =>
        s + t,
  ),
  // The bits of the last letter that an ordinary decoder ignores.
  fc.nat({ max: 63 }).map(
    (bits): Change =>
      t =>
        t.slice(0, -1) + (ALPHABET[ALPHABET.indexOf(t.at(-1) ?? 'A') ^ bits] ?? ''),
  ),
  // One bit of the bytes.
  fc.tuple(position, fc.nat({ max: 7 })).map(([i, bit]): Change => {
    return t => {
      const bytes = Buffer.from(t, 'base64url')
      if (bytes.length) bytes[i % bytes.length]! ^= 1 << bit
      return bytes.toString('base64url')
    }
  }),
  fc.uint8Array({ minLength: 1, maxLength: 4 }).map(
    (more): Change =>
      t =>
        Buffer.concat([Buffer.from(t, 'base64url'), more]).toString('base64url'),
  ),
  fc.constantFrom<Change>(
    () => '',
    t => t + t,
    t => t.toUpperCase(),
    t => t.replaceAll('-', '+').replaceAll('_', '/'),
    t => `${t}=`,
    t => `${t}==`,
    t => ` ${t}`,
    t => encodeURIComponent(t),
    t => Buffer.from(t).toString('base64url'),
    t => Buffer.from(t, 'base64url').toString('base64'),
    t => Buffer.from(t, 'base64url').toString('hex'),
    t => t.split('.').reverse().join('.'),
    t => t.split('').reverse().join(''),
  ),
)

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, fromBase32, fromBase64url, textOf, toBase32, toBase64url } from './encoding.ts'

const bytes = fc.uint8Array({ maxLength: 80 }).map(b => new Uint8Array(b))

const codecs = [
  { name: 'base64url', encode: toBase64url, decode: fromBase64url, bits: 6, alphabet: /^[\w-]*$/ },
  { name: 'base32', encode: toBase32, decode: fromBase32, bits: 5, alphabet: /^[a-z2-7]*$/ },
]

describe.each(codecs)('$name', ({ encode, decode, bits, alphabet }) => {
  it('gives back every byte sequence, in its own alphabet and without padding', () => {
    fc.assert(
      fc.property(bytes, b => {
        const text = encode(b)
        expect(text).toMatch(alphabet)
        expect(text).toHaveLength(Math.ceil((b.length * 8) / bits))
        expect(decode(text)).toEqual(b)
      }),
    )
  })

  it('reads a text only when it is what it would write', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60, unit: fc.constantFrom(...'abyzABYZ0123456789-_=+/ é') }),
        text => {
          const read = decode(text)
          if (read) expect(encode(read)).toBe(text)
        },
      ),
    )
  })

  it('refuses every change of one character that leaves the bytes as they are', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (b, at, letter) => {
        const text = encode(b)
        const i = at % (text.length + 1)
        const changed = text.slice(0, i) + letter + text.slice(i + 1)
        fc.pre(changed !== text)
        expect(decode(changed)).not.toEqual(b)
      }),
    )
  })
})

describe('base64url', () => {
  // RFC 4648, section 10, and a byte pair that tells the two alphabets apart.
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
    ['ûÿþ', 'w7vDv8O-'],
  ])('writes %j as %j', (text, encoded) => {
    expect(toBase64url(bytesOf(text))).toBe(encoded)
    expect(fromBase64url(encoded)).toEqual(bytesOf(text))
  })

  it.each([
    ['padding', 'Zg=='],
    ['spare bits set', 'Zh'],
    ['spare bits set in a three-letter end', 'Zm9'],
    ['the other alphabet', 'w7vDv8O+'],
    ['the other alphabet', 'w7vDv8O/'],
    ['a length that no bytes have', 'Zm9vY'],
    ['white space inside', 'Zm 9v'],
    ['a line end', 'Zm9v\n'],
    ['a NUL', 'Zm9v\0'],
    ['a letter outside ASCII', 'Zm9ｖ'],
  ])('refuses %s', (_, text) => {
    expect(fromBase64url(text)).toBeUndefined()
  })
})

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('writes %j as %j', (text, encoded) => {
    expect(toBase32(bytesOf(text))).toBe(encoded)
    expect(fromBase32(encoded)).toEqual(bytesOf(text))
  })

  it.each([
    ['upper case', 'MZXW6'],
    ['mixed case', 'mzxW6'],
    ['padding', 'my======'],
    ['spare bits set', 'mz'],
    ['a letter more than the bytes need', 'mzxw6ytba'],
    ['0 for o', 'mzxw6ytb0i'],
    ['1 for l', 'mzxw6ytbo1'],
    ['8 and 9', 'mzxw6ytb89'],
    ['a hyphen', 'mzxw-6ytb'],
    ['a letter of two code units', 'mzxw6yt𝐛'],
  ])('refuses %s', (_, text) => {
    expect(fromBase32(text)).toBeUndefined()
  })
})

describe('UTF-8', () => {
  it('gives back every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(textOf(bytesOf(text))).toBe(text)
      }),
    )
  })

  it('keeps a byte order mark, so that two texts never mean the same', () => {
    expect(textOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('\u{feff}a')
  })

  it.each([
    ['a lone continuation byte', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a cut-off letter', [0xe2, 0x82]],
    ['a byte that UTF-8 has not', [0xff]],
  ])('refuses %s', (_, raw) => {
    expect(() => textOf(new Uint8Array(raw))).toThrow(TypeError)
  })
})

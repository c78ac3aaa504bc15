import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { areCanonical, isOneSignature } from './canonical.ts'

const cose = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const P256 = cose(`a5 01 02 03 26 20 01 21 5820 ${'11'.repeat(32)} 22 5820 ${'22'.repeat(32)}`)
const ED25519 = cose(`a4 01 01 03 27 20 06 21 5820 ${'11'.repeat(32)}`)
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('an ECDSA signature', () => {
  test.each([
    ['30 06 0201 01 0201 01', true],
    ['30 08 0202 0080 0202 00ff', true],
    ['30 06 0201 01 0201 01 00', false],
    ['30 07 0201 01 0201 01 00', false],
    ['30 09 0201 01 0201 01 0201 01', false],
    ['30 05 0201 01 0201 01', false],
    ['30 07 0202 0001 0201 01', false],
    ['30 07 0201 01 0202 0001', false],
    ['30 06 0201 81 0201 01', false],
    ['30 06 0201 01 0201 ff', false],
    ['30 05 0200 0201 01', false],
    ['30 8106 0201 01 0201 01', false],
    ['31 06 0201 01 0201 01', false],
    ['30 06 0301 01 0201 01', false],
    ['30 06 0201 01 0301 01', false],
    ['30 03 0201 01', false],
    ['30 06 0209 01 0201 01', false],
    ['30 00', false],
    ['', false],
  ])('%s has its one form: %s', (hex, expected) => {
    expect(isOneSignature(bytes(hex), P256)).toBe(expected)
  })

  test('as made by others has it', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    for (let i = 0; i < 200; i++)
      expect(isOneSignature(sign('sha256', Buffer.from([i]), privateKey), P256)).toBe(true)
  })
})

test('other signatures have one form only', () => {
  for (const hex of ['00'.repeat(64), `30${'00'.repeat(63)}`])
    expect(isOneSignature(bytes(hex), ED25519)).toBe(true)
})

test.each<[unknown[], boolean]>([
  [['AAAA', '', 'AQ', '_-8'], true],
  [['AAAA', 'AR'], false],
  [['AQ=='], false],
  [['+/8'], false],
  [['A'], false],
  [['AQ '], false],
  [[undefined], false],
  [[7], false],
  [[['AQ']], false],
])('%j are canonical: %s', (texts, expected) => {
  expect(areCanonical(...texts)).toBe(expected)
})

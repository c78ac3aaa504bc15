import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inBlock } from '../net/address.ts'
import { blockKey, readBounds } from './bounds.ts'

test.each([
  ['192.0.2.7', '4c0000207', '4c0000207', '192.0.2.7'],
  ['192.0.2.7/32', '4c0000207', '4c0000207', '192.0.2.7'],
  ['192.0.2.7/24', '4c0000200', '4c00002ff', '192.0.2.0/24'],
  ['10.64.0.0/10', '40a400000', '40a7fffff', '10.64.0.0/10'],
  ['255.255.255.255', '4ffffffff', '4ffffffff', '255.255.255.255'],
  ['0.0.0.0/0', '400000000', '4ffffffff', '0.0.0.0/0'],
  ['::ffff:192.0.2.7', '4c0000207', '4c0000207', '192.0.2.7'],
  ['::ffff:c000:200/120', '4c0000200', '4c00002ff', '192.0.2.0/24'],
  ['::1', `6${'0'.repeat(31)}1`, `6${'0'.repeat(31)}1`, '::1'],
  ['2001:DB8::1/128', `620010db8${'0'.repeat(23)}1`, `620010db8${'0'.repeat(23)}1`, '2001:db8::1'],
  ['2001:db8::/33', `620010db8${'0'.repeat(24)}`, `620010db87${'f'.repeat(23)}`, '2001:db8::/33'],
])('%s reaches from %s to %s, as %s', (text, low, high, block) => {
  expect(readBounds(text)).toEqual({ low, high, block })
})

test.each([
  '',
  '192.0.2',
  '192.0.2.256',
  '192.0.2.0/33',
  '192.0.2.0/',
  'example.org',
  '::/129',
  '1::2::3',
  '*',
])('%j is no block', text => {
  expect(readBounds(text)).toBeUndefined()
})

test.each([undefined, '', 'localhost', '192.0.2.0/24', '192.0.2.7:80', '[::1]', 'fe80::1%eth0'])(
  '%j has no key',
  address => {
    expect(blockKey(address)).toBeNull()
  },
)

test('an address is within the bounds just when it lies in the block', () => {
  const near = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('192.0.2.7', '2001:db8::7', '::ffff:192.0.2.9'))
  const length = fc.integer({ min: 0, max: 128 })
  fc.assert(
    fc.property(near, near, length, (address, base, shared) => {
      const block = `${base}/${shared}`
      const bounds = readBounds(block)
      const key = blockKey(address)
      const within = bounds !== undefined && key !== null && bounds.low <= key && key <= bounds.high
      expect(within).toBe(inBlock(address, block))
    }),
    { numRuns: 500 },
  )
})

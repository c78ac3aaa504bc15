import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bitsOf, inBlock, isBlock, networkOf, overlap, subscriberOf, textOf } from './address.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['192.0.2.7', '192.0.2.0/24'],
  ['192.0.2.7', '0.0.0.0/0'],
  ['10.127.255.255', '10.64.0.0/10'],
  ['::ffff:192.0.2.7', '192.0.2.0/24'],
  ['192.0.2.7', '::ffff:192.0.2.7'],
  ['2001:db8::1', '2001:DB8:0:0:0:0:0:1'],
  ['2001:db8:ffff::', '2001:db8::/32'],
  ['::1', '::/0'],
  ['fe80::', 'fe80::/128'],
  // IPv4 in either of its IPv6 spellings.
  ['::ffff:c000:207', '192.0.2.0/24'],
  ['0:0:0:0:0:ffff:c000:207', '192.0.2.7'],
  ['192.0.2.7', '::ffff:c000:200/120'],
  ['10.1.2.3', '::ffff:10.0.0.0/104'],
  ['10.1.2.3', '::ffff:10.0.0.0/8'],
  ['10.1.2.3', '::ffff:0:0/96'],
])('%s is in %s', (address, block) => {
  expect(inBlock(address, block)).toBe(true)
})

test.each([
  ['192.0.2.8', '192.0.2.7'],
  ['192.0.3.0', '192.0.2.0/24'],
  ['10.128.0.0', '10.64.0.0/10'],
  ['2001:db9::', '2001:db8::/32'],
  // One family never contains the other, not even in its widest block.
  ['::1', '0.0.0.0/0'],
  ['192.0.2.7', '::/0'],
  // No block: nothing is in it.
  ['192.0.2.7', ''],
  ['192.0.2.7', '192.0.2.0/'],
  ['192.0.2.7', '192.0.2.0/33'],
  ['192.0.2.7', '192.0.2.0/-1'],
  ['192.0.2.7', '192.0.2.0/1e1'],
  ['192.0.2.7', '192.0.2.0/8/8'],
  ['192.0.2.7', '192.0.2'],
  ['192.0.2.7', 'localhost'],
  ['::1', '::/129'],
  ['10.1.2.3', '::ffff:10.0.0.0/95'],
  ['10.1.2.3', '::ffff:10.0.0.0/129'],
  ['10.1.2.3', '10.0.0.0/104'],
  // No address: it is in nothing.
  ['', '0.0.0.0/0'],
  ['192.0.2', '0.0.0.0/0'],
  ['192.0.2.256', '0.0.0.0/0'],
  ['192.0.2.07', '0.0.0.0/0'],
  ['192.0.2.7:80', '0.0.0.0/0'],
  ['1.2.3.4.5', '0.0.0.0/0'],
  ['::1::', '::/0'],
  [':::', '::/0'],
  ['1:2:3:4:5:6:7', '::/0'],
  ['1:2:3:4:5:6:7:8:9', '::/0'],
  ['1:2:3:4::5:6:7:8', '::/0'],
  ['12345::', '::/0'],
  ['g::', '::/0'],
  ['fe80::1%eth0', '::/0'],
])('%s is not in %s', (address, block) => {
  expect(inBlock(address, block)).toBe(false)
})

test('a block is an address or a network, and nothing else', () => {
  const blocks = ['10.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::', '::1', '2001:db8::/32', '::ffff:10.0.0.1']
  const others = [
    '',
    '/',
    '10',
    '10.0.0.0/',
    '/8',
    '10.0.0.0/33',
    '10.0.0.0/08x',
    ' 10.0.0.1',
    'proxy',
    '*',
    '::/129',
  ]
  expect(blocks.filter(isBlock)).toEqual(blocks)
  expect(others.filter(isBlock)).toEqual([])
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['192.0.2.7/32', '192.0.2.7'],
  ['192.0.2.7/24', '192.0.2.0/24'],
  ['192.0.2.255/25', '192.0.2.128/25'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:C000:207/120', '192.0.2.0/24'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::1/128', '2001:db8::1'],
  ['2001:db8:1:2:3:4:5:6/64', '2001:db8:1:2::/64'],
  ['2001:db8:1:ffff::/47', '2001:db8::/47'],
  ['::', '::'],
  ['::/0', '::/0'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['1:0:0:2:3:0:0:4', '1::2:3:0:0:4'],
  // One group of zeros alone is not shortened.
  ['1:2:0:3:4:5:6:7', '1:2:0:3:4:5:6:7'],
  ['10:0:0:1::', '10:0:0:1::'],
])('%s is written %s', (text, usual) => {
  expect(textOf(networkOf(text)!)).toBe(usual)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['::1', '::/64'],
])('%s counts as %s', (address, caller) => {
  expect(textOf(subscriberOf(address)!)).toBe(caller)
})

test.each([undefined, '', 'localhost', '192.0.2.7:80', '192.0.2.0/24', 'fe80::1%eth0'])(
  '%s counts as nobody in particular',
  address => {
    expect(subscriberOf(address)).toBeUndefined()
  },
)

test.each([
  ['192.0.2.0/24', '192.0.2.7', true],
  ['192.0.2.7', '192.0.2.7', true],
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['0.0.0.0/0', '::/0', false],
  ['2001:db8::/32', '2001:db8:1::/48', true],
])('%s and %s have an address in common: %s', (a, b, expected) => {
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const)
    expect(overlap(networkOf(x)!, networkOf(y)!)).toBe(expected)
})

test('what is written is read again as the same', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
  const v6 = fc
    .array(group, { minLength: 8, maxLength: 8 })
    .map(all => all.map(n => n.toString(16)).join(':'))
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), v6), fc.integer({ min: 0, max: 128 }), (address, length) => {
      const bits = bitsOf(address)
      fc.pre(bits !== undefined)
      const network = { bits: bits!.slice(0, length), of: bits!.length as 32 | 128 }
      expect(networkOf(textOf(network))).toEqual(network)
    }),
  )
})

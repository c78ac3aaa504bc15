import { expect, test } from 'vitest'
import { clientAddress, inBlock, isBlock } from './client-address.ts'

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

const proxies = ['10.0.0.0/8', '::1', '2001:db8:aaaa::/48']

test.each<[why: string, peer: string | undefined, forwarded: string | undefined, client: string | undefined]>(
  [
    ['nothing known', undefined, undefined, undefined],
    ['no peer, so nobody who could be believed', undefined, '203.0.113.9', undefined],
    ['no proxy in between', '203.0.113.9', undefined, '203.0.113.9'],
    ['a stranger who claims to be somebody', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a stranger who claims to be a proxy', '203.0.113.9', '10.0.0.1', '203.0.113.9'],
    ['a proxy that says nothing', '10.0.0.1', undefined, '10.0.0.1'],
    ['a proxy that says nothing, in words', '10.0.0.1', '', '10.0.0.1'],
    ['one proxy', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['a client that put an address before its own', '10.0.0.1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['a client that put a proxy before its own', '10.0.0.1', '10.9.9.9, 203.0.113.9', '203.0.113.9'],
    ['two proxies', '10.0.0.1', '198.51.100.1,203.0.113.9 , 10.2.0.1', '203.0.113.9'],
    ['proxies only', '10.0.0.1', '10.3.0.1, 10.2.0.1', '10.3.0.1'],
    ['nonsense next to the proxy', '10.0.0.1', '203.0.113.9, unknown', '10.0.0.1'],
    ['nonsense before the client', '10.0.0.1', '<script>, 203.0.113.9', '203.0.113.9'],
    ['an address with a port', '10.0.0.1', '203.0.113.9:4711', '10.0.0.1'],
    ['IPv6 all the way', '2001:db8:aaaa::1', '2001:db8::9, ::1', '2001:db8::9'],
    ['IPv4 through a dual-stack socket', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ['a proxy through a dual-stack socket', '::ffff:10.0.0.1', '::FFFF:203.0.113.9', '203.0.113.9'],
  ],
)('%s', (_, peer, forwarded, client) => {
  expect(clientAddress(peer, forwarded, proxies)).toBe(client)
})

test('without trusted proxies nobody is believed', () => {
  expect(clientAddress('10.0.0.1', '203.0.113.9', [])).toBe('10.0.0.1')
})

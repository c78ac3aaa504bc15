import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

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

import { expect, test } from 'vitest'
import type { Origin } from '../origins/origins.ts'
import { commonHeaders, pageHeaders } from './headers.ts'

const origin = (publicUrl: string): Origin => ({
  id: 'default',
  apiUrl: 'http://secret-api:8081',
  apiToken: 'secret-token',
  webhookSecret: 'secret-webhook',
  publicUrl,
  app: 'app',
  vhost: 'default',
  rtmpPort: 1935,
  srtPort: 9999,
  publicHosts: [],
  trustRealIp: false,
})

const csp = (origins: Origin[]) =>
  Object.fromEntries(
    pageHeaders(origins, false)
      ['Content-Security-Policy']!.split('; ')
      .map(directive => {
        const [name, ...values] = directive.split(' ')
        return [name, values]
      }),
  )

test('a page may load its own, reach the origins, and nothing else', () => {
  expect(csp([origin('wss://ome.example:3334')])).toEqual({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'connect-src': ["'self'", 'wss://ome.example:3334', 'https://ome.example:3334'],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'"],
    'font-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  })
})

test.each<[string[], string[]]>([
  [[], ["'self'"]],
  [['ws://127.0.0.1:3333'], ["'self'", 'ws://127.0.0.1:3333', 'http://127.0.0.1:3333']],
  [['wss://ome.example'], ["'self'", 'wss://ome.example', 'https://ome.example']],
  [['ws://[::1]:3333'], ["'self'", 'ws://[::1]:3333', 'http://[::1]:3333']],
  [
    ['wss://a.example:1', 'wss://b.example:2', 'wss://a.example:1'],
    ["'self'", 'wss://a.example:1', 'https://a.example:1', 'wss://b.example:2', 'https://b.example:2'],
  ],
])('with the origins %j it may reach %j', (addresses, reach) => {
  expect(csp(addresses.map(origin))['connect-src']).toEqual(reach)
})

test('a page tells nothing of an origin but where it plays', () => {
  expect(JSON.stringify(pageHeaders([origin('wss://ome.example:3334')], true))).not.toContain('secret')
})

test('the other headers of a page', () => {
  const { 'Content-Security-Policy': _, ...others } = pageHeaders([], false)
  expect(others).toEqual({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy':
      'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), geolocation=()',
    'X-Robots-Tag': 'noindex',
    ...commonHeaders(false),
  })
})

test('every answer has these; with TLS also the promise to keep to it', () => {
  const always = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  }
  expect(commonHeaders(false)).toEqual(always)
  expect(commonHeaders(true)).toEqual({
    ...always,
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  })
})

import { describe, expect, test } from 'vitest'
import type { Origin } from '../origins/origins.ts'
import { commonHeaders, type PageKind, pageHeaders } from './headers.ts'

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

const kinds: PageKind[] = ['room', 'viewer', 'landing', 'chart', 'admin']
const PARENTS = ['https://portal.example', 'http://localhost:3000']

const headers = (kind: PageKind, addresses: string[] = [], embedParents: string[] = [], https = false) =>
  pageHeaders(kind, { origins: addresses.map(origin), https, embedParents })

const directives = (policy: string | undefined) =>
  Object.fromEntries(
    policy!.split('; ').map(directive => {
      const [name, ...values] = directive.split(' ')
      return [name, values]
    }),
  )

const csp = (kind: PageKind, addresses?: string[], embedParents?: string[]) =>
  directives(headers(kind, addresses, embedParents)['Content-Security-Policy'])

const always = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

test.each<PageKind>(['room', 'viewer'])('a page of kind %s may load its own and reach the origins', kind => {
  expect(csp(kind, ['wss://ome.example:3334'])).toEqual({
    ...always,
    'connect-src': ["'self'", 'wss://ome.example:3334', 'https://ome.example:3334'],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'"],
  })
})

test.each<PageKind>(['admin', 'landing', 'chart'])(
  'a page of kind %s may load its own, and reaches no origin',
  kind => {
    expect(csp(kind, ['wss://ome.example:3334'])).toEqual({
      ...always,
      'connect-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
    })
  },
)

test.each(kinds)('no page of kind %s may run what stands in it, or make code of text', kind => {
  expect(headers(kind, ['wss://ome.example:3334'], PARENTS)['Content-Security-Policy']).not.toMatch(
    /unsafe|\*|nonce|sha256|https?:(?!\/\/)/,
  )
})

test.each<[string[], string[]]>([
  [[], ["'self'"]],
  [['ws://127.0.0.1:3333'], ["'self'", 'ws://127.0.0.1:3333', 'http://127.0.0.1:3333']],
  [['wss://ome.example'], ["'self'", 'wss://ome.example', 'https://ome.example']],
  [['ws://[::1]:3333'], ["'self'", 'ws://[::1]:3333', 'http://[::1]:3333']],
  [
    ['wss://ome.example:3334/behind/a/path'],
    ["'self'", 'wss://ome.example:3334', 'https://ome.example:3334'],
  ],
  [
    ['wss://a.example:1', 'wss://b.example:2', 'wss://a.example:1'],
    ["'self'", 'wss://a.example:1', 'https://a.example:1', 'wss://b.example:2', 'https://b.example:2'],
  ],
])('with the origins %j a room may reach %j', (addresses, reach) => {
  expect(csp('room', addresses)['connect-src']).toEqual(reach)
})

test.each(kinds)('a page of kind %s tells nothing of an origin but where it plays', kind => {
  expect(JSON.stringify(headers(kind, ['wss://ome.example:3334'], [], true))).not.toContain('secret')
})

describe('who may show a page in a frame', () => {
  const frames = (kind: PageKind, embedParents: string[]) => {
    const all = headers(kind, [], embedParents)
    return {
      ancestors: csp(kind, [], embedParents)['frame-ancestors'],
      options: all['X-Frame-Options'],
      resource: all['Cross-Origin-Resource-Policy'],
    }
  }
  const nobody = { ancestors: ["'none'"], options: 'DENY', resource: 'same-origin' }

  test.each<[kind: PageKind, parents: string[], expected: ReturnType<typeof frames>]>([
    ['room', [], nobody],
    ['viewer', [], nobody],
    ['admin', [], nobody],
    ['room', PARENTS, { ancestors: PARENTS, options: undefined, resource: 'cross-origin' }],
    ['viewer', PARENTS, nobody],
    ['landing', PARENTS, nobody],
    ['chart', PARENTS, nobody],
    ['admin', PARENTS, nobody],
  ])('of kind %s with the parents %j', (kind, parents, expected) => {
    expect(frames(kind, parents)).toEqual(expected)
  })
})

describe('what pages may ask the browser for', () => {
  const powers = (kind: PageKind) =>
    Object.fromEntries(
      headers(kind)
        ['Permissions-Policy']!.split(', ')
        .map(power => power.split('=')),
    )
  const granted = (kind: PageKind) =>
    Object.entries(powers(kind)).flatMap(([power, to]) => (to === '()' ? [] : [`${power} ${to}`]))

  test.each<[PageKind, string[]]>([
    ['room', ['autoplay (self)', 'fullscreen (self)', 'publickey-credentials-get (self)']],
    ['viewer', []],
    ['landing', []],
    ['chart', ['fullscreen (self)', 'screen-wake-lock (self)']],
    [
      'admin',
      ['clipboard-write (self)', 'publickey-credentials-create (self)', 'publickey-credentials-get (self)'],
    ],
  ])('of kind %s', (kind, expected) => {
    expect(granted(kind)).toEqual(expected)
  })

  test.each(kinds)('a page of kind %s is denied by name what it does not use', kind => {
    for (const power of ['camera', 'microphone', 'display-capture', 'geolocation', 'payment', 'usb', 'midi'])
      expect(powers(kind)).toHaveProperty(power, '()')
    expect(Object.keys(powers(kind))).toEqual(Object.keys(powers('room')))
  })
})

test.each(kinds)('the other headers of a page of kind %s', kind => {
  const { 'Content-Security-Policy': _, 'Permissions-Policy': __, ...others } = headers(kind, [], [], true)
  const { 'Content-Security-Policy': ___, ...common } = commonHeaders(true)
  expect(others).toEqual({
    ...common,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Robots-Tag': 'noindex',
  })
})

test('every answer has these; with TLS also the promise to keep to it', () => {
  const all = {
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  }
  expect(commonHeaders(false)).toEqual(all)
  expect(commonHeaders(true)).toEqual({
    ...all,
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  })
})

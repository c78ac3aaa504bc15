import { expect, test } from 'vitest'
import { call, type Server } from './call.ts'

/** What the deployment says that pages depend on. */
export const pageSettings = {
  EMBED_PARENTS: 'https://portal.example',
  SECURITY_CONTACT: 'mailto:security@studio.example',
}

const SHARED = 'public, max-age=0, s-maxage=60, must-revalidate'
const VIEWER =
  /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws:\/\/127\.0\.0\.1:3333 http:\/\/127\.0\.0\.1:3333; /
const CLOSED_PAGE =
  /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; /
const CLOSED = { ancestors: "'none'", options: 'DENY', resource: 'same-origin' }
const EMBEDDED = { ancestors: 'https://portal.example', options: null, resource: 'cross-origin' }

/** The static site: one file for all rooms, the headers that keep it safe, assets that are kept for ever. */
export function pageCases(server: Server): void {
  test('every room has the same page, whatever its name or the query', async () => {
    const pages = await Promise.all(
      ['/r/one', '/r/two?x=1', '/r/one/sub'].map(path => call(server(), 'GET', path)),
    )
    expect(new Set(pages.map(page => page.status))).toEqual(new Set([200]))
    expect(new Set(pages.map(page => page.body)).size).toBe(1)
    expect(pages[0]!.body).toMatch(/^<!doctype html>/i)
  })

  const pages: [path: string, cache: string, policy: RegExp, frames: Record<string, unknown>][] = [
    ['/', SHARED, CLOSED_PAGE, CLOSED],
    ['/r/any', SHARED, VIEWER, EMBEDDED],
    ['/r/any/sub?x=1', SHARED, VIEWER, EMBEDDED],
    ['/admin', SHARED, CLOSED_PAGE, CLOSED],
    ['/admin/rooms', SHARED, CLOSED_PAGE, CLOSED],
    ['/auth/callback?code=secret&state=x', 'no-store', CLOSED_PAGE, CLOSED],
  ]
  test.each(pages)('%s carries its headers', async (path, cache, policy, { ancestors, ...frames }) => {
    const { status, headers } = await call(server(), 'GET', path)
    expect([status, Object.fromEntries(headers)]).toEqual([
      200,
      expect.objectContaining({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': cache,
        'content-security-policy': expect.stringMatching(policy),
        'permissions-policy': expect.stringMatching(/^accelerometer=\(\), .*\bcamera=\(\), /),
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'x-request-id': expect.any(String),
      }),
    ])
    expect({
      ancestors: headers.get('content-security-policy')!.split('frame-ancestors ')[1],
      options: headers.get('x-frame-options'),
      resource: headers.get('cross-origin-resource-policy'),
    }).toEqual({ ancestors, ...frames })
    // The test's own address is not over TLS, and no page sets a cookie.
    for (const name of ['strict-transport-security', 'set-cookie']) expect(headers.get(name)).toBeNull()
  })

  test('the code that a provider sends back is in no line of the log', async () => {
    const { logs } = server()
    await call(server(), 'GET', '/auth/callback?code=a-code-to-look-for&state=x', {
      headers: { 'x-request-id': 'came-back-from-there' },
    })
    await expect.poll(() => logs.some(line => line.includes('came-back-from-there'))).toBe(true)
    expect(logs.join('\n')).not.toContain('a-code-to-look-for')
  })

  test('what the API answers is nothing to show, in a frame or alone', async () => {
    for (const path of ['/healthz', '/api/session', '/api/nothing', '/v1/admission']) {
      const { headers } = await call(server(), 'GET', path)
      expect([path, Object.fromEntries(headers)]).toEqual([
        path,
        expect.objectContaining({
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'cross-origin-resource-policy': 'same-origin',
        }),
      ])
    }
  })

  test('security.txt says where to report, and until when that holds', async () => {
    const { status, headers, body } = await call(server(), 'GET', '/.well-known/security.txt')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
    const [, contact, expires, rest] = /^Contact: (.+)\nExpires: (.+)\n([\s\S]*)$/.exec(body) ?? []
    expect([contact, rest]).toEqual([pageSettings.SECURITY_CONTACT, 'Preferred-Languages: en\n'])
    const days = (Date.parse(expires!) - Date.now()) / 86_400_000
    expect(days > 0 && days < 365).toBe(true)
  })

  test('hashed assets have their type, are kept for ever and may not be sniffed', async () => {
    const pages = await Promise.all(['/r/any', '/admin'].map(path => call(server(), 'GET', path)))
    const html = pages.map(page => page.body).join('')
    const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(match => match[1]!)
    expect(assets.length).toBeGreaterThan(1)
    for (const path of assets) {
      const { status, headers } = await call(server(), 'GET', path)
      expect([path, status, Object.fromEntries(headers)]).toEqual([
        path,
        200,
        expect.objectContaining({
          'content-type': path.endsWith('.css')
            ? 'text/css; charset=utf-8'
            : 'text/javascript; charset=utf-8',
          'cache-control': 'public, max-age=31536000, immutable',
          'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-resource-policy': 'same-origin',
        }),
      ])
    }
  })

  test('an unchanged page is not sent again', async () => {
    const { headers } = await call(server(), 'GET', '/r/any')
    const again = await call(server(), 'GET', '/r/any', {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    })
    expect([again.status, again.body]).toEqual([304, ''])
  })

  test('HEAD answers as GET does, without the page', async () => {
    const { status, headers, body } = await call(server(), 'HEAD', '/r/any')
    expect([status, headers.get('content-type'), body]).toEqual([200, 'text/html; charset=utf-8', ''])
  })

  test('nothing outside the site is served', async () => {
    for (const path of [
      '/viewer.html',
      '/admin.html',
      '/landing.html',
      '/_headers',
      '/assets/nothing.js',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/schema.sql',
      '/assets/',
      '/assets',
      '/%00',
    ]) {
      const { status, body } = await call(server(), 'GET', path)
      const leaks = /"scripts"|CREATE TABLE|immutable|<html/.test(JSON.stringify(body))
      expect([path, status, leaks]).toEqual([path, 404, false])
    }
  })
}

import { expect, test } from 'vitest'
import { call, type Server } from './call.ts'

/** The static site: one file for all rooms, the headers that keep it safe, assets that are kept for ever. */
export function pageCases(server: Server): void {
  test('every room has the same page, whatever its name or the query', async () => {
    const pages = await Promise.all(
      ['/', '/r/one', '/r/two?x=1', '/r/one/sub'].map(path => call(server(), 'GET', path)),
    )
    expect(new Set(pages.map(page => page.status))).toEqual(new Set([200]))
    expect(new Set(pages.map(page => page.body)).size).toBe(1)
    expect(pages[0]!.body).toMatch(/^<!doctype html>/i)
  })

  test('pages carry their headers', async () => {
    for (const path of ['/r/any', '/admin', '/admin/rooms']) {
      const { status, headers } = await call(server(), 'GET', path)
      expect([path, status, Object.fromEntries(headers)]).toEqual([
        path,
        200,
        expect.objectContaining({
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'public, max-age=60, stale-while-revalidate=600',
          'content-security-policy': expect.stringMatching(
            /^default-src 'none'; script-src 'self'; .*connect-src 'self' ws:\/\/127\.0\.0\.1:3333 /,
          ),
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'x-request-id': expect.any(String),
        }),
      ])
      expect(headers.get('set-cookie')).toBeNull()
    }
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

import { describe, expect, test } from 'vitest'
import { type Coming, isForeign } from './foreign.ts'

const OWN = ['https://review.example']
const ALLOWED = ['https://portal.example']

const foreign = (coming: Partial<Coming>) =>
  isForeign({ method: 'POST', origin: undefined, site: undefined, byCookie: true, ...coming }, OWN, ALLOWED)

describe('what changes something', () => {
  // Origin, Sec-Fetch-Site, whether it is foreign with a cookie, and with a bearer or nothing.
  test.each<[string | undefined, string | undefined, boolean, boolean]>([
    // Our own page; its Origin says so whatever else is said.
    ['https://review.example', 'same-origin', false, false],
    ['https://review.example', undefined, false, false],
    ['https://review.example', 'cross-site', false, false],
    // One that the deployment lets call this route.
    ['https://portal.example', 'cross-site', false, false],
    ['https://portal.example', undefined, false, false],
    // Somebody else's, and what only looks like ours.
    ['https://evil.example', 'cross-site', true, true],
    ['https://evil.example', undefined, true, true],
    ['https://evil.example', 'same-origin', true, true],
    ['http://review.example', 'same-site', true, true],
    ['https://review.example:8443', 'same-site', true, true],
    ['https://review.example:443', undefined, true, true],
    ['https://review.example/', undefined, true, true],
    ['https://REVIEW.example', undefined, true, true],
    ['https://a.review.example', 'same-site', true, true],
    ['https://review.example.evil.example', undefined, true, true],
    ['https://review.example, https://evil.example', undefined, true, true],
    ['review.example', undefined, true, true],
    ['null', 'same-origin', true, true],
    ['null', undefined, true, true],
    ['', undefined, true, true],
    // A browser that says no Origin.
    [undefined, 'same-origin', false, false],
    [undefined, 'same-site', true, true],
    [undefined, 'cross-site', true, true],
    [undefined, 'none', true, true],
    [undefined, 'Same-Origin', true, true],
    [undefined, '', true, true],
    // Nothing is said: a program may, a cookie must show where it comes from.
    [undefined, undefined, true, false],
  ])('Origin %j, Sec-Fetch-Site %j: foreign with a cookie %j, without %j', (origin, site, cookie, bearer) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'post'])
      expect([
        method,
        foreign({ method, origin, site, byCookie: true }),
        foreign({ method, origin, site, byCookie: false }),
      ]).toEqual([method, cookie, bearer])
  })

  test('comes from nobody allowed when no origin is ours', () => {
    const coming = { method: 'POST', origin: 'https://review.example', site: 'same-origin', byCookie: true }
    expect(isForeign(coming, [], [])).toBe(true)
  })
})

test.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing and may come from anywhere', method => {
  for (const origin of [undefined, 'null', 'https://evil.example', ...OWN])
    for (const site of [undefined, 'cross-site', 'same-origin', 'none'])
      for (const byCookie of [true, false]) expect(foreign({ method, origin, site, byCookie })).toBe(false)
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deps } from '../deps.ts'
import { openSite } from './site.ts'

const long = 'const answer = 42\n'.repeat(200)
let place: string
let asset: Deps['asset']

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'sightline-site-'))
  mkdirSync(join(place, 'site/assets'), { recursive: true })
  writeFileSync(join(place, 'outside.txt'), 'not for the public')
  writeFileSync(join(place, 'site/viewer.html'), '<!doctype html>')
  writeFileSync(join(place, 'site/_headers'), '/assets/*')
  writeFileSync(join(place, 'site/.hidden'), 'x')
  writeFileSync(join(place, 'site/assets/app-1.js'), long)
  writeFileSync(join(place, 'site/assets/clip.bin'), 'x'.repeat(5000))
  asset = openSite(join(place, 'site'))
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

const get = (path: string, headers: Record<string, string> = {}) =>
  asset(path, new Request('http://sightline.test/', { headers }))

describe('the site in memory', () => {
  test('gives a file with its type and a tag', async () => {
    const answer = (await get('/viewer.html'))!
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.headers.get('etag'),
      await answer.text(),
    ]).toEqual([
      200,
      'text/html; charset=utf-8',
      expect.stringMatching(/^W\/"[\w-]{22}"$/),
      '<!doctype html>',
    ])
  })

  test('has nothing but its own public files', async () => {
    const paths = [
      '/',
      '',
      'viewer.html',
      '/viewer.html/',
      '//viewer.html',
      '/assets',
      '/assets/',
      '/_headers',
      '/.hidden',
      '/../outside.txt',
      '/assets/../../outside.txt',
      '/%2e%2e/outside.txt',
      '/..\\outside.txt',
      '/viewer.html\0',
      '/VIEWER.HTML',
      '/__proto__',
    ]
    for (const path of paths) expect([path, await get(path)]).toEqual([path, undefined])
  })

  test('packs what is worth it for who takes it', async () => {
    const packed = (await get('/assets/app-1.js', { 'accept-encoding': 'br, gzip;q=0.5' }))!
    expect(Object.fromEntries(packed.headers)).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      etag: expect.any(String),
      vary: 'Accept-Encoding',
    })
    expect(gunzipSync(new Uint8Array(await packed.arrayBuffer())).toString()).toBe(long)
    for (const [path, accepted] of [
      ['/assets/app-1.js', ''],
      ['/assets/app-1.js', 'br'],
      ['/assets/app-1.js', 'gzip;q=0, br'],
      ['/assets/app-1.js', 'gzip; q=0.0'],
      ['/assets/app-1.js', 'x-gzip'],
      ['/assets/clip.bin', 'gzip'],
      ['/viewer.html', 'gzip'],
    ] as const) {
      const plain = (await get(path, { 'accept-encoding': accepted }))!
      expect([path, accepted, plain.headers.get('content-encoding')]).toEqual([path, accepted, null])
    }
  })

  test('does not send again what the asker has', async () => {
    const tag = (await get('/assets/app-1.js'))!.headers.get('etag')!
    for (const [known, status] of [
      [tag, 304],
      [`"other", ${tag}`, 304],
      ['*', 304],
      ['"other"', 200],
      [tag.replace('W/', ''), 304],
      [tag.replaceAll('"', ''), 200],
      ['', 200],
    ] as const) {
      const answer = (await get('/assets/app-1.js', { 'if-none-match': known }))!
      expect([known, answer.status, answer.body === null]).toEqual([known, status, status === 304])
    }
  })
})

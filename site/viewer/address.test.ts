import { expect, test } from 'vitest'
import { readWay } from './address.ts'

test.each([
  ['/r/reel-3', '#k.1.mac', { slug: 'reel-3', secret: 'k.1.mac' }],
  ['/r/reel-3/', '#k', { slug: 'reel-3', secret: 'k' }],
  ['/r/reel-3/sub', '#k', { slug: 'reel-3', secret: 'k' }],
  ['/r/reel-3', '##k', { slug: 'reel-3', secret: '#k' }],
  ['/r/reel-3', '', { slug: 'reel-3', secret: null }],
  ['/r/reel-3', '#', { slug: 'reel-3', secret: null }],
  ['/r/', '#k', null],
  ['/', '#k', null],
  ['/r/Reel', '#k', null],
  ['/r/reel%203', '#k', null],
  [`/r/${'a'.repeat(65)}`, '#k', null],
  ['/r/a/b/c', '#k', null],
  ['/admin', '#token=k', null],
])('%s%s', (pathname, hash, way) => expect(readWay({ pathname, hash })).toEqual(way))

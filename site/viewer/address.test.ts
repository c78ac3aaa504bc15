import { expect, test } from 'vitest'
import { type CleanWay, pathOf, readClean, readWay } from './address.ts'

test.each([
  ['/r/reel-3', '#k.1.mac', { slug: 'reel-3', sub: null, secret: 'k.1.mac' }],
  ['/r/reel-3/', '#k', { slug: 'reel-3', sub: null, secret: 'k' }],
  ['/r/reel-3/sub', '#k', { slug: 'reel-3', sub: 'sub', secret: 'k' }],
  ['/r/reel-3', '##k', { slug: 'reel-3', sub: null, secret: '#k' }],
  ['/r/reel-3', '', { slug: 'reel-3', sub: null, secret: null }],
  ['/r/reel-3', '#', { slug: 'reel-3', sub: null, secret: null }],
  ['/r/', '#k', null],
  ['/', '#k', null],
  ['/r/Reel', '#k', null],
  ['/r/reel%203', '#k', null],
  [`/r/${'a'.repeat(65)}`, '#k', null],
  ['/r/a/b/c', '#k', null],
  ['/r/reel-3/B', '#k', null],
  ['/r/reel-3/colour/', '#k', { slug: 'reel-3', sub: 'colour', secret: 'k' }],
  ['/admin', '#token=k', null],
])('%s%s', (pathname, hash, way) =>
  expect(readWay({ pathname, hash, search: '' })).toEqual(way && { ...way, token: null }),
)

test.each([
  ['?token=a.b.c', '', { slug: 'reel-3', sub: null, secret: null, token: 'a.b.c' }],
  ['?x=1&token=a', '#k', { slug: 'reel-3', sub: null, secret: 'k', token: 'a' }],
  ['?token=', '', { slug: 'reel-3', sub: null, secret: null, token: null }],
  ['?tokens=a', '', { slug: 'reel-3', sub: null, secret: null, token: null }],
])('a token in the query: %s%s', (search, hash, way) =>
  expect(readWay({ pathname: '/r/reel-3', hash, search })).toEqual(way),
)

test.each([null, 'colour'])('the path of the sub-room %j leads back to it', sub => {
  expect(readWay({ pathname: pathOf('reel-3', sub), hash: '#k', search: '' })).toEqual({
    slug: 'reel-3',
    sub,
    secret: 'k',
    token: null,
  })
})

test.each<[string, CleanWay | null]>([
  ['', null],
  ['?view=full', null],
  ['?stream=camera', null],
  ['?view=clean', { stream: null, sound: false }],
  ['?view=clean&stream=', { stream: null, sound: false }],
  ['?view=clean&stream=Alternate%20grade', { stream: 'Alternate grade', sound: false }],
  ['?view=clean&stream=camera&sound=1', { stream: 'camera', sound: true }],
  ['?view=clean&sound=yes', { stream: null, sound: false }],
])('the clean view of %j', (search, way) => expect(readClean(search)).toEqual(way))

import { describe, expect, test } from 'vitest'
import { addressFor, climbAfter, climbRoute, nextRoute, type Route } from './route.ts'

describe('nextRoute', () => {
  const table: [from: Route, why: 'not-connected' | 'unsupported', to: Route][] = [
    ['udp', 'not-connected', 'all'],
    ['all', 'not-connected', 'relay'],
    ['relay', 'not-connected', 'llhls'],
    ['llhls', 'not-connected', 'udp'],
    ['udp', 'unsupported', 'llhls'],
    ['all', 'unsupported', 'llhls'],
    ['relay', 'unsupported', 'llhls'],
    ['llhls', 'unsupported', 'udp'],
  ]
  test.each(table)('%s, %s → %s', (from, why, to) => expect(nextRoute(from, why)).toBe(to))
})

test('from LL-HLS every WebRTC way is tried in turn, at growing intervals', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map(climbRoute)).toEqual(['udp', 'all', 'relay', 'udp', 'all', 'relay', 'udp'])
  expect([0, 1, 2, 3, 4, 5, 99].map(climbAfter)).toEqual([
    15_000, 30_000, 60_000, 120_000, 240_000, 240_000, 240_000,
  ])
})

describe('addressFor', () => {
  const addresses = {
    webrtc: 'wss://ome.example:3334/app/reel-3?stream_token=a.b.c',
    llhls: 'https://ome.example:3334/app/reel-3/llhls.m3u8?stream_token=a.b.c',
  }

  test('keeps the token the last parameter', () => {
    expect(addressFor('udp', addresses)).toBe(
      'wss://ome.example:3334/app/reel-3?transport=udp&stream_token=a.b.c',
    )
    expect(addressFor('relay', addresses)).toBe(
      'wss://ome.example:3334/app/reel-3?transport=relay&stream_token=a.b.c',
    )
  })

  test('leaves LL-HLS as it is', () => expect(addressFor('llhls', addresses)).toBe(addresses.llhls))

  test('adds a query where there is none', () => {
    expect(addressFor('all', { webrtc: 'ws://h/app/s', llhls: '' })).toBe('ws://h/app/s?transport=all')
  })
})

import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { healthNumbers } from '../../../test/support/live.ts'
import { ToServer } from '../protocol.ts'
import type { HealthNumbers } from './health.ts'

const report = (numbers: object, rest: object = {}) => ({
  type: 'health',
  level: 'good',
  side: 'unknown',
  cause: 'none',
  numbers,
  ...rest,
})
const isRead = (message: object) => v.safeParse(ToServer, message).success

const full: HealthNumbers = {
  way: 'udp',
  codec: 'H.264 High',
  decoder: 'FFmpeg',
  hardware: false,
  width: 1920,
  height: 1080,
  shown: 74,
  colour: 'BT.709, limited',
  fps: 25,
  receivedFps: 25,
  sourceFps: 25,
  bitrate: 12_100_000,
  loss: 0.001,
  roundTripMs: 22,
  bufferMs: 38,
  decodeMs: 4,
  freezes: 0,
  dropped: 2,
  decoded: 63_204,
  delay: { ms: 238, uncertaintyMs: 8, how: 'chart' },
  gamut: 'p3',
  range: 'standard',
  depth: 8,
  scale: 2,
}

test('all numbers, and none', () => {
  expect([isRead(report(full)), isRead(report(healthNumbers()))]).toEqual([true, true])
})

describe('is not read', () => {
  const wrong: [string, object][] = [
    ['below nothing', { bitrate: -1 }],
    ['more loss than packets', { loss: 1.01 }],
    ['an hour of round trip', { roundTripMs: 3_600_000 }],
    ['more frames than there are', { fps: 1_001 }],
    ['half a pixel', { width: 0.5 }],
    ['a text for a number', { decodeMs: '4' }],
    ['a way that is none', { way: 'post' }],
    ['a long name', { decoder: 'x'.repeat(61) }],
    ['a name of two lines', { codec: 'a\nb' }],
    ['something more', { more: 1 }],
    ['a delay without a source', { delay: { ms: 1, uncertaintyMs: null } }],
  ]
  test.each(wrong)('%s', (_, change) => {
    expect(isRead(report({ ...full, ...change }))).toBe(false)
  })

  test('a number left out', () => {
    const { scale: _, ...rest } = full
    expect(isRead(report(rest))).toBe(false)
  })

  test.each([{ level: 'great' }, { side: 'us' }, { cause: 'bad luck' }, { of: 'a'.repeat(16) }])(
    '%j',
    rest => {
      expect(isRead(report(full, rest))).toBe(false)
    },
  )

  test.each([{ checked: 'yes' }, {}, { checked: true, at: 1 }])('display %j', rest => {
    expect(isRead({ type: 'display', ...rest })).toBe(false)
  })
})

import { describe, expect, test } from 'vitest'
import { GOOD, judge, type Scene, UNKNOWN } from './verdict.ts'

const well: Scene = {
  hidden: false,
  picture: 'moving',
  publishing: true,
  connected: true,
  way: 'udp',
  fps: 25,
  receivedFps: 25,
  sourceFps: 25,
  loss: 0,
  bufferMs: 38,
  decodeMs: 4,
  roundTripMs: 22,
  freezes: 0,
  alive: true,
}
const of = (change: Partial<Scene>) => {
  const { level, side, cause, value } = judge({ ...well, ...change })
  return [level, side, cause, value]
}

test('a picture that arrives whole and on time is good', () => {
  expect(judge(well)).toEqual(GOOD)
})

test('what cannot be measured is no fault', () => {
  const silent = { fps: null, receivedFps: null, sourceFps: null, loss: null, bufferMs: null }
  expect(judge({ ...well, ...silent, decodeMs: null, roundTripMs: null, alive: null, way: null })).toEqual(
    GOOD,
  )
})

test.each<Partial<Scene>>([{ hidden: true }, { picture: 'none' }, { hidden: true, picture: 'held' }])(
  'nobody can judge %j',
  change => {
    expect(judge({ ...well, ...change })).toEqual(UNKNOWN)
  },
)

describe('a picture that stands', () => {
  test.each<[string, Partial<Scene>, string, string]>([
    ['the encoder is gone', { publishing: false }, 'encoder', 'stopped'],
    ['the path lives', { alive: true }, 'encoder', 'frozen'],
    ['the path is dead', { alive: false }, 'network', 'lost'],
    ['nobody knows of the path', { alive: null }, 'network', 'lost'],
    ['the room is not there either', { publishing: false, connected: false, alive: null }, 'network', 'lost'],
  ])('%s', (_, change, side, cause) => {
    expect(of({ picture: 'held', ...change })).toEqual(['poor', side, cause, null])
  })
})

test.each<[Partial<Scene>, unknown[]]>([
  [{ loss: 0.0049 }, ['good', 'unknown', 'none', null]],
  [{ loss: 0.005 }, ['fair', 'network', 'loss', 0.5]],
  [{ loss: 0.03 }, ['poor', 'network', 'loss', 3]],
  [{ receivedFps: 22.6 }, ['good', 'unknown', 'none', null]],
  [{ receivedFps: 20, fps: 20 }, ['fair', 'encoder', 'source-rate', 20]],
  [{ receivedFps: 14.9, fps: 14.9 }, ['poor', 'encoder', 'source-rate', 14.9]],
  [{ receivedFps: 0, fps: 0 }, ['good', 'unknown', 'none', null]],
  // Frames that were lost are not the encoder's fault.
  [{ receivedFps: 14, fps: 14, loss: 0.1 }, ['poor', 'network', 'loss', 10]],
  // Over TCP nothing is lost: it queues.
  [{ receivedFps: 14, fps: 14, way: 'tcp' }, ['poor', 'network', 'jitter', 14]],
  [{ freezes: 1 }, ['fair', 'network', 'jitter', null]],
  [{ freezes: 3 }, ['poor', 'network', 'jitter', null]],
  [{ roundTripMs: 299 }, ['good', 'unknown', 'none', null]],
  [{ roundTripMs: 300 }, ['fair', 'network', 'round-trip', 300]],
  [{ roundTripMs: 900 }, ['poor', 'network', 'round-trip', 900]],
  [{ bufferMs: 250 }, ['fair', 'network', 'jitter', 250]],
  [{ bufferMs: 600 }, ['poor', 'network', 'jitter', 600]],
  [{ decodeMs: 31 }, ['good', 'unknown', 'none', null]],
  [{ decodeMs: 32 }, ['fair', 'device', 'decoding', 32]],
  [{ decodeMs: 40 }, ['poor', 'device', 'decoding', 40]],
  [{ fps: 22.4 }, ['fair', 'device', 'dropping', 22.4]],
  [{ fps: 15 }, ['poor', 'device', 'dropping', 15]],
  [{ way: 'llhls', bufferMs: 4000, roundTripMs: null }, ['fair', 'network', 'slow-way', null]],
  [{ way: 'relay' }, ['good', 'unknown', 'none', null]],
  [{ connected: false }, ['fair', 'origin', 'server', null]],
  // The worst counts, whatever comes first.
  [{ loss: 0.006, decodeMs: 50 }, ['poor', 'device', 'decoding', 50]],
  [{ loss: 0.006, decodeMs: 35 }, ['fair', 'network', 'loss', 0.6]],
])('%j: %j', (change, verdict) => {
  expect(of(change)).toEqual(verdict)
})

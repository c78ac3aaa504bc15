import { expect, test } from 'vitest'
import { ratesOf } from './rates.ts'
import { readPeer, type Stat } from './read-peer.ts'
import { emptySample } from './sample.ts'

const stats = (change: object = {}, pair: object = {}, local: object = {}): Stat[] => [
  { type: 'codec', id: 'C', mimeType: 'video/H264', sdpFmtpLine: 'profile-level-id=640028' },
  { type: 'inbound-rtp', id: 'A', kind: 'audio', framesReceived: 7 },
  {
    type: 'inbound-rtp',
    id: 'V',
    kind: 'video',
    codecId: 'C',
    frameWidth: 1920,
    frameHeight: 1080,
    framesReceived: 100,
    framesDecoded: 98,
    framesDropped: 2,
    freezeCount: 0,
    bytesReceived: 1_000_000,
    packetsReceived: 1000,
    packetsLost: 0,
    jitterBufferDelay: 3.8,
    jitterBufferEmittedCount: 100,
    totalDecodeTime: 0.392,
    powerEfficientDecoder: true,
    decoderImplementation: 'ExternalDecoder (VaapiVideoDecoder)',
    ...change,
  },
  { type: 'transport', id: 'T', selectedCandidatePairId: 'P' },
  { type: 'candidate-pair', id: 'O', nominated: true, state: 'succeeded', localCandidateId: 'none' },
  {
    type: 'candidate-pair',
    id: 'P',
    localCandidateId: 'L',
    currentRoundTripTime: 0.022,
    responsesReceived: 9,
    ...pair,
  },
  { type: 'local-candidate', id: 'L', candidateType: 'host', protocol: 'udp', ...local },
]

test('what a connection says of its picture', () => {
  expect(readPeer(stats(), 5)).toEqual({
    at: 5,
    way: 'udp',
    codec: 'H.264 High',
    decoder: 'ExternalDecoder',
    hardware: true,
    width: 1920,
    height: 1080,
    received: 100,
    decoded: 98,
    dropped: 2,
    freezes: 0,
    bytes: 1_000_000,
    packets: 1000,
    lost: 0,
    bufferDelay: 3.8,
    buffered: 100,
    decodeTime: 0.392,
    roundTripMs: 22,
    answers: 9,
    behindMs: null,
  })
})

test.each([
  [{ protocol: 'tcp' }, 'tcp'],
  [{ candidateType: 'relay', protocol: 'udp' }, 'relay'],
  [{ candidateType: 'prflx' }, 'udp'],
])('a local candidate %j is %s', (local, way) => {
  expect(readPeer(stats({}, {}, local), 0).way).toBe(way)
})

test('nothing known is nothing said', () => {
  expect(readPeer([], 0)).toEqual(emptySample(0))
  expect(
    readPeer(
      [{ type: 'inbound-rtp', kind: 'video', framesReceived: 'many', decoderImplementation: 'unknown' }],
      0,
    ),
  ).toEqual(emptySample(0))
})

test('differences over the time between', () => {
  const before = readPeer(stats(), 1_000)
  const later = {
    framesReceived: 200,
    framesDecoded: 196,
    framesDropped: 4,
    freezeCount: 1,
    bytesReceived: 7_050_000,
    packetsReceived: 1970,
    packetsLost: 30,
    jitterBufferDelay: 7.6,
    jitterBufferEmittedCount: 200,
    totalDecodeTime: 0.784,
  }
  const after = readPeer(stats(later, { responsesReceived: 11 }), 5_000)
  expect(ratesOf(before, after)).toEqual({
    receivedFps: 25,
    bitrate: 12_100_000,
    loss: 0.03,
    bufferMs: 38,
    decodeMs: expect.closeTo(4, 9) as number,
    roundTripMs: 22,
    dropped: 2,
    freezes: 1,
    alive: true,
  })
})

test('counters that begin anew, no time and nothing counted tell nothing', () => {
  const sample = readPeer(stats(), 1_000)
  const nothing = {
    receivedFps: null,
    bitrate: null,
    loss: null,
    bufferMs: null,
    decodeMs: null,
    dropped: 0,
    freezes: 0,
  }
  expect(ratesOf(sample, sample)).toEqual({ ...nothing, roundTripMs: 22, alive: false })
  const anew = stats({
    framesReceived: 1,
    bytesReceived: 10,
    packetsReceived: 1,
    framesDropped: 0,
    framesDecoded: 1,
  })
  expect(ratesOf(sample, readPeer(anew, 2_000))).toMatchObject(nothing)
  expect(ratesOf(emptySample(0), emptySample(1_000))).toEqual({ ...nothing, roundTripMs: null, alive: null })
})

test('packets that come late after all are no negative loss', () => {
  const before = readPeer(stats({ packetsLost: 9 }), 0)
  expect(ratesOf(before, readPeer(stats({ packetsReceived: 1100, packetsLost: 4 }), 1_000)).loss).toBe(0)
})

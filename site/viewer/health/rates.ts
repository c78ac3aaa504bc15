import type { Sample } from './sample.ts'

/** What happened between two moments. Null = it cannot be told. */
export interface Rates {
  /** Frames a second. */
  receivedFps: number | null
  /** Bits a second. */
  bitrate: number | null
  /** Of the packets, 0 to 1. */
  loss: number | null
  /** A frame's, in ms. */
  bufferMs: number | null
  decodeMs: number | null
  roundTripMs: number | null
  /** Frames thrown away, and times that the picture stood still. */
  dropped: number
  freezes: number
  /** Whether the other side still answered; null = it is not asked. */
  alive: boolean | null
}

/**
 * The differences between two samples of one session. A counter that went back, because the browser began it anew, tells
 * nothing.
 */
export function ratesOf(before: Sample, after: Sample): Rates {
  const seconds = (after.at - before.at) / 1000
  const more = (key: 'received' | 'decoded' | 'dropped' | 'freezes' | 'bytes' | 'packets' | 'buffered') =>
    difference(before[key], after[key])
  const perSecond = (count: number | null) => (count === null || seconds <= 0 ? null : count / seconds)
  // Packets that come late after all are taken back from those that were lost.
  const lost = before.lost === null || after.lost === null ? null : Math.max(0, after.lost - before.lost)
  const packets = more('packets')
  const bytes = perSecond(more('bytes'))
  return {
    receivedFps: perSecond(more('received')),
    bitrate: bytes === null ? null : bytes * 8,
    loss: lost === null || packets === null || packets + lost === 0 ? null : lost / (packets + lost),
    bufferMs: after.behindMs ?? each(difference(before.bufferDelay, after.bufferDelay), more('buffered')),
    decodeMs: each(difference(before.decodeTime, after.decodeTime), more('decoded')),
    roundTripMs: after.roundTripMs,
    dropped: more('dropped') ?? 0,
    freezes: more('freezes') ?? 0,
    alive: before.answers === null || after.answers === null ? null : after.answers > before.answers,
  }
}

const difference = (before: number | null, after: number | null): number | null =>
  before === null || after === null || after < before ? null : after - before

/** Of so many seconds together, each one's ms. */
const each = (seconds: number | null, count: number | null): number | null =>
  seconds === null || !count ? null : (seconds / count) * 1000

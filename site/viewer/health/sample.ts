import type { HealthNumbers } from '../../../worker/live/messages/health.ts'

/** What a session has counted up to one moment. Null = the browser does not say. */
export interface Sample {
  /** Ms, of any clock that only goes on. */
  at: number
  way: HealthNumbers['way']
  codec: string | null
  decoder: string | null
  hardware: boolean | null
  width: number | null
  height: number | null
  /** Frames that arrived whole, were decoded, were thrown away. */
  received: number | null
  decoded: number | null
  dropped: number | null
  freezes: number | null
  bytes: number | null
  packets: number | null
  lost: number | null
  /** Seconds that frames waited, and how many they were. */
  bufferDelay: number | null
  buffered: number | null
  /** Seconds that decoding took. */
  decodeTime: number | null
  roundTripMs: number | null
  /** Answers of the other side to connectivity checks: as long as they rise, the path lives. */
  answers: number | null
  /** Of the buffer, where it is told directly, in ms. */
  behindMs: number | null
}

export const emptySample = (at: number): Sample => ({
  at,
  way: null,
  codec: null,
  decoder: null,
  hardware: null,
  width: null,
  height: null,
  received: null,
  decoded: null,
  dropped: null,
  freezes: null,
  bytes: null,
  packets: null,
  lost: null,
  bufferDelay: null,
  buffered: null,
  decodeTime: null,
  roundTripMs: null,
  answers: null,
  behindMs: null,
})

/** RTP ticks a second: H.264 always, and Opus (and our AAC) always. */
export const VIDEO_RATE = 90_000
export const AUDIO_RATE = 48_000

export type MediaKind = 'video' | 'audio'

/** One RTP packet of a stream, the same for every viewer: SSRC, payload type and sequence number are the viewer's. */
export interface MediaPacket {
  readonly kind: MediaKind
  readonly payload: Buffer
  /** RTP timestamp, 32 bits. */
  readonly timestamp: number
  readonly marker: boolean
  /** The first packet of a key frame: where a new viewer may start. */
  readonly startsKeyFrame: boolean
  /** How far the sequence number moves: 1, or more where a packet was lost on its way to the origin. */
  readonly step: number
}

/** An instant in both clocks of a track, as an RTCP sender report states it. */
export interface ClockPair {
  readonly kind: MediaKind
  /** NTP time: seconds since 1900 in the high 32 bits, their fraction in the low ones. */
  readonly ntp: bigint
  readonly timestamp: number
}

/** Whoever takes the packets of a stream. */
export interface MediaSink {
  packet(packet: MediaPacket): void
  clock(pair: ClockPair): void
}

/** What a publisher sends, whether a browser's camera or the built-in clip. */
export interface MediaSource {
  /** Delivers to the sink from now on; the answer stops it. */
  watch(sink: MediaSink): () => void
  /** Asks the publisher for a key frame, where that means anything. */
  requestKeyFrame(): void
  /** Bytes received so far, and when the last of them came (ms since 1970). */
  received(): { bytes: number; lastAt: number }
}

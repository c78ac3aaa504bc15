import { CLIP, type Clip } from './clip.ts'
import { AUDIO_RATE, type MediaKind, type MediaSink, type MediaSource, VIDEO_RATE } from './media-source.ts'
import { ntpTime } from './sender-report.ts'

const FRAME_MS = 1000 / CLIP.fps
const KEY_MS = FRAME_MS * CLIP.keyFrameEvery
const PACKET_MS = 20
const LOOP_MS = CLIP.frames * FRAME_MS
/** Behind by more than this (a suspended machine), the backlog is not worth sending. */
const MAX_LATE_MS = 500
const CLOCK_EVERY_MS = 1000

/**
 * The clip as an endless live source. Frame `n` is due `n × 40 ms` after the start and carries RTP time
 * `n × 3600`, so nothing jumps where the loop closes. It works only while somebody watches.
 */
export class ClipSource implements MediaSource {
  readonly #clip: Clip
  readonly #startedAt = performance.now()
  readonly #firstFrame: number
  readonly #sinks = new Set<MediaSink>()
  #frame = 0
  #packet = 0
  #clockAt = 0
  #timer: NodeJS.Timeout | undefined
  /** When it froze: on the clock media runs by, and on the wall's. */
  #frozen: { readonly at: number; readonly wall: number } | undefined
  #pausedMs = 0

  /** `firstFrame`, a multiple of 40 (where frames, Opus packets and AAC frames meet), is where the loop begins. */
  constructor(clip: Clip, firstFrame = 0) {
    this.#clip = clip
    this.#firstFrame = firstFrame
  }

  get firstFrame(): number {
    return this.#firstFrame
  }

  /** How much has been sent, in ms of media. Stands still while frozen. */
  mediaTime(): number {
    return (this.#frozen?.at ?? performance.now()) - this.#startedAt - this.#pausedMs
  }

  watch(sink: MediaSink): () => void {
    this.#sinks.add(sink)
    this.#sendClock(sink)
    if (this.#sinks.size === 1) this.#restart()
    return () => {
      this.#sinks.delete(sink)
      if (this.#sinks.size === 0) this.#stop()
    }
  }

  /** Nothing to do: a key frame is never more than 200 ms away. */
  requestKeyFrame(): void {}

  received(): { bytes: number; lastAt: number } {
    const elapsed = this.mediaTime()
    const lastAt = (this.#frozen?.wall ?? Date.now()) - (elapsed % FRAME_MS)
    return { bytes: Math.floor((elapsed / LOOP_MS) * this.#clip.bytes), lastAt: Math.floor(lastAt) }
  }

  /** A publisher whose connection stays open and who sends nothing. */
  freeze(): void {
    this.#frozen ??= { at: performance.now(), wall: Date.now() }
    this.#stop()
  }

  thaw(): void {
    if (!this.#frozen) return
    this.#pausedMs += performance.now() - this.#frozen.at
    this.#frozen = undefined
    if (this.#sinks.size > 0) this.#restart()
  }

  get frozen(): boolean {
    return this.#frozen !== undefined
  }

  #restart(): void {
    if (this.#frozen) return
    const now = this.mediaTime()
    // At a key frame: whoever watches may have missed pictures.
    this.#frame = Math.ceil(now / KEY_MS) * CLIP.keyFrameEvery
    this.#packet = Math.ceil(now / PACKET_MS)
    this.#schedule()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #schedule(): void {
    const due = Math.min(this.#frame * FRAME_MS, this.#packet * PACKET_MS)
    this.#timer = setTimeout(() => this.#tick(), Math.max(1, due - this.mediaTime()))
  }

  #tick(): void {
    const now = this.mediaTime()
    if (now - this.#frame * FRAME_MS > MAX_LATE_MS) {
      this.#restart()
      return
    }
    for (; this.#frame * FRAME_MS <= now; this.#frame++) this.#sendFrame(this.#frame)
    for (; this.#packet * PACKET_MS <= now; this.#packet++) this.#sendAudio(this.#packet)
    if (now - this.#clockAt >= CLOCK_EVERY_MS) {
      this.#clockAt = now
      for (const sink of this.#sinks) this.#sendClock(sink)
    }
    this.#schedule()
  }

  #sendFrame(number: number): void {
    const index = (this.#firstFrame + number) % CLIP.frames
    const payloads = this.#clip.payloads[index]!
    const key = this.#clip.frames[index]!.key
    const timestamp = rtpTime('video', number * FRAME_MS)
    payloads.forEach((payload, i) => {
      const packet = {
        kind: 'video',
        payload,
        timestamp,
        marker: i === payloads.length - 1,
        startsKeyFrame: key && i === 0,
        step: 1,
      } as const
      for (const sink of this.#sinks) sink.packet(packet)
    })
  }

  #sendAudio(number: number): void {
    const packet = {
      kind: 'audio',
      payload: this.#clip.opus[(this.#firstFrame * 2 + number) % CLIP.opusPackets]!,
      timestamp: rtpTime('audio', number * PACKET_MS),
      marker: false,
      startsKeyFrame: false,
      step: 1,
    } as const
    for (const sink of this.#sinks) sink.packet(packet)
  }

  #sendClock(sink: MediaSink): void {
    const ntp = ntpTime(Date.now())
    for (const kind of ['video', 'audio'] as const) {
      sink.clock({ kind, ntp, timestamp: rtpTime(kind, this.mediaTime()) })
    }
  }
}

/** The 32-bit RTP timestamp of a media time in ms. */
function rtpTime(kind: MediaKind, mediaMs: number): number {
  return Math.round((mediaMs * (kind === 'video' ? VIDEO_RATE : AUDIO_RATE)) / 1000) % 2 ** 32
}

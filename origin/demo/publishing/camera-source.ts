import { ArrivalClock } from '../media/arrival-clock.ts'
import type { MediaPacket, MediaSink, MediaSource } from '../media/media-source.ts'
import { VIDEO_RATE } from '../media/media-source.ts'
import { ntpTime } from '../media/sender-report.ts'

/** Chromium overhears whoever asks again within 300 ms; more often would only cost quality too. */
const KEY_FRAME_EVERY_MS = 400
const CLOCK_EVERY_MS = 1000

/** What a browser publishes, passed on as it comes. */
export class CameraSource implements MediaSource {
  readonly #sinks = new Set<MediaSink>()
  readonly #clocks = { video: new ArrivalClock('video'), audio: new ArrivalClock('audio') }
  readonly #askForKeyFrame: () => void
  #askedAt = Number.NEGATIVE_INFINITY
  #asking: NodeJS.Timeout | undefined
  #clockedAt = 0
  #frozen = false
  #bytes = { video: 0, audio: 0 }
  #lastAt = Date.now()
  /** When something last came from the network, even if frozen. */
  heardAt = Date.now()
  #firstTimestamp: number | undefined
  #lastTimestamp = 0
  #frames = 0
  #keys = 0
  #sinceKey = 0

  constructor(askForKeyFrame: () => void) {
    this.#askForKeyFrame = askForKeyFrame
  }

  watch(sink: MediaSink): () => void {
    this.#sinks.add(sink)
    this.#sendClocks([sink])
    return () => this.#sinks.delete(sink)
  }

  /** Asks at once, or as soon as it may again: whoever wants one now may have missed the one before. */
  requestKeyFrame(): void {
    if (this.#asking) return
    const wait = this.#askedAt + KEY_FRAME_EVERY_MS - performance.now()
    if (wait > 0) this.#asking = setTimeout(() => this.#ask(), wait)
    else this.#ask()
  }

  /** Asks for nothing any more. */
  close(): void {
    clearTimeout(this.#asking)
  }

  #ask(): void {
    this.#asking = undefined
    this.#askedAt = performance.now()
    this.#askForKeyFrame()
  }

  received(): { bytes: number; lastAt: number } {
    return { bytes: this.#bytes.video + this.#bytes.audio, lastAt: this.#lastAt }
  }

  packet(packet: MediaPacket): void {
    this.heardAt = Date.now()
    if (this.#frozen) return
    this.#lastAt = this.heardAt
    this.#bytes[packet.kind] += packet.payload.length
    this.#clocks[packet.kind].note(packet.timestamp, performance.now())
    if (packet.kind === 'video') this.#countFrames(packet)
    for (const sink of this.#sinks) sink.packet(packet)
    if (performance.now() - this.#clockedAt >= CLOCK_EVERY_MS) this.#sendClocks([...this.#sinks])
  }

  #sendClocks(sinks: readonly MediaSink[]): void {
    const now = performance.now()
    this.#clockedAt = now
    const ntp = ntpTime(Date.now())
    for (const kind of ['video', 'audio'] as const) {
      const timestamp = this.#clocks[kind].at(now)
      if (timestamp !== undefined) for (const sink of sinks) sink.clock({ kind, ntp, timestamp })
    }
  }

  freeze(): void {
    this.#frozen = true
  }

  thaw(): void {
    this.#frozen = false
    this.requestKeyFrame()
  }

  /** Frames and bits a second since the beginning, and frames between key frames. */
  rates(): {
    framerate: number
    videoBits: number
    audioBits: number
    keyFrameInterval: number
    framesSinceKey: number
  } {
    const ticks = (this.#lastTimestamp - (this.#firstTimestamp ?? 0)) >>> 0
    const seconds = Math.max(ticks / VIDEO_RATE, 1)
    return {
      framerate: this.#frames / seconds,
      videoBits: Math.round((this.#bytes.video * 8) / seconds),
      audioBits: Math.round((this.#bytes.audio * 8) / seconds),
      keyFrameInterval: this.#keys === 0 ? 0 : this.#frames / this.#keys,
      framesSinceKey: this.#sinceKey,
    }
  }

  #countFrames(packet: MediaPacket): void {
    if (packet.startsKeyFrame && packet.timestamp !== this.#lastTimestamp) {
      this.#keys += 1
      this.#sinceKey = 0
    }
    this.#firstTimestamp ??= packet.timestamp
    this.#lastTimestamp = packet.timestamp
    if (!packet.marker) return
    this.#frames += 1
    this.#sinceKey += 1
  }
}

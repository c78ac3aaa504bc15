import type { Admission } from '../admission/admission.ts'
import type { Session } from '../admission/session.ts'
import { CLIP, type Clip } from '../media/clip.ts'
import { ClipSource } from '../media/clip-source.ts'
import { ClipWindow } from '../playback/clip-window.ts'
import type { LiveStream } from '../streams/live-stream.ts'
import type { MediaFacts, Publication } from '../streams/publication.ts'
import type { Registry } from '../streams/registry.ts'

/** Why a connection ended, for the encoder that made it. */
export type Ending = { why: 'cut' } | { why: 'stopped' } | { why: 'gave way'; until: Promise<void> }

/** One RTMP-like connection of the built-in encoder, from admission to its closing. */
export class ClipPublication implements Publication {
  readonly sourceType = 'Rtmp'
  readonly session: Session
  readonly newUrl: string
  readonly source: ClipSource
  readonly hls: ClipWindow
  readonly thumbnail: Buffer
  readonly #clip: Clip
  readonly #admission: Admission
  readonly #registry: Registry
  readonly #stream: LiveStream
  readonly #onEnd: (ending: Ending) => void
  readonly #onLost: () => void
  readonly #lifetime: NodeJS.Timeout | undefined

  /** Goes on air at once. `onLost`: the encoder believes the connection dead though the origin still holds it. */
  constructor(setup: {
    session: Session
    name: string
    newUrl: string
    lifetimeMs: number | undefined
    clip: Clip
    firstFrame: number
    admission: Admission
    registry: Registry
    onEnd: (ending: Ending) => void
    onLost: () => void
  }) {
    this.session = setup.session
    this.newUrl = setup.newUrl
    this.source = new ClipSource(setup.clip, setup.firstFrame)
    this.hls = new ClipWindow(setup.clip, this.source)
    this.thumbnail = setup.clip.thumbnail
    this.#clip = setup.clip
    this.#admission = setup.admission
    this.#registry = setup.registry
    this.#onEnd = setup.onEnd
    this.#onLost = setup.onLost
    this.#stream = setup.registry.publish(setup.name, this)
    this.#stream.mediaBegan()
    if (setup.lifetimeMs !== undefined) {
      this.#lifetime = setTimeout(() => this.#end({ why: 'cut' }, 1), setup.lifetimeMs)
    }
  }

  facts(): MediaFacts {
    const seconds = CLIP.frames / CLIP.fps
    const audio = this.#clip.aac.reduce((sum, frame) => sum + frame.length, 0)
    return {
      video: {
        width: CLIP.width,
        height: CLIP.height,
        framerate: CLIP.fps,
        bitrate: Math.round(((this.#clip.bytes - audio) * 8) / seconds),
        keyFrameInterval: CLIP.keyFrameEvery,
        framesSinceKey: Math.floor((this.source.mediaTime() * CLIP.fps) / 1000) % CLIP.keyFrameEvery,
      },
      audio: { codec: 'AAC', bitrate: Math.round((audio * 8) / seconds) },
    }
  }

  /** OME sends two closings for an RTMP stream that the API deletes. */
  dropped(): void {
    this.#end({ why: 'cut' }, 2)
  }

  giveWay(until: Promise<void>): boolean {
    if (this.source.frozen) return false
    this.#end({ why: 'gave way', until }, 1)
    return true
  }

  freeze(options: { reconnect: boolean }): void {
    this.source.freeze()
    if (options.reconnect) this.#onLost()
  }

  thaw(): void {
    this.source.thaw()
  }

  /** The encoder stops streaming. */
  stop(): void {
    this.#end({ why: 'stopped' }, 1)
  }

  #end(ending: Ending, closings: number): void {
    if (this.#stream.over) return
    clearTimeout(this.#lifetime)
    this.#registry.remove(this.#stream)
    for (let i = 0; i < closings; i++) this.#admission.closing(this.session, this.newUrl)
    this.#onEnd(ending)
  }
}

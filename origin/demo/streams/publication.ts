import type { Session } from '../admission/session.ts'
import type { MediaSource } from '../media/media-source.ts'
import type { HlsWindow } from '../playback/hls-window.ts'

/** What is known of the media a publisher sends, for OME's stream description. Rates in bits and frames a second. */
export interface MediaFacts {
  readonly video: {
    readonly width: number
    readonly height: number
    readonly framerate: number
    readonly bitrate: number
    /** Frames from one key frame to the next. */
    readonly keyFrameInterval: number
    readonly framesSinceKey: number
  }
  readonly audio: { readonly codec: 'AAC' | 'OPUS'; readonly bitrate: number } | undefined
}

/** One publisher's connection, as the stream it feeds sees it. */
export interface Publication {
  readonly sourceType: 'Rtmp' | 'WebRTC'
  readonly session: Session
  /** The URL it was admitted under: its own, or the `new_url` it was given. */
  readonly newUrl: string
  readonly source: MediaSource
  readonly hls: HlsWindow
  readonly thumbnail: Buffer
  facts(): MediaFacts
  /** The stream was deleted through the API: the connection is cut. */
  dropped(): void
  /** Makes room for a publisher of the same name, until that one has ended. False when it will not. */
  giveWay(until: Promise<void>): boolean
  /** Keeps the connection and sends nothing. `reconnect`: the encoder notices, and tries again beside it. */
  freeze(options: { reconnect: boolean }): void
  thaw(): void
}

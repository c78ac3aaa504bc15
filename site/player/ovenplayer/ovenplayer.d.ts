/** OvenPlayer 0.10.54 has no types of its own: what the player uses of its engine. */
declare module 'ovenplayer/src/js/ovenplayer.sdk.js' {
  export interface OvenPlayerSource {
    /** There is no type for LL-HLS: it is `hls`. */
    type: 'webrtc' | 'hls'
    file: string
  }

  export interface OvenPlayerOptions {
    sources: OvenPlayerSource[]
    autoStart: boolean
    mute: boolean
    /** Whether the next source is tried after an error. */
    autoFallback: boolean
    /** Laid over the player's own settings for hls.js. */
    hlsConfig?: Record<string, unknown>
  }

  export interface OvenPlayerError {
    /** 5xx WebRTC, 3xx HLS and files, 1xx set-up. */
    code: number
    message: string
    error?: unknown
  }

  interface OvenPlayerEvents {
    /** The engine is set up: its media element exists. */
    ready: undefined
    error: OvenPlayerError
    peerConnectionPrepared: RTCPeerConnection
    /** The instance of hls.js, before it begins. */
    hlsPrepared: {
      readonly levels: readonly { videoCodec?: string }[]
      readonly currentLevel: number
      readonly latency: number
    }
  }

  /** The part of the engine that knows one way of playing. */
  export interface OvenPlayerProvider {
    /** Called on every error of a WebRTC session: blanks the picture. */
    removeStream?: () => void
  }

  export interface OvenPlayerInstance {
    on<E extends keyof OvenPlayerEvents>(name: E, listener: (data: OvenPlayerEvents[E]) => void): void
    /** Without a name: all listeners. */
    off(name?: keyof OvenPlayerEvents): void
    getMediaElement(): HTMLVideoElement
    getProvider(): OvenPlayerProvider
    /** Ends the session and takes its media element away. */
    remove(): void
  }

  const OvenPlayer: {
    create(container: HTMLElement, options: OvenPlayerOptions): OvenPlayerInstance
  }
  export default OvenPlayer
}

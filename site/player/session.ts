import type { OvenPlayerInstance } from 'ovenplayer/src/js/ovenplayer.sdk.js'
import { failureOf } from './failure.ts'
import { onFirstFrame } from './first-frame.ts'
import { watchMotion } from './motion.ts'
import { loadEngine } from './ovenplayer/engine.ts'
import type { Route } from './route.ts'
import type { Failure } from './state.ts'

export interface SessionEvents {
  /** The origin made an offer. */
  offered(): void
  connected(): void
  /** The first frame is presented. */
  frame(): void
  /** The browser starts no picture without a touch. */
  blocked(): void
  failed(why: Failure): void
  /** While shown: the picture stands still, or moves again. */
  stalled(): void
  moving(): void
}

/** What we read of hls.js. */
export interface HlsSource {
  readonly levels: readonly { videoCodec?: string }[]
  readonly currentLevel: number
  /** Behind the live edge, in seconds. */
  readonly latency: number
}

/** Where a picture comes from, for who measures it: a connection, or files. */
export interface MediaSource {
  readonly peer: RTCPeerConnection | null
  readonly hls: HlsSource | null
}

/** One media session: its place on the page, its picture, its end. */
export interface MediaSession {
  readonly source: MediaSource
  readonly video: HTMLVideoElement | null
  /** From now on its picture is the one that is seen and watched. */
  show(): void
  /** After a touch, when the browser wanted one. */
  start(): void
  close(): void
}

/**
 * Opens a session in `stage`, muted and beneath whatever is there: covered by the picture before it, so that it is
 * painted already when that goes away. After a failure its last picture stays until it is closed.
 */
export function openSession(stage: HTMLElement, url: string, route: Route, on: SessionEvents): MediaSession {
  const box = document.createElement('div')
  box.className = 'session'
  stage.prepend(box)

  let player: OvenPlayerInstance | null = null
  let video: HTMLVideoElement | null = null
  const source: { -readonly [K in keyof MediaSource]: MediaSource[K] } = { peer: null, hls: null }
  let hangUp = () => {}
  let connected = false
  let shown = false
  let ended = false
  const undo: (() => void)[] = []

  const fail = (why: Failure) => {
    if (ended) return
    ended = true
    for (const stop of undo.splice(0)) stop()
    on.failed(why)
  }
  const connect = () => {
    if (ended || connected) return
    connected = true
    on.connected()
  }

  const begin = (video: HTMLVideoElement) => {
    undo.push(
      onFirstFrame(video, () => {
        connect()
        on.frame()
      }),
    )
    // A live picture is never paused by the viewer: whoever paused it (the system, a headset button) is overruled.
    const resume = () => {
      if (ended || video.ended) return
      video.play().catch((fault: DOMException) => fault.name === 'NotAllowedError' && on.blocked())
    }
    video.addEventListener('pause', resume)
    video.addEventListener('loadedmetadata', resume, { once: true })
    undo.push(() => video.removeEventListener('pause', resume))
  }

  loadEngine(route).then(
    ({ OvenPlayer, hlsConfig }) => {
      if (ended) return
      player = OvenPlayer.create(box, {
        sources: [{ type: route === 'llhls' ? 'hls' : 'webrtc', file: url }],
        autoStart: true,
        mute: true,
        autoFallback: false,
        hlsConfig,
      })
      player.on('error', ({ code }) => fail(failureOf(code, connected)))
      player.on('peerConnectionPrepared', connection => {
        source.peer = connection
        hangUp = keepOpen(connection)
        hurry(connection)
        on.offered()
        connection.addEventListener('connectionstatechange', () => {
          if (connection.connectionState === 'connected') connect()
          if (connection.connectionState === 'failed') fail(connected ? 'media' : 'not-connected')
        })
      })
      player.on('hlsPrepared', hls => {
        source.hls = hls
      })
      player.on('ready', () => {
        if (ended || !player) return
        // OvenPlayer blanks the picture on an error; a held picture must stay.
        player.getProvider().removeStream = () => {}
        video = player.getMediaElement()
        begin(video)
      })
    },
    // The code itself could not be loaded: the same as an origin that is not there.
    () => fail('signalling'),
  )

  return {
    source,
    get video() {
      return video
    },
    show() {
      if (shown || !video) return
      shown = true
      const stop = watchMotion(video, () => source.peer, on)
      if (ended) stop()
      else undo.push(stop)
    },
    start() {
      video?.play().catch(() => {})
    },
    close() {
      ended = true
      for (const stop of undo.splice(0)) stop()
      player?.off()
      player?.remove()
      hangUp()
      box.remove()
    },
  }
}

/**
 * Closing a connection ends its tracks, and a video whose tracks have ended is black. OvenPlayer closes on every error;
 * the last picture must stay. So only the returned function really closes it.
 */
function keepOpen(connection: RTCPeerConnection): () => void {
  const close = connection.close.bind(connection)
  connection.close = () => {}
  return close
}

/**
 * No waiting for smoothness: a colourist's frame is shown when it is there. (`playoutDelayHint`, the older name, is
 * ignored by OvenPlayer when it is 0.)
 */
function hurry(connection: RTCPeerConnection): void {
  connection.addEventListener('track', ({ receiver }) => {
    if (receiver.track.kind === 'video' && 'jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0
  })
}

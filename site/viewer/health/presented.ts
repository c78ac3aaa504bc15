import { DISTANCES, sourceRateOf } from './source-rate.ts'

/** RTP counts 90,000 a second for a picture. */
const RTP_CLOCK = 90_000

/** What of `requestVideoFrameCallback` is read; `rtpTimestamp` is of WebRTC alone. */
interface Presented {
  presentedFrames: number
  mediaTime: number
  rtpTimestamp?: number
}

/** Counts the frames of one video that reach the screen. */
export interface FrameCount {
  /** So far; null where the browser does not tell. */
  frames(): number | null
  /** Frames a second that the source makes, by its own clock. */
  sourceRate(): number | null
  stop(): void
}

export function countFrames(video: HTMLVideoElement): FrameCount {
  const counting = 'requestVideoFrameCallback' in video
  const distances: number[] = []
  let last: Presented | null = null
  let handle = 0

  function saw(frame: Presented): void {
    if (last && frame.presentedFrames === last.presentedFrames + 1) {
      distances.push(distanceOf(last, frame))
      if (distances.length > DISTANCES) distances.shift()
    }
    last = frame
    next()
  }
  const next = () => {
    handle = video.requestVideoFrameCallback((_, frame) => saw(frame))
  }
  if (counting) next()

  return {
    frames: () => (counting ? (last?.presentedFrames ?? 0) : null),
    sourceRate: () => sourceRateOf(distances),
    stop() {
      if (counting) video.cancelVideoFrameCallback(handle)
    },
  }
}

/** In seconds. RTP's clock goes round. */
const distanceOf = (before: Presented, after: Presented): number =>
  before.rtpTimestamp !== undefined && after.rtpTimestamp !== undefined
    ? ((after.rtpTimestamp - before.rtpTimestamp) >>> 0) / RTP_CLOCK
    : after.mediaTime - before.mediaTime

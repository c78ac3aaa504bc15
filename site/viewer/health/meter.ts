import type { HealthNumbers } from '../../../worker/live/messages/health.ts'
import type { MediaSource } from '../../player/session.ts'
import { colourOf } from './colour-space.ts'
import { hardwareDecodes } from './decoder.ts'
import { nothing } from './numbers.ts'
import { countFrames, type FrameCount } from './presented.ts'
import { ratesOf } from './rates.ts'
import { readHls } from './read-hls.ts'
import { readPeer, type Stat } from './read-peer.ts'
import { emptySample, type Sample } from './sample.ts'

/** Rates are over so long, in ms: long enough for whole numbers of frames, short enough to see a change. */
const WINDOW = 4_000
/** A frame is looked at for its colour this seldom, in samples. */
const COLOUR_EVERY = 5

/** One look at the picture. */
export interface Look {
  measured: Omit<HealthNumbers, 'delay' | 'gamut' | 'range' | 'depth' | 'scale'>
  recent: { freezes: number; alive: boolean | null }
}

/** Measures the picture on screen, whichever session it comes from, once each time it is asked. */
export interface Meter {
  look(source: MediaSource | null, video: HTMLVideoElement | null): Promise<Look>
  stop(): void
}

type Moment = Sample & { presented: number | null }

export function createMeter(): Meter {
  let of: HTMLVideoElement | null = null
  let counted: FrameCount | null = null
  let moments: Moment[] = []
  let looks = 0
  let colour: string | null = null
  /** Of sessions before this one. */
  const before = { freezes: 0, dropped: 0, decoded: 0 }

  function turnTo(video: HTMLVideoElement | null): void {
    if (video === of) return
    const last = moments.at(-1)
    for (const key of ['freezes', 'dropped', 'decoded'] as const) before[key] += last?.[key] ?? 0
    counted?.stop()
    of = video
    counted = video && countFrames(video)
    moments = []
    looks = 0
    colour = null
  }

  return {
    async look(source, video) {
      turnTo(video)
      if (!source || !video || !counted) return { measured: nothing, recent: { freezes: 0, alive: null } }
      const at = performance.now()
      const presented = counted.frames()
      const sample = source.peer
        ? source.peer.connectionState === 'closed'
          ? emptySample(at)
          : readPeer(statsOf(await source.peer.getStats()), at)
        : readHls(source.hls, video, at)
      if (looks++ % COLOUR_EVERY === 0) colour = colourNow(video) ?? colour
      const now: Moment = { ...sample, presented }
      moments = [...moments.filter(moment => moment.at >= at - WINDOW - 500), now]
      const first = moments[0]!
      const rates = ratesOf(first, now)
      const seconds = (now.at - first.at) / 1000
      const total = (key: 'freezes' | 'dropped' | 'decoded') =>
        now[key] === null ? null : before[key] + now[key]
      const sourceFps = counted.sourceRate()
      return {
        measured: {
          way: now.way,
          codec: now.codec,
          decoder: now.decoder,
          hardware: now.hardware ?? hardwareDecodes(now.codec, video, rates.bitrate, sourceFps),
          width: video.videoWidth || now.width,
          height: video.videoHeight || now.height,
          shown: shownOf(video),
          colour,
          fps:
            presented === null || first.presented === null || seconds < 1
              ? null
              : (presented - first.presented) / seconds,
          receivedFps: seconds < 1 ? null : rates.receivedFps,
          sourceFps,
          bitrate: rates.bitrate,
          loss: rates.loss,
          roundTripMs: rates.roundTripMs,
          bufferMs: rates.bufferMs,
          decodeMs: rates.decodeMs,
          freezes: total('freezes'),
          dropped: total('dropped'),
          decoded: total('decoded'),
        },
        recent: { freezes: rates.freezes, alive: rates.alive },
      }
    },
    stop: () => counted?.stop(),
  }
}

function statsOf(report: RTCStatsReport): Stat[] {
  const stats: Stat[] = []
  report.forEach((stat: Stat) => void stats.push(stat))
  return stats
}

/** The size on the display's pixels against the stream's own, in per cent. */
function shownOf(video: HTMLVideoElement): number | null {
  const { width } = video.getBoundingClientRect()
  return video.videoWidth && width
    ? Math.round(((width * devicePixelRatio) / video.videoWidth) * 1000) / 10
    : null
}

/** The colour of the frame on screen; null where the browser makes no frame of it. */
function colourNow(video: HTMLVideoElement): string | null {
  if (!('VideoFrame' in globalThis) || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
  try {
    const frame = new VideoFrame(video)
    const said = colourOf(frame.colorSpace.toJSON())
    frame.close()
    return said
  } catch {
    return null
  }
}

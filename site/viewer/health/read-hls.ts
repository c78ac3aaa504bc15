import type { HlsSource } from '../../player/session.ts'
import { codecOfTag } from './codec.ts'
import { emptySample, type Sample } from './sample.ts'

/** What hls.js and the video element say of a picture that comes as files. */
export function readHls(hls: HlsSource | null, video: HTMLVideoElement, at: number): Sample {
  const quality = video.getVideoPlaybackQuality()
  const level = hls?.levels[hls.currentLevel]
  return {
    ...emptySample(at),
    way: 'llhls',
    codec: level?.videoCodec ? codecOfTag(level.videoCodec) : null,
    width: video.videoWidth || null,
    height: video.videoHeight || null,
    received: quality.totalVideoFrames,
    decoded: quality.totalVideoFrames - quality.droppedVideoFrames,
    dropped: quality.droppedVideoFrames,
    behindMs: hls && Number.isFinite(hls.latency) && hls.latency > 0 ? hls.latency * 1000 : null,
  }
}

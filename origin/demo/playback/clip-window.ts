import { Nal, nalType } from '../media/annex-b.ts'
import { CLIP, type Clip } from '../media/clip.ts'
import type { ClipSource } from '../media/clip-source.ts'
import { AUDIO_RATE, type MediaKind, VIDEO_RATE } from '../media/media-source.ts'
import { fragment, lengthPrefixed, type Sample } from '../media/mp4-fragment.ts'
import { codecName, initSegment, type Mp4Track } from '../media/mp4-init.ts'
import { type HlsPart, type HlsSegment, type HlsTrack, type HlsWindow, SEGMENTS_KEPT } from './hls-window.ts'

/** Two key frame intervals: every part can be started with. */
const PART_FRAMES = 10
const PART_MS = (PART_FRAMES * 1000) / CLIP.fps
const PARTS = 5
const FRAME_TICKS = VIDEO_RATE / CLIP.fps
const AAC_TICKS = 1024

/** The looped clip as LL-HLS. Nothing is kept: what should be there now follows from the clock. */
export class ClipWindow implements HlsWindow {
  readonly tracks: readonly HlsTrack[]
  readonly #clip: Clip
  readonly #source: ClipSource
  readonly #startedAt = Date.now()

  constructor(clip: Clip, source: ClipSource) {
    this.#clip = clip
    this.#source = source
    const { width, height, fps: framerate } = CLIP
    const { parameters, pictureParameters } = clip
    const video: Mp4Track = { kind: 'video', width, height, parameters, pictureParameters, inBand: false }
    const audio: Mp4Track = { kind: 'audio', codec: 'AAC' }
    const bandwidth = Math.round((clip.bytes * 8 * framerate) / CLIP.frames)
    const described = (track: Mp4Track) => ({ codec: codecName(track), init: initSegment(track), bandwidth })
    this.tracks = [
      { id: 0, kind: 'video', ...described(video), size: { width, height, framerate } },
      { id: 2, kind: 'audio', ...described(audio) },
    ]
  }

  segments(): HlsSegment[] {
    const parts = Math.floor(this.#source.mediaTime() / PART_MS)
    const finished = Math.floor(parts / PARTS)
    const first = Math.max(0, finished - SEGMENTS_KEPT)
    return Array.from({ length: Math.ceil(parts / PARTS) - first }, (_, i) => {
      const number = first + i
      const count = Math.min(PARTS, parts - number * PARTS)
      return {
        number,
        startedAt: this.#startedAt + number * PARTS * PART_MS,
        complete: count === PARTS,
        parts: Array.from({ length: count }, (_, part) => this.#part(number * PARTS + part)),
      }
    })
  }

  #part(number: number): HlsPart {
    return {
      independent: true,
      duration: kind => (kind === 'video' ? PART_MS / 1000 : (audioCount(number) * AAC_TICKS) / AUDIO_RATE),
      bytes: kind => this.#fragment(number, kind),
    }
  }

  #fragment(number: number, kind: MediaKind): Buffer {
    if (kind === 'video') {
      const first = number * PART_FRAMES
      const samples = Array.from({ length: PART_FRAMES }, (_, i) => this.#picture(first + i))
      return fragment(number + 1, first * FRAME_TICKS, samples)
    }
    const first = audioStart(number)
    const samples = Array.from({ length: audioCount(number) }, (_, i) => this.#sound(first + i))
    return fragment(number + 1, first * AAC_TICKS, samples)
  }

  #picture(number: number): Sample {
    const frame = this.#clip.frames[(this.#source.firstFrame + number) % CLIP.frames]!
    const slices = frame.nals.filter(nal => nalType(nal) === Nal.slice || nalType(nal) === Nal.keySlice)
    return { data: lengthPrefixed(slices), duration: FRAME_TICKS, key: frame.key }
  }

  #sound(number: number): Sample {
    const skipped = (this.#source.firstFrame * FRAME_TICKS * AUDIO_RATE) / VIDEO_RATE / AAC_TICKS
    const data = this.#clip.aac[(skipped + number) % CLIP.aacFrames]!
    return { data, duration: AAC_TICKS, key: true }
  }
}

/** The first AAC frame that begins in a part. AAC frames do not fall on part boundaries: parts hold 18 or 19. */
function audioStart(part: number): number {
  return Math.ceil((part * PART_MS * AUDIO_RATE) / 1000 / AAC_TICKS)
}

function audioCount(part: number): number {
  return audioStart(part + 1) - audioStart(part)
}

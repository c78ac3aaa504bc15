import { Nal, nalType } from '../media/annex-b.ts'
import {
  AUDIO_RATE,
  type ClockPair,
  type MediaKind,
  type MediaPacket,
  type MediaSink,
  VIDEO_RATE,
} from '../media/media-source.ts'
import { fragment, lengthPrefixed, type Sample } from '../media/mp4-fragment.ts'
import { codecName, initSegment, type Mp4Track } from '../media/mp4-init.ts'
import { type Picture, PictureAssembler } from '../media/picture-assembler.ts'
import { pictureSize } from '../media/sps.ts'
import {
  type HlsPart,
  type HlsSegment,
  type HlsTrack,
  type HlsWindow,
  MAX_PART_MS,
  SEGMENTS_KEPT,
} from './hls-window.ts'

/** The origin asks the browser for a key frame this often, as OME does. */
export const KEY_FRAME_MS = 2000
/** A segment ends at the first key frame after this long: viewers who join ask for key frames too. */
const SHORTEST_SEGMENT_TICKS = VIDEO_RATE
const PART_TICKS = (MAX_PART_MS / 1000) * VIDEO_RATE
/** Opus packets of browsers last 20 ms. */
const OPUS_TICKS = 960
const GUESSED_BANDWIDTH = 4_000_000

interface Timed extends Sample {
  /** In ticks since the stream began. */
  readonly at: number
}

interface Segment {
  readonly number: number
  readonly startedAt: number
  /** In ticks since the stream began. */
  readonly at: number
  readonly parts: HlsPart[]
  complete: boolean
}

/** A browser's camera as LL-HLS: its pictures and Opus packets, kept for as long as a playlist lists them. */
export class CameraWindow implements HlsWindow, MediaSink {
  readonly #assembler = new PictureAssembler()
  readonly #hasSound: boolean
  readonly #beganAt = performance.now()
  readonly #bases = new Map<MediaKind, { first: number; at: number }>()
  #tracks: HlsTrack[] = []
  #segments: Segment[] = []
  #waiting: { picture: Picture; at: number } | undefined
  #pictures: Timed[] = []
  #sounds: Timed[] = []
  #sequence = 0

  constructor(options: { hasSound: boolean }) {
    this.#hasSound = options.hasSound
  }

  get tracks(): readonly HlsTrack[] {
    return this.#tracks
  }

  segments(): readonly HlsSegment[] {
    return this.#segments
  }

  clock(_pair: ClockPair): void {}

  packet(packet: MediaPacket): void {
    const at = this.#ticks(packet)
    if (packet.kind === 'audio') {
      if (this.#tracks.length === 0) return
      this.#sounds.push({ data: packet.payload, duration: OPUS_TICKS, key: true, at })
      return
    }
    const picture = this.#assembler.add(packet)
    if (!picture) return
    if (picture.key) this.#describe(picture)
    if (this.#tracks.length === 0) return
    // How long a picture lasts is known when the next one comes.
    if (this.#waiting) this.#addPicture(this.#waiting, at)
    this.#waiting = { picture, at }
  }

  #addPicture({ picture, at }: { picture: Picture; at: number }, next: number): void {
    const first = this.#pictures[0]
    if (first && (picture.key || next - first.at > PART_TICKS)) this.#closePart(at)
    const segment = this.#segments.at(-1)
    if (picture.key && segment && at - segment.at >= SHORTEST_SEGMENT_TICKS) this.#closeSegment()
    if (this.#segments.at(-1)?.complete !== false) this.#openSegment(at)
    const data = lengthPrefixed(picture.nals)
    this.#pictures.push({ data, duration: Math.max(1, next - at), key: picture.key, at })
  }

  /** Ends the part before a time: what was heard up to then belongs to it. */
  #closePart(end: number): void {
    const pictures = this.#pictures
    const limit = (end * AUDIO_RATE) / VIDEO_RATE
    const sounds = this.#sounds.filter(sound => sound.at < limit)
    this.#pictures = []
    this.#sounds = this.#sounds.filter(sound => sound.at >= limit)
    this.#sequence += 1
    const sequence = this.#sequence
    const samples = (kind: MediaKind) => (kind === 'video' ? pictures : sounds)
    const rate = (kind: MediaKind) => (kind === 'video' ? VIDEO_RATE : AUDIO_RATE)
    this.#segments.at(-1)?.parts.push({
      independent: pictures[0]?.key === true,
      duration: kind => samples(kind).reduce((sum, sample) => sum + sample.duration, 0) / rate(kind),
      bytes: kind => fragment(sequence, Math.max(0, Math.round(samples(kind)[0]?.at ?? 0)), samples(kind)),
    })
  }

  #openSegment(at: number): void {
    const number = (this.#segments.at(-1)?.number ?? -1) + 1
    this.#segments.push({ number, startedAt: Date.now(), at, parts: [], complete: false })
  }

  #closeSegment(): void {
    const last = this.#segments.at(-1)
    if (last) last.complete = true
    this.#segments = this.#segments.slice(-SEGMENTS_KEPT)
  }

  /** A packet's time since the stream began. Each track's first packet is placed by when it came. */
  #ticks(packet: MediaPacket): number {
    const rate = packet.kind === 'video' ? VIDEO_RATE : AUDIO_RATE
    const at = ((performance.now() - this.#beganAt) * rate) / 1000
    const base = this.#bases.get(packet.kind) ?? { first: packet.timestamp, at: Math.round(at) }
    this.#bases.set(packet.kind, base)
    return base.at + ((packet.timestamp - base.first) >>> 0)
  }

  /** Describes the tracks from the first key frame's parameter sets. */
  #describe(picture: Picture): void {
    const parameters = picture.nals.find(nal => nalType(nal) === Nal.parameters)
    const pictureParameters = picture.nals.find(nal => nalType(nal) === Nal.pictureParameters)
    if (this.#tracks.length > 0 || !parameters || !pictureParameters) return
    const size = pictureSize(parameters)
    if (!size) return
    const video: Mp4Track = { kind: 'video', ...size, parameters, pictureParameters, inBand: true }
    const audio: Mp4Track = { kind: 'audio', codec: 'OPUS' }
    const described = (track: Mp4Track) => ({
      codec: codecName(track),
      init: initSegment(track),
      bandwidth: GUESSED_BANDWIDTH,
    })
    this.#tracks = [{ id: 0, kind: 'video', ...described(video), size: { ...size, framerate: 30 } }]
    if (this.#hasSound) this.#tracks.push({ id: 3, kind: 'audio', ...described(audio) })
  }
}

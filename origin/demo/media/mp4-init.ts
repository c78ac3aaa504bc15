import { AUDIO_RATE, VIDEO_RATE } from './media-source.ts'
import { box, fullBox, u8, u16, u32 } from './mp4-box.ts'

/** A track as its initialization segment describes it. Every file has one track, so its id is always 1. */
export type Mp4Track =
  | {
      readonly kind: 'video'
      readonly width: number
      readonly height: number
      readonly parameters: Buffer
      readonly pictureParameters: Buffer
      /** Parameter sets may also come in the stream, and change there (`avc3` rather than `avc1`). */
      readonly inBand: boolean
    }
  | { readonly kind: 'audio'; readonly codec: 'AAC' | 'OPUS' }

/** Ticks a second of a track's times. */
export function timescale(kind: Mp4Track['kind']): number {
  return kind === 'video' ? VIDEO_RATE : AUDIO_RATE
}

const IDENTITY = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

/** The initialization segment of a track: what it is, and nothing of what is in it (ISO 14496-12, 8.8). */
export function initSegment(track: Mp4Track): Buffer {
  const video = track.kind === 'video'
  const size = track.kind === 'video' ? u32(track.width << 16, track.height << 16) : u32(0, 0)
  const mvhd = fullBox(
    'mvhd',
    0,
    0,
    u32(0, 0, 1000, 0, 0x10000),
    u16(0x100, 0),
    u32(0, 0),
    IDENTITY,
    Buffer.alloc(24),
    u32(2),
  )
  const volume = u16(0, 0, video ? 0 : 0x100, 0)
  const tkhd = fullBox('tkhd', 0, 3, u32(0, 0, 1, 0, 0, 0, 0), volume, IDENTITY, size)
  // 0x55c4 is the language code "und".
  const mdhd = fullBox('mdhd', 0, 0, u32(0, 0, timescale(track.kind), 0), u16(0x55c4, 0))
  const handler = Buffer.from(video ? 'vide' : 'soun', 'latin1')
  const hdlr = fullBox('hdlr', 0, 0, u32(0), handler, u32(0, 0, 0), u8(0))
  const header = video ? fullBox('vmhd', 0, 1, u16(0, 0, 0, 0)) : fullBox('smhd', 0, 0, u16(0, 0))
  const dinf = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)))
  const stsd = fullBox(
    'stsd',
    0,
    0,
    u32(1),
    track.kind === 'video' ? videoEntry(track) : audioEntry(track.codec),
  )
  const empty = [
    fullBox('stts', 0, 0, u32(0)),
    fullBox('stsc', 0, 0, u32(0)),
    fullBox('stsz', 0, 0, u32(0, 0)),
  ]
  const stbl = box('stbl', stsd, ...empty, fullBox('stco', 0, 0, u32(0)))
  const trak = box('trak', tkhd, box('mdia', mdhd, hdlr, box('minf', header, dinf, stbl)))
  const mvex = box('mvex', fullBox('trex', 0, 0, u32(1, 1, 0, 0, 0)))
  const ftyp = box('ftyp', Buffer.from('iso6', 'latin1'), u32(0), Buffer.from('iso6cmfcmp41', 'latin1'))
  return Buffer.concat([ftyp, box('moov', mvhd, trak, mvex)])
}

function videoEntry(track: Mp4Track & { kind: 'video' }): Buffer {
  const { parameters, pictureParameters } = track
  const avcC = box(
    'avcC',
    u8(1, parameters[1] ?? 0, parameters[2] ?? 0, parameters[3] ?? 0, 0xff, 0xe1),
    u16(parameters.length),
    parameters,
    u8(1),
    u16(pictureParameters.length),
    pictureParameters,
  )
  // BT.709 primaries, transfer and matrix, limited range.
  const colr = box('colr', Buffer.from('nclx', 'latin1'), u16(1, 1, 1), u8(0))
  return box(
    track.inBand ? 'avc3' : 'avc1',
    u16(0, 0, 0, 1, 0, 0),
    u32(0, 0, 0),
    u16(track.width, track.height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(0x18, 0xffff),
    avcC,
    colr,
  )
}

function audioEntry(codec: 'AAC' | 'OPUS'): Buffer {
  const common = [u16(0, 0, 0, 1), u32(0, 0), u16(2, 16, 0, 0), u32(AUDIO_RATE * 0x10000)]
  if (codec === 'OPUS') {
    // Version 0, 2 channels, no pre-skip (we join a running stream), 48 kHz, no gain, mapping family 0.
    return box('Opus', ...common, box('dOps', u8(0, 2), u16(0), u32(AUDIO_RATE), u16(0), u8(0)))
  }
  // AudioSpecificConfig 0x1190: AAC-LC, 48 kHz, stereo.
  const decoder = Buffer.concat([
    u8(0x40, 0x15, 0, 0, 0),
    u32(128_000, 128_000),
    descriptor(5, u8(0x11, 0x90)),
  ])
  const stream = Buffer.concat([u16(1), u8(0), descriptor(4, decoder), descriptor(6, u8(2))])
  return box('mp4a', ...common, fullBox('esds', 0, 0, descriptor(3, stream)))
}

/** An MPEG-4 descriptor: tag, length (all of ours are shorter than 128 bytes), contents. */
function descriptor(tag: number, contents: Buffer): Buffer {
  return Buffer.concat([u8(tag, contents.length), contents])
}

/** The track's codec as RFC 6381 writes it in a playlist. */
export function codecName(track: Mp4Track): string {
  if (track.kind === 'audio') return track.codec === 'AAC' ? 'mp4a.40.2' : 'opus'
  return `${track.inBand ? 'avc3' : 'avc1'}.${track.parameters.subarray(1, 4).toString('hex')}`
}

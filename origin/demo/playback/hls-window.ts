import type { MediaKind } from '../media/media-source.ts'

/** What LL-HLS can offer of a stream: the last segments, cut into parts, picture and sound apart. */
export interface HlsWindow {
  /** Empty until there is something to describe. */
  readonly tracks: readonly HlsTrack[]
  /** Oldest first; the last one may be unfinished. */
  segments(): readonly HlsSegment[]
}

export interface HlsTrack {
  /** OME's number for the track in its file names. */
  readonly id: number
  readonly kind: MediaKind
  /** RFC 6381. */
  readonly codec: string
  readonly init: Buffer
  /** Bits a second. */
  readonly bandwidth: number
  /** Of the picture. */
  readonly size?: { readonly width: number; readonly height: number; readonly framerate: number }
}

export interface HlsSegment {
  /** Counts from 0 at the beginning of the stream. */
  readonly number: number
  /** When its first picture was taken: ms since 1970. */
  readonly startedAt: number
  readonly parts: readonly HlsPart[]
  readonly complete: boolean
}

export interface HlsPart {
  /** Begins with a key frame. */
  readonly independent: boolean
  /** In seconds. */
  duration(kind: MediaKind): number
  bytes(kind: MediaKind): Buffer
}

/** The parts of a stream at most, in ms: OME's chunk duration. */
export const MAX_PART_MS = 500
/** How many finished segments stay in a playlist. */
export const SEGMENTS_KEPT = 10

import { formatTimecode } from '../../../timecode/timecode.ts'
import type { Moment } from '../timecode/moment.ts'

/** What is known of the instant of a frame. */
export interface StillMoment {
  /** When it was made, on the server's clock, ms. */
  at: number
  frame: number | null
  rate: string | null
  /** The frame as people read it, `01:02:03:04`; null = the room has no timecode. */
  timecode: string | null
}

/** A moment of the picture, as a still tells it. */
export const stillMoment = ({ at, frame, rate }: Pick<Moment, 'at' | 'frame' | 'rate'>): StillMoment => ({
  at,
  frame,
  rate,
  timecode: frame === null || rate === null ? null : formatTimecode(frame, rate),
})

/** A day and a time in UTC, for a name: `20261121-115959`. */
const clockOf = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

/** What a file may be called everywhere, and no longer than this. */
const plain = (text: string, max: number): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/^[-_.]+|[-_.]+$/g, '')
    .slice(0, max)

/**
 * A still's name, without ending: the room, the timecode with dots (else the time in UTC), the stream. Nothing in it needs
 * escaping anywhere.
 * @param stream what the stream is called; '' = the programme
 */
export function stillName(slug: string, { at, timecode }: StillMoment, stream: string): string {
  const when = timecode === null ? clockOf(at) : timecode.replaceAll(/[:;]/g, '.')
  return `${plain(slug, 64) || 'room'}_${when}_${plain(stream, 32) || 'programme'}`
}

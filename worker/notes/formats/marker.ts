import type { Rate } from '../../../timecode/rate.ts'

/** Colours of notes: the markers of DaVinci Resolve, by their names there in small letters. */
export const markerColors = [
  'blue',
  'cyan',
  'green',
  'yellow',
  'red',
  'pink',
  'purple',
  'fuchsia',
  'rose',
  'lavender',
  'sky',
  'mint',
  'lemon',
  'sand',
  'cocoa',
  'cream',
] as const
export type MarkerColor = (typeof markerColors)[number]

/** A note as the formats need it. */
export interface Marker {
  /** Frames since 00:00:00:00 at `rate`; null: it was written where the picture had no timecode. */
  at: { frame: number; rate: Rate } | null
  text: string
  /** Whose it is. */
  name: string
  color: MarkerColor
  /** How long it lasts, in frames of its rate; 1 or more. */
  durationFrames: number
  /** The oldest first. */
  replies: readonly { name: string; text: string }[]
  resolved: boolean
  /** Ms. */
  createdAt: number
}

/** What the timeline is like that the markers are for. */
export interface Timeline {
  /** What it is called, in the files and in their names. */
  title: string
  rate: Rate
  /** Its first frame, since 00:00:00:00 at `rate`. */
  start: number
  /** Nothing but ASCII in EDL and Avid lists: other letters lose their accents, or become `?`. */
  ascii: boolean
}

export interface ExportFile {
  name: string
  /** The media type, with its charset. */
  type: string
  text: string
}

export const formats = ['edl', 'csv', 'fcpxml', 'avid', 'txt'] as const
export type Format = (typeof formats)[number]

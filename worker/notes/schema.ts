import * as v from 'valibot'
import { rates } from '../../timecode/rate.ts'
import { instant, slug } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { Note } from '../live/messages/notes.ts'
import { formats } from './formats/marker.ts'

/** Everything of a place that changed at `since` or later; without it everything that is there. `room`: the sub-room. */
export const NotesQuery = v.object({
  room: v.optional(slug),
  since: v.optional(instant),
  cursor: page.cursor,
})

/** By the time of the change. `next` leads to what changed after it. */
export const NotePage = v.object({ items: v.array(Note), next: v.nullable(v.string()) })
export type NotePage = v.InferOutput<typeof NotePage>

/**
 * What the timeline is like that an export is for. Without `rate` it is the room's timecode's, else 25; `start` is its
 * first frame. An EDL holds 999 events: `part` says which file, counted from 1, and the answer's `X-Parts` how many there are.
 */
const timeline = {
  format: v.picklist(formats, `must be one of ${formats.join(', ')}`),
  rate: v.optional(v.picklist(rates, `must be one of ${rates.join(', ')}`)),
  start: v.optional(v.pipe(v.string(), v.maxLength(11, 'must be a timecode')), '01:00:00:00'),
  ascii: v.optional(v.picklist(['true', 'false'], 'must be true or false')),
  part: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/, 'must be 1 to 999')), '1'),
}
export const ExportQuery = v.object(timeline)
export type ExportQuery = v.InferOutput<typeof ExportQuery>
export const PlaceExportQuery = v.object({ room: v.optional(slug), ...timeline })

export const RoomNotesQuery = v.object(page)

/** `sub`: the sub-room where it was written; '' = the room itself. */
const RoomNote = v.object({ ...Note.entries, sub: v.string() })

/** Notes and answers, newest first; those that were deleted are not among them. Counts are of notes without answers. */
export const RoomNotes = v.object({
  items: v.array(RoomNote),
  next: v.nullable(v.string()),
  open: v.number(),
  resolved: v.number(),
})
export type RoomNotes = v.InferOutput<typeof RoomNotes>

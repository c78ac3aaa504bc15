import * as v from 'valibot'
import { instant, slug } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { Note } from '../live/messages/notes.ts'

/** Everything of a place that changed at `since` or later; without it everything that is there. `room`: the sub-room. */
export const NotesQuery = v.object({
  room: v.optional(slug),
  since: v.optional(instant),
  cursor: page.cursor,
})

/** By the time of the change. `next` leads to what changed after it. */
export const NotePage = v.object({ items: v.array(Note), next: v.nullable(v.string()) })
export type NotePage = v.InferOutput<typeof NotePage>

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

import type { Rate } from '../../timecode/rate.ts'
import { iso } from '../http/fields.ts'
import type { Drawing } from '../live/messages/drawing-fields.ts'
import type { Note, NoteColor } from '../live/messages/notes.ts'

/** A note as stored. Times in ms. */
export interface NoteRow {
  id: string
  sub: string
  parent: string | null
  personId: string | null
  personName: string
  ref: string
  text: string
  at: number
  delayMs: number | null
  frame: number | null
  rate: Rate | null
  streamId: string | null
  color: NoteColor
  drawing: string | null
  stillId: string | null
  late: number
  resolvedAt: number | null
  resolvedBy: string | null
  createdAt: number
  editedAt: number | null
  deletedAt: number | null
  changedAt: number
}

/** The columns of {@link NoteRow}. */
export const NOTE = `id, sub, parent_id AS parent, person_id AS personId, person_name AS personName, ref, text, at,
    delay_ms AS delayMs, frame, rate, stream_id AS streamId, color, drawing, still_id AS stillId, late,
    resolved_at AS resolvedAt, resolved_by_name AS resolvedBy, created_at AS createdAt, edited_at AS editedAt,
    deleted_at AS deletedAt, changed_at AS changedAt`

/** A room has at most so many notes and answers in all its sub-rooms, those that were deleted among them. */
export const MAX_NOTES = 5_000

/** The next time of a change: rises in a place of the room, whatever the clocks of those who change notes say. */
export const NEXT_CHANGE = `MAX(:now, COALESCE((SELECT MAX(x.changed_at) + 1 FROM notes x
    WHERE x.room_id = :roomId AND x.sub = :sub), 0))`

export const noteOf = (row: NoteRow): Note => ({
  id: row.id,
  parent: row.parent,
  from: { id: row.personId, name: row.personName },
  text: row.text,
  at: iso(row.at)!,
  delayMs: row.delayMs,
  frame: row.frame,
  rate: row.rate,
  streamId: row.streamId,
  color: row.color,
  drawing: row.drawing === null ? null : (JSON.parse(row.drawing) as Drawing),
  stillId: row.stillId,
  late: Boolean(row.late),
  resolved: row.resolvedAt === null ? null : { at: iso(row.resolvedAt)!, by: row.resolvedBy ?? '' },
  createdAt: iso(row.createdAt)!,
  editedAt: iso(row.editedAt),
  changedAt: iso(row.changedAt)!,
  deleted: row.deletedAt !== null,
  ref: row.personId === null ? null : row.ref,
})

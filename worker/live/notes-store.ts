import { first, type InStatement, type InValue, type ResultSet } from '../db.ts'
import type { NoteChange, NoteOutcome } from '../notes/change.ts'
import { MAX_NOTES, NEXT_CHANGE, NOTE, type NoteRow, noteOf } from '../notes/row.ts'
import { MAY, MAY_ANNOTATE, naming } from './acts/conditions.ts'
import type { Place } from './place.ts'
import type { Ask } from './rules/state.ts'

type Asked = Extract<Ask, { kind: 'note' }>
type Of<D extends NoteChange['do']> = Extract<NoteChange, { do: D }>

/** What everybody has who may change notes of the place. */
type Scene = Place & { by: string; name: string; now: number }

const FULL = `(SELECT COUNT(*) FROM notes f WHERE f.room_id = :roomId) >= ${MAX_NOTES}`

/** A note that is there, in the row `notes`. */
const TARGET = 'id = :id AND room_id = :roomId AND sub = :sub AND deleted_at IS NULL'

/** The change itself first, each with conditions of its own; last, why there was none. */
export function changeStatements(place: Place, { by, at, change }: Asked): InStatement[] {
  const scene: Scene = { ...place, by: by.id, name: by.name, now: at }
  return [
    ...statementsOf(change, scene),
    naming(`SELECT ${MAY_ANNOTATE} AS may, ${FULL} AS full`, { ...scene }),
  ]
}

function statementsOf(change: NoteChange, scene: Scene): InStatement[] {
  switch (change.do) {
    case 'add':
      return [add(change, scene)]
    case 'reply':
      return [reply(change, scene)]
    case 'edit':
      return [edit(change, scene)]
    case 'delete':
      return [erase(change, scene), eraseAnswers(change, scene)]
    case 'resolve':
      return [
        naming(
          `UPDATE notes SET resolved_at = CASE WHEN :resolved THEN COALESCE(resolved_at, :now) END,
             resolved_by_name = CASE WHEN :resolved THEN COALESCE(resolved_by_name, :name) END, changed_at = ${NEXT_CHANGE}
           WHERE ${TARGET} AND parent_id IS NULL AND ${MAY_ANNOTATE} RETURNING ${NOTE}`,
          { ...scene, id: change.id, resolved: Number(change.resolved) },
        ),
      ]
  }
}

/** What is there under this name comes back under its own id, and stays as it is. */
const ONCE = `ON CONFLICT (person_id, ref) DO UPDATE SET ref = excluded.ref RETURNING ${NOTE}`

/** A stream or still that the room does not have, or not any more, is left out: the words are worth more. */
function add({ do: _, drawing, ...note }: Of<'add'>, scene: Scene): InStatement {
  return naming(
    `INSERT INTO notes (id, room_id, sub, person_id, person_name, ref, text, at, delay_ms, frame, rate, stream_id, color,
       drawing, still_id, late, created_at, changed_at)
     SELECT :id, r.id, :sub, :by, :name, :ref, :text, :at, :delayMs, :frame, :rate,
       (SELECT s.id FROM streams s WHERE s.id = :streamId AND s.room_id = :roomId AND s.kind <> 'programme'), :color,
       :drawing, (SELECT k.id FROM stills k WHERE k.id = :stillId AND k.room_id = :roomId), :late, :now, ${NEXT_CHANGE}
     FROM rooms r WHERE r.id = :roomId AND ${MAY_ANNOTATE} AND NOT ${FULL} ${ONCE}`,
    { ...scene, ...note, drawing: drawing && JSON.stringify(drawing), late: Number(note.late) },
  )
}

/** It is about the same moment of the same picture. */
function reply({ id, ref, parent, text, late }: Of<'reply'>, scene: Scene): InStatement {
  return naming(
    `INSERT INTO notes (id, room_id, sub, parent_id, person_id, person_name, ref, text, at, delay_ms, frame, rate, stream_id,
       color, late, created_at, changed_at)
     SELECT :id, :roomId, :sub, n.id, :by, :name, :ref, :text, n.at, n.delay_ms, n.frame, n.rate, n.stream_id, n.color,
       :late, :now, ${NEXT_CHANGE}
     FROM notes n WHERE n.id = :parent AND n.room_id = :roomId AND n.sub = :sub AND n.parent_id IS NULL
       AND n.deleted_at IS NULL AND ${MAY_ANNOTATE} AND NOT ${FULL} ${ONCE}`,
    { ...scene, id, ref, parent, text, late: Number(late) },
  )
}

function edit({ id, text, color, drawing }: Of<'edit'>, scene: Scene): InStatement {
  const args: Record<string, InValue> = { ...scene, id }
  const set = ['edited_at = :now', `changed_at = ${NEXT_CHANGE}`]
  if (text !== undefined) set.push('text = :text')
  if (color !== undefined) set.push('color = :color')
  if (drawing !== undefined) set.push('drawing = :drawing')
  return naming(
    `UPDATE notes SET ${set.join(', ')} WHERE ${TARGET} AND person_id = :by AND ${MAY_ANNOTATE} RETURNING ${NOTE}`,
    {
      ...args,
      text: text ?? null,
      color: color ?? null,
      drawing: drawing ? JSON.stringify(drawing) : null,
    },
  )
}

/** The row stays for those who come back, without its words. */
const WORDLESS = "text = '', drawing = NULL, still_id = NULL, deleted_at = :now"

/** Of others' notes only as long as they are an operator. */
const erase = ({ id, anybody }: Of<'delete'>, scene: Scene): InStatement =>
  naming(
    `UPDATE notes SET ${WORDLESS}, changed_at = ${NEXT_CHANGE}
     WHERE ${TARGET} AND (person_id = :by OR :anybody AND ${MAY}) RETURNING ${NOTE}`,
    { ...scene, id, anybody: Number(anybody) },
  )

const eraseAnswers = ({ id }: Of<'delete'>, scene: Scene): InStatement =>
  naming(
    `UPDATE notes SET ${WORDLESS}, changed_at = ${NEXT_CHANGE}
     WHERE parent_id = :id AND room_id = :roomId AND deleted_at IS NULL
       AND EXISTS (SELECT 1 FROM notes d WHERE d.id = :id AND d.room_id = :roomId AND d.deleted_at IS NOT NULL)`,
    { ...scene, id },
  )

export function changeOutcome(change: NoteChange, results: readonly ResultSet[]): NoteOutcome {
  const row = first<NoteRow>(results[0])
  if (row) {
    const isNew = change.do === 'add' || change.do === 'reply'
    return isNew && row.id !== change.id ? { refused: 'already_sent' } : { changed: noteOf(row) }
  }
  const { may, full } = first<{ may: number; full: number }>(results.at(-1))!
  // One's own is taken back without any permission: then it just is not there.
  if (!may && change.do !== 'delete') return { refused: 'forbidden' }
  return { refused: full && (change.do === 'add' || change.do === 'reply') ? 'notes_full' : 'not_found' }
}

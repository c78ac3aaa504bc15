import { blockKey } from '../blocks/bounds.ts'
import { all, type Db, first, type InStatement, type InValue, read, sql, write } from '../db.ts'
import { cut, type PageQuery, pageOf } from '../http/page.ts'
import { naming } from '../live/acts/conditions.ts'
import type { Note } from '../live/messages/notes.ts'
import type { Place } from '../live/place.ts'
import { PERSON_ROWS, VIEW, type ViewRow } from '../people/store.ts'
import type { PersonClaims } from '../people/token.ts'
import { IS_HOST } from '../rooms/door.ts'
import { ENTERS } from '../subrooms/entering.ts'
import type { Exported } from './export.ts'
import { NEXT_CHANGE, NOTE, type NoteRow, noteOf } from './row.ts'

/** Notes that a page of them has. */
export const NOTE_PAGE = 250

/** Inside a sub-room that is locked are those who were in it before, and hosts. */
const INSIDE = `(${IS_HOST} OR b.locked_at IS NULL OR EXISTS
    (SELECT 1 FROM subroom_people k WHERE k.room_id = r.id AND k.sub = b.name AND k.person_id = p.id))`

/** Somebody with their room, if they may enter the place. */
function visitor({ roomId, sub }: Place, { p, l }: PersonClaims, address: string | undefined, now: number) {
  return naming(
    `SELECT ${VIEW}, p.removed_at AS personRemovedAt
     FROM ${PERSON_ROWS} ${sub ? 'JOIN subrooms b ON b.room_id = r.id AND b.name = :sub' : ''}
     WHERE p.id = :personId AND p.room_id = :roomId AND p.link_id = :linkId ${sub ? `AND ${ENTERS} AND ${INSIDE}` : ''}`,
    { personId: p, roomId, linkId: l, sub, blockKey: blockKey(address), now },
  )
}

/**
 * A page of the notes of a place, by the time of their last change, and who asks: one round trip.
 * @param since ms; null = all that are there. Who knew some before is told too which are gone.
 */
export async function readNotes(
  db: Db,
  place: Place,
  person: PersonClaims,
  { since, cursor }: { since: number | null; cursor: string | undefined },
  address: string | undefined,
  now: number,
): Promise<{ row: ViewRow | undefined; items: Note[]; next: string | null }> {
  const [at = since ?? 0, id = ''] = cursor?.split('.') ?? []
  const [viewed, notes] = await read(db, [
    visitor(place, person, address, now),
    sql(
      `SELECT ${NOTE} FROM notes n WHERE n.room_id = :roomId AND n.sub = :sub AND (n.changed_at, n.id) > (:at, :id)
         ${since === null ? 'AND n.deleted_at IS NULL' : ''}
       ORDER BY n.changed_at, n.id LIMIT ${NOTE_PAGE + 1}`,
      { ...place, at: Number(at), id },
    ),
  ])
  const rows = all<NoteRow>(notes!)
  const items = rows.slice(0, NOTE_PAGE)
  const last = items.at(-1)
  const next = rows.length > NOTE_PAGE && last ? `${last.changedAt}.${last.id}` : null
  return { row: first(viewed), items: items.map(noteOf), next }
}

/** All of a room's notes for staff, newest first, and how many are open and resolved; undefined when there is no such room. */
export async function listNotes(
  db: Db,
  roomId: string,
  query: PageQuery,
): Promise<{ rows: NoteRow[]; next: string | null; open: number; resolved: number } | undefined> {
  const { after, args } = pageOf(query, 'n')
  const [counts, notes] = await read(db, [
    sql(
      `SELECT (SELECT COUNT(*) FROM notes o WHERE o.room_id = r.id AND ${STANDS} AND o.resolved_at IS NULL) AS open,
         (SELECT COUNT(*) FROM notes o WHERE o.room_id = r.id AND ${STANDS} AND o.resolved_at IS NOT NULL) AS resolved
       FROM rooms r WHERE r.id = :roomId`,
      { roomId },
    ),
    sql(
      `SELECT ${NOTE} FROM notes n WHERE ${['n.room_id = :roomId', 'n.deleted_at IS NULL', ...after].join(' AND ')}
       ORDER BY n.created_at DESC, n.id DESC LIMIT :limit`,
      { ...args, roomId },
    ),
  ])
  const room = first<{ open: number; resolved: number }>(counts)
  if (!room) return undefined
  const { items, next } = cut(all<NoteRow>(notes!), query.limit)
  return { rows: items, next, ...room }
}

const STANDS = 'o.parent_id IS NULL AND o.deleted_at IS NULL'

const EXPORTED = `SELECT ${NOTE} FROM notes n WHERE n.room_id = :roomId AND n.deleted_at IS NULL`
const EXPORT_ORDER = 'ORDER BY n.created_at, n.id'
const TITLE = `SELECT r.title, (SELECT t.rate FROM room_timecodes t WHERE t.room_id = r.id) AS rate
  FROM rooms r WHERE r.id = :roomId`

type Titled = Pick<Exported, 'title' | 'rate'>

/** All notes of a room and its sub-rooms, for staff; undefined when there is no such room. One round trip. */
export async function exportRoom(db: Db, roomId: string): Promise<Exported | undefined> {
  const [room, notes] = await read(db, [
    sql(TITLE, { roomId }),
    sql(`${EXPORTED} ${EXPORT_ORDER}`, { roomId }),
  ])
  const titled = first<Titled>(room)
  return titled && { ...titled, notes: all<NoteRow>(notes!).map(noteOf) }
}

/** The notes of a place for somebody in it, and who asks: one round trip. */
export async function exportPlace(
  db: Db,
  place: Place,
  person: PersonClaims,
  address: string | undefined,
  now: number,
): Promise<{ row: ViewRow | undefined; exported: Exported }> {
  const [viewed, room, notes] = await read(db, [
    visitor(place, person, address, now),
    sql(TITLE, { roomId: place.roomId }),
    sql(`${EXPORTED} AND n.sub = :sub ${EXPORT_ORDER}`, { ...place }),
  ])
  const { title = '', rate = null } = first<Titled>(room) ?? {}
  return { row: first(viewed), exported: { title, rate, notes: all<NoteRow>(notes!).map(noteOf) } }
}

/** Takes a note with its answers away; whose it was. Undefined: there is none. */
export async function deleteNote(
  db: Db,
  roomId: string,
  id: string,
  now: number,
): Promise<{ name: string } | undefined> {
  const [main] = await write(db, [
    erase('notes.id = :id AND notes.deleted_at IS NULL', { roomId, id, now }),
    erase(
      `notes.parent_id = :id AND notes.deleted_at IS NULL
       AND EXISTS (SELECT 1 FROM notes d WHERE d.id = :id AND d.room_id = :roomId AND d.deleted_at IS NOT NULL)`,
      { roomId, id, now },
    ),
  ])
  return first(main)
}

const erase = (which: string, args: Record<string, InValue>): InStatement =>
  sql(
    `UPDATE notes SET text = '', drawing = NULL, still_id = NULL, deleted_at = :now,
       changed_at = ${NEXT_CHANGE.replace(':sub', 'notes.sub')}
     WHERE notes.room_id = :roomId AND ${which} RETURNING person_name AS name`,
    args,
  )

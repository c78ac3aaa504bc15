import { MIN_LIFETIME } from '../admission/decide.ts'
import { BANNED } from '../blocks/bans.ts'
import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { newId } from '../crypto/id.ts'
import { all, type Db, first, type InStatement, type ResultSet, read, sql, write } from '../db.ts'
import { iso } from '../http/fields.ts'
import { LIMITS } from '../limits/rules.ts'
import { counted, countTry, limitKey } from '../limits/store.ts'
import type { Grant } from '../links/permissions.ts'
import { PERSON_ROWS, VIEW, type ViewRow } from '../people/store.ts'
import type { PersonClaims } from '../people/token.ts'
import { BEFORE_DOOR, GIVEN, holds, IS_HOST } from '../rooms/door.ts'
import { MAX_STILLS, type NewStill, type Still } from './schema.ts'

/** The most of a file in one row, in bytes: well within what a database takes in one statement. */
const PART = 512 * 1024

/** A person who wants something of the stills, and from where. */
export interface Asker {
  person: PersonClaims
  address: string | undefined
  now: number
}

/** The asker, as the room knows them. */
export interface AskerRow extends ViewRow {
  name: string
}

const askerStatement = ({ person: { p, r, l }, address, now }: Asker): InStatement =>
  sql(
    `SELECT ${VIEW}, p.name, p.removed_at AS personRemovedAt FROM ${PERSON_ROWS}
     WHERE p.id = :personId AND p.room_id = :roomId AND p.link_id = :linkId`,
    { personId: p, roomId: r, linkId: l, blockKey: blockKey(address), now },
  )

/** The asker, if they may watch: the rule of `mayWatch` once more, in the statement that changes something. */
const ASKER = `people p JOIN links l ON l.id = p.link_id JOIN rooms r ON r.id = p.room_id
    WHERE p.id = :personId AND p.room_id = :roomId AND NOT ${BLOCKED} AND NOT ${BANNED}
      AND p.removed_at IS NULL AND l.revoked_at IS NULL AND r.ended_at IS NULL
      AND MIN(COALESCE(l.ends_at, 9e15), COALESCE(r.ends_at, 9e15)) - :now >= ${MIN_LIFETIME}
      AND MAX(COALESCE(l.starts_at, 0), COALESCE(r.starts_at, 0)) <= :now AND NOT ${BEFORE_DOOR}`

const askerArgs = ({ person: { p, r }, address, now }: Asker) => ({
  personId: p,
  roomId: r,
  blockKey: blockKey(address),
  now,
})

const ROW = `s.id, s.person_id AS personId, s.person_name AS personName, s.name, s.at, s.frame, s.rate,
    s.stream_id AS streamId, s.width, s.height, s.bytes, s.created_at AS createdAt`

interface StillRow {
  id: string
  personId: string | null
  personName: string
  name: string
  at: number
  frame: number | null
  rate: string | null
  streamId: string | null
  width: number
  height: number
  bytes: number
  createdAt: number
}

const stillOf = ({ personId, personName, at, createdAt, ...row }: StillRow): Still => ({
  ...row,
  by: { id: personId, name: personName },
  at: iso(at)!,
  createdAt: iso(createdAt)!,
})

/** Counts that a person wants to keep one more, and reads whether they may: one round trip, before anything of it is read. */
export async function askToKeep(
  db: Db,
  asker: Asker,
): Promise<(AskerRow & { counted: boolean }) | undefined> {
  const [key, ref] = [limitKey('still', asker.person.p), newId()]
  const { tries, window } = LIMITS.still
  const [, row, count] = await write(db, [
    countTry(key, tries, window, ref, asker.now),
    askerStatement(asker),
    sql(`SELECT ${counted('key', 'ref')} AS counted`, { key, ref }),
  ])
  const found = first<AskerRow>(row)
  return found && { ...found, counted: Boolean(first<{ counted: number }>(count)?.counted) }
}

/** The bytes of a still with what is known of it. */
export interface Kept extends NewStill {
  id: string
  width: number
  height: number
  file: Uint8Array<ArrayBuffer>
}

/** Keeps a still, all of it or nothing: one round trip. False: the room has as many as it may, or they may not any more. */
export async function keepStill(db: Db, asker: Asker, still: Kept): Promise<Still | undefined> {
  const { id, name, at, frame, rate, stream, width, height, file } = still
  const parts = Array.from({ length: Math.ceil(file.length / PART) }, (_, part) =>
    sql(
      `INSERT INTO still_parts (still_id, part, data)
       SELECT s.id, :part, :data FROM stills s WHERE s.id = :id`,
      { id, part, data: file.slice(part * PART, (part + 1) * PART) },
    ),
  )
  const [, ...rest] = await write(db, [
    sql(
      `INSERT INTO stills (id, room_id, person_id, person_name, name, at, frame, rate, stream_id, width, height, bytes, created_at)
       SELECT :id, r.id, p.id, p.name, :name, :at, :frame, :rate, :stream, :width, :height, :bytes, :now FROM ${ASKER}
         AND ${holds('annotate', GIVEN)} AND (SELECT COUNT(*) FROM stills o WHERE o.room_id = r.id) < ${MAX_STILLS}
         AND (:stream IS NULL OR EXISTS (SELECT 1 FROM streams t WHERE t.id = :stream AND t.room_id = r.id))`,
      {
        ...askerArgs(asker),
        ...{ id, name, at, width, height },
        frame: frame ?? null,
        rate: rate ?? null,
        stream: stream ?? null,
        bytes: file.length,
      },
    ),
    ...parts,
    sql(`SELECT ${ROW} FROM stills s WHERE s.id = :id`, { id }),
  ])
  const row = first<StillRow>(rest.at(-1))
  return row && stillOf(row)
}

/** Whose stills are read: those of a person's room, or of any that staff name. */
export type Reader = Asker | { roomId: string }

const roomOf = (reader: Reader): string => ('person' in reader ? reader.person.r : reader.roomId)

/** Who reads, or whether there is such a room. */
const readerStatement = (reader: Reader): InStatement =>
  'person' in reader
    ? askerStatement(reader)
    : sql('SELECT id FROM rooms WHERE id = :roomId', { roomId: reader.roomId })

/** The reader as found, undefined for none, and what they asked for: one round trip. */
export interface Read<T> {
  reader: AskerRow | undefined
  found: T
}

export async function listStills(db: Db, reader: Reader): Promise<Read<Still[]>> {
  const [who, stills] = await read(db, [
    readerStatement(reader),
    sql(
      `SELECT ${ROW} FROM stills s WHERE s.room_id = :roomId
       ORDER BY s.created_at DESC, s.id DESC LIMIT ${MAX_STILLS}`,
      { roomId: roomOf(reader) },
    ),
  ])
  return { reader: first(who), found: all<StillRow>(stills!).map(stillOf) }
}

/** A still's name and file. */
export async function readStill(
  db: Db,
  reader: Reader,
  id: string,
): Promise<Read<{ name: string; file: Blob } | undefined>> {
  const [who, parts] = await read(db, [
    readerStatement(reader),
    sql(
      `SELECT s.name, d.data FROM stills s JOIN still_parts d ON d.still_id = s.id
       WHERE s.id = :id AND s.room_id = :roomId ORDER BY d.part`,
      { id, roomId: roomOf(reader) },
    ),
  ])
  const [part, ...rest] = all<{ name: string; data: ArrayBuffer }>(parts!)
  const found = part && { name: part.name, file: new Blob([part, ...rest].map(({ data }) => data)) }
  return { reader: first(who), found }
}

/** Deletes a still of the asker's own, or as an operator anybody's; staff delete any. Undefined: there was none for them. */
export async function deleteStill(
  db: Db,
  reader: Reader,
  id: string,
): Promise<{ reader: AskerRow | undefined; deleted: { name: string; by: string | null } | undefined }> {
  const isPerson = 'person' in reader
  const args = { id, roomId: roomOf(reader) }
  const [who, result] = (await write(db, [
    readerStatement(reader),
    sql(
      `DELETE FROM stills WHERE id = :id AND room_id = :roomId ${
        isPerson ? `AND EXISTS (SELECT 1 FROM ${ASKER} AND (p.id = stills.person_id OR ${IS_HOST}))` : ''
      } RETURNING name, person_id AS "by"`,
      isPerson ? { ...askerArgs(reader), ...args } : args,
    ),
  ])) as [ResultSet, ResultSet]
  return { reader: first(who), deleted: first(result) }
}

export const mayAnnotate = ({ permissions }: AskerRow): boolean =>
  (JSON.parse(permissions) as Grant[]).includes('annotate')

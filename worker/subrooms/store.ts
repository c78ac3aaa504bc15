import { all, type Db, first, type InValue, read, sql, write } from '../db.ts'
import type { NewSubroom, SubroomChange } from './schema.ts'

/** As stored. Times in ms. */
export interface SubroomRow {
  name: string
  title: string
  lockedAt: number | null
  lockMessage: string
  version: number
  createdAt: number
}

/** A room has at most so many sub-rooms that staff made. */
export const MAX_SUBROOMS = 200

const SUBROOM = `SELECT name, title, locked_at AS lockedAt, lock_message AS lockMessage, version, created_at AS createdAt
  FROM subrooms WHERE room_id = :roomId`

const one = (roomId: string, name: string) => sql(`${SUBROOM} AND name = :name`, { roomId, name })

/** A room's sub-rooms by name, or undefined when there is no such room. */
export async function listSubrooms(db: Db, roomId: string): Promise<SubroomRow[] | undefined> {
  const [room, subrooms] = await read(db, [
    sql('SELECT id FROM rooms WHERE id = :roomId', { roomId }),
    sql(`${SUBROOM} ORDER BY name`, { roomId }),
  ])
  return first(room) ? all<SubroomRow>(subrooms!) : undefined
}

export async function getSubroom(db: Db, roomId: string, name: string): Promise<SubroomRow | undefined> {
  return first(await db.execute(one(roomId, name)))
}

/** The new one, or why there is none. */
export async function createSubroom(
  db: Db,
  roomId: string,
  { name, title = name, lock }: NewSubroom,
  now: number,
): Promise<SubroomRow | 'taken' | 'full' | 'absent'> {
  const [made, room, row] = await write(db, [
    sql(
      `INSERT INTO subrooms (room_id, name, title, locked_at, lock_message, created_at)
       SELECT r.id, :name, :title, :lockedAt, :lockMessage, :now FROM rooms r
       WHERE r.id = :roomId AND (SELECT COUNT(*) FROM subrooms WHERE room_id = :roomId) < ${MAX_SUBROOMS}
       ON CONFLICT DO NOTHING`,
      { roomId, name, title, lockedAt: lock ? now : null, lockMessage: lock?.message ?? '', now },
    ),
    sql('SELECT id FROM rooms WHERE id = :roomId', { roomId }),
    one(roomId, name),
  ])
  const found = first<SubroomRow>(row)
  if (made!.rowsAffected > 0) return found!
  if (!first(room)) return 'absent'
  return found ? 'taken' : 'full'
}

/** One conditional update; `changed` false with a row means that the version did not match. */
export async function changeSubroom(
  db: Db,
  roomId: string,
  name: string,
  { title, lock }: SubroomChange,
  version: number | undefined,
  now: number,
): Promise<{ changed: boolean; row: SubroomRow | undefined }> {
  const args: Record<string, InValue> = { roomId, name, version: version ?? null }
  const set = ['version = version + 1']
  if (title !== undefined) {
    set.push('title = :title')
    args.title = title
  }
  if (lock !== undefined) {
    set.push(lock ? 'locked_at = COALESCE(locked_at, :now)' : 'locked_at = NULL', 'lock_message = :message')
    if (lock) args.now = now
    args.message = lock?.message ?? ''
  }
  const [updated, row] = await write(db, [
    sql(
      `UPDATE subrooms SET ${set.join(', ')}
       WHERE room_id = :roomId AND name = :name AND (:version IS NULL OR version = :version)`,
      args,
    ),
    one(roomId, name),
  ])
  return { changed: updated!.rowsAffected > 0, row: first(row) }
}

/** Deletes a sub-room with its conversation. */
export async function deleteSubroom(
  db: Db,
  roomId: string,
  name: string,
  version: number | undefined,
): Promise<'deleted' | 'changed' | 'absent'> {
  const args = { roomId, name, version: version ?? null }
  const these = `SELECT name FROM subrooms
    WHERE room_id = :roomId AND name = :name AND (:version IS NULL OR version = :version)`
  const [, deleted, left] = await write(db, [
    sql(`DELETE FROM chat WHERE room_id = :roomId AND sub IN (${these})`, args),
    sql(`DELETE FROM subrooms WHERE room_id = :roomId AND name IN (${these})`, args),
    one(roomId, name),
  ])
  if (deleted!.rowsAffected > 0) return 'deleted'
  return first(left) ? 'changed' : 'absent'
}

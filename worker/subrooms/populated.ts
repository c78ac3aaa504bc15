import { all, type Db, type InStatement, type ResultSet, sql } from '../db.ts'
import type { Place } from '../live/place.ts'
import { SEES_SUBROOMS } from './entering.ts'

/** Sub-rooms that are listed for people in the room. */
const MAX_LISTED = 200

/** A sub-room as people in the room see it. */
export interface SubroomSeen {
  name: string
  title: string
  people: number
  locked: boolean
}

/** The statement that lists a room's sub-rooms, those with people first; none for who may not look around. */
export const seenStatement = (roomId: string, by: string): InStatement =>
  sql(
    `SELECT b.name, b.title, b.people, b.locked_at AS lockedAt FROM subrooms b
     WHERE b.room_id = :roomId AND EXISTS (SELECT 1 FROM people p JOIN links l ON l.id = p.link_id
       WHERE p.id = :by AND p.room_id = :roomId AND p.removed_at IS NULL AND l.revoked_at IS NULL AND ${SEES_SUBROOMS})
     ORDER BY b.people = 0, b.name LIMIT ${MAX_LISTED}`,
    { roomId, by },
  )

export const seenOf = (result: ResultSet): SubroomSeen[] =>
  all<Omit<SubroomSeen, 'locked'> & { lockedAt: number | null }>(result).map(({ lockedAt, ...row }) => ({
    ...row,
    locked: lockedAt !== null,
  }))

/** The names of a room's sub-rooms that somebody is in. */
export async function populatedSubrooms(db: Db, roomId: string): Promise<string[]> {
  const found = await db.execute(
    sql('SELECT name FROM subrooms WHERE room_id = :roomId AND people > 0', { roomId }),
  )
  return all<{ name: string }>(found).map(({ name }) => name)
}

/** After a process ended in mid-room: nobody is in any sub-room but these. */
export async function forgetOthers(db: Db, places: readonly Place[]): Promise<void> {
  await db.execute(
    sql(
      `UPDATE subrooms SET people = 0 WHERE people > 0 AND NOT EXISTS (SELECT 1 FROM json_each(:places)
         WHERE value ->> 'roomId' = room_id AND value ->> 'sub' = name)`,
      { places: JSON.stringify(places) },
    ),
  )
}

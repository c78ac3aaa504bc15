import { all, type Db, first, read, sql } from '../db.ts'
import { IS_HOST, PERMISSIONS } from '../rooms/door.ts'
import type { WatermarkMode } from '../watermark/watermark.ts'

/** People listed beside those who are there: those who knocked and are gone, and those who were removed. Of each. */
const LISTED = 200

/** Somebody of a room, as stored. Times in ms. */
export interface ListedRow {
  id: string
  name: string
  linkId: string
  linkLabel: string
  role: string | null
  permissions: string
  joinedAt: number
  removedAt: number | null
  removedReason: string | null
  lockedAt: number | null
  watermark: WatermarkMode | null
}

/**
 * The people of a room whose doing matters now: those named, those who wait before the door, and those who were removed;
 * of the last two the youngest. Undefined: no such room.
 * @param ids who is there, as its live channel says
 */
export async function listPeople(
  db: Db,
  roomId: string,
  ids: readonly string[],
): Promise<ListedRow[] | undefined> {
  const [room, people] = await read(db, [
    sql('SELECT id FROM rooms WHERE id = :roomId', { roomId }),
    sql(
      `SELECT p.id, p.name, l.id AS linkId, l.label AS linkLabel, ${PERMISSIONS} AS permissions,
         CASE WHEN p.permissions IS NULL THEN l.role ELSE p.role END AS role, p.joined_at AS joinedAt,
         p.removed_at AS removedAt, p.removed_reason AS removedReason, r.locked_at AS lockedAt, p.watermark
       FROM (SELECT value AS id FROM json_each(:ids)
         UNION SELECT id FROM (SELECT p.id FROM people p JOIN links l ON l.id = p.link_id
           WHERE p.room_id = :roomId AND p.admitted_at IS NULL AND p.removed_at IS NULL AND NOT ${IS_HOST}
           ORDER BY p.joined_at DESC, p.id LIMIT ${LISTED})
         UNION SELECT id FROM (SELECT p.id FROM people p WHERE p.room_id = :roomId AND p.removed_at IS NOT NULL
           ORDER BY p.removed_at DESC, p.id LIMIT ${LISTED})) picked
       JOIN people p ON p.id = picked.id AND p.room_id = :roomId
       JOIN links l ON l.id = p.link_id JOIN rooms r ON r.id = p.room_id
       ORDER BY p.joined_at, p.id`,
      { roomId, ids: JSON.stringify(ids) },
    ),
  ])
  return first(room) ? all<ListedRow>(people!) : undefined
}

import { type InStatement, type InValue, sql } from '../db.ts'
import { PERMISSIONS } from '../rooms/door.ts'

/** From a link `made` to those `k` that people made who came through it. */
const NEXT = `made CROSS JOIN people m ON m.link_id = made.id AND m.room_id = :roomId
  CROSS JOIN links k ON k.room_id = :roomId AND k.made_by = m.id`

/**
 * Links of the room `:roomId`, and those that were made by who came through these, and so on: somebody who loses a link
 * could make another one through it before.
 * @param first of the links `k`, those that it begins with
 * @param only what all of them must be
 */
export const madeBeyond = (first: string, only: string): string =>
  `WITH RECURSIVE made (id) AS (
     SELECT k.id FROM links k WHERE k.room_id = :roomId AND (${first}) AND ${only}
     UNION SELECT k.id FROM ${NEXT} WHERE ${only})
   SELECT id FROM made`

/** The link `k` gives something that the person `p` of link `l` does not hold in room `r`. */
const STRONGER = `EXISTS (SELECT 1 FROM json_each(k.permissions) g WHERE instr(${PERMISSIONS}, '"' || g.value || '"') = 0)`

/**
 * No link is stronger than who made it: who loses permissions loses the links that give them, and what was made through
 * those, so that nobody comes back as a host through one they made before. Whoever acts and whatever came of it, this
 * may be done.
 * @param whose the condition of people `p` of the room
 */
export const dropStrongerLinks = (
  whose: string,
  args: { roomId: string; now: number } & Record<string, InValue>,
): InStatement =>
  sql(
    `UPDATE links SET revoked_at = :now, version = version + 1, updated_at = :now
     WHERE room_id = :roomId AND revoked_at IS NULL AND id IN (
       WITH RECURSIVE made (id, root) AS (
         SELECT k.id, p.id FROM people p JOIN links l ON l.id = p.link_id JOIN rooms r ON r.id = p.room_id
           CROSS JOIN links k ON k.room_id = :roomId AND k.made_by = p.id
         WHERE p.room_id = :roomId AND ${whose} AND ${STRONGER}
         UNION SELECT k.id, p.id FROM ${NEXT} CROSS JOIN people p ON p.id = made.root JOIN links l ON l.id = p.link_id
           JOIN rooms r ON r.id = p.room_id WHERE ${STRONGER})
       SELECT id FROM made)`,
    args,
  )

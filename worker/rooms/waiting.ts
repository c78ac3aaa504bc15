import { type InStatement, type InValue, sql } from '../db.ts'

/**
 * Lets in who waits before the door of a room and is held by nothing any more: no lock, and no waiting room of the room
 * or of their link. For the batch of the change that may have freed them; where nothing changed it lets in nobody.
 * @param only a further condition, over `args`
 */
export const admitFreed = (
  roomId: string,
  now: number,
  only = 'TRUE',
  args: Record<string, InValue> = {},
): InStatement =>
  sql(
    `UPDATE people SET admitted_at = :now
     WHERE room_id = :roomId AND admitted_at IS NULL AND removed_at IS NULL AND ${only}
       AND EXISTS (SELECT 1 FROM rooms r JOIN links l ON l.id = people.link_id WHERE r.id = :roomId
         AND r.locked_at IS NULL AND NOT r.waiting_room AND NOT l.waiting_room)`,
    { ...args, roomId, now },
  )

import { type InStatement, sql } from '../db.ts'

/**
 * The statement that deletes what was said longer ago than its room shows. It goes from conversation to conversation
 * along their index, because each room has an age of its own, and reads of each only what it deletes.
 */
export const sweepChat = (now: number): InStatement =>
  sql(
    `WITH RECURSIVE places (room_id, sub) AS (
       VALUES ('', '')
       UNION ALL
       SELECT n.room_id, n.sub FROM places p JOIN chat n ON n.rowid = (SELECT c.rowid FROM chat c
         WHERE (c.room_id, c.sub) > (p.room_id, p.sub) ORDER BY c.room_id, c.sub LIMIT 1)
     )
     DELETE FROM chat WHERE rowid IN (SELECT c.rowid FROM places p CROSS JOIN rooms r ON r.id = p.room_id
       CROSS JOIN chat c ON c.room_id = r.id AND c.sub = p.sub AND c.created_at < :now - r.history_ms)`,
    { now },
  )

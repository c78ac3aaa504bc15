import { all, type Db, sql, write } from '../db.ts'
import { dropIfEnded } from './change.ts'

/**
 * A room that ends so long after its last host left, when that time has passed and none is back. A host who left before
 * the room's start, because it was moved, was at another review.
 */
const IS_DUE = `r.host_left_at <= :now - r.end_after_host_ms AND r.host_left_at <= :now AND r.host_since IS NULL
  AND COALESCE(r.starts_at, 0) <= r.host_left_at AND r.end_after_host_ms IS NOT NULL AND r.ended_at IS NULL`

/** The rooms that are due. */
export async function dueAfterHost(db: Db, now: number): Promise<{ id: string; title: string }[]> {
  return all(await db.execute(sql(`SELECT r.id, r.title FROM rooms r WHERE ${IS_DUE}`, { now })))
}

/** Ends a room as "end now" does, if it is still due: a host may just have come back. @returns whether it did */
export async function endAfterHost(db: Db, id: string, now: number): Promise<boolean> {
  const [ended] = await write(db, [
    sql(
      `UPDATE rooms AS r SET ended_at = :now, version = version + 1, updated_at = :now WHERE r.id = :id AND ${IS_DUE}`,
      { id, now },
    ),
    ...dropIfEnded(id, true, now),
  ])
  return ended!.rowsAffected > 0
}

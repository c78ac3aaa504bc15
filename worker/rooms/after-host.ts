import { all, type Db, sql, write } from '../db.ts'
import { endRoom } from './change.ts'

/**
 * A room that ends so long after its last host left, when that time has passed and none is back. A host who left before
 * the room's start, because it was moved, was at another review.
 */
const IS_DUE = `host_left_at <= :now - end_after_host_ms AND host_left_at <= :now AND host_since IS NULL
  AND COALESCE(starts_at, 0) <= host_left_at AND end_after_host_ms IS NOT NULL AND ended_at IS NULL`

/** The rooms that are due. */
export async function dueAfterHost(db: Db, now: number): Promise<{ id: string; title: string }[]> {
  return all(await db.execute(sql(`SELECT id, title FROM rooms WHERE ${IS_DUE}`, { now })))
}

/** Ends a room as "end now" does, if it is still due: a host may just have come back. @returns whether it did */
export async function endAfterHost(db: Db, id: string, now: number): Promise<boolean> {
  const [ended] = await write(db, endRoom(id, IS_DUE, {}, now))
  return ended!.rowsAffected > 0
}

import { all, type Db, sql, write } from '../db.ts'
import { IS_HOST } from '../rooms/door.ts'

/** The first host is in the room. */
export async function hostCame(db: Db, roomId: string, at: number): Promise<void> {
  await db.execute(
    sql('UPDATE rooms SET host_since = COALESCE(host_since, :at), host_left_at = NULL WHERE id = :roomId', {
      roomId,
      at,
    }),
  )
}

/** Of the person of a lease. */
const HOLDS_OP = `EXISTS (SELECT 1 FROM people p JOIN links l ON l.id = p.link_id WHERE p.id = leases.person_id AND ${IS_HOST})`

/**
 * The last host has left these rooms. Where the room says so it is locked, and nobody without `op` has a seat any more.
 * Rooms that nobody knew a host to be in stay as they are.
 */
export async function hostsLeft(db: Db, roomIds: readonly string[], at: number): Promise<void> {
  const ids = JSON.stringify(roomIds)
  const left = 'id IN (SELECT value FROM json_each(:ids)) AND host_since IS NOT NULL'
  await write(db, [
    sql(
      `DELETE FROM leases WHERE room_id IN (SELECT id FROM rooms WHERE ${left} AND autokick = 1) AND NOT ${HOLDS_OP}`,
      { ids },
    ),
    sql(
      `UPDATE rooms SET host_since = NULL, host_left_at = :at,
         locked_at = CASE WHEN autolock = 1 THEN COALESCE(locked_at, :at) ELSE locked_at END WHERE ${left}`,
      { ids, at },
    ),
  ])
}

/** The rooms that a host is believed to be in. */
export async function hostedRooms(db: Db): Promise<string[]> {
  const result = await db.execute('SELECT id FROM rooms WHERE host_since IS NOT NULL')
  return all<{ id: string }>(result).map(row => row.id)
}

import { all, type Db, sql, write } from '../db.ts'
import { IS_HOST } from '../rooms/door.ts'
import type { Place } from './place.ts'

/** The first host is there. */
export async function hostCame(db: Db, { roomId, sub }: Place, at: number): Promise<void> {
  await write(db, [
    sql(
      `INSERT INTO room_hosts (room_id, sub, since) SELECT id, :sub, :at FROM rooms WHERE id = :roomId
       ON CONFLICT DO NOTHING`,
      { roomId, sub, at },
    ),
    sql('UPDATE rooms SET host_since = COALESCE(host_since, :at), host_left_at = NULL WHERE id = :roomId', {
      roomId,
      at,
    }),
  ])
}

/** Of the person of a lease. */
const HOLDS_OP = `EXISTS (SELECT 1 FROM people p JOIN links l ON l.id = p.link_id WHERE p.id = leases.person_id AND ${IS_HOST})`

/**
 * The last host has left these places. A room where none is in any sub-room either is locked, if it says so, and nobody
 * without `op` has a seat any more. Rooms that nobody knew a host to be in stay as they are.
 */
export async function hostsLeft(db: Db, places: readonly Place[], at: number): Promise<void> {
  const ids = JSON.stringify(places.map(({ roomId }) => roomId))
  const left = `id IN (SELECT value FROM json_each(:ids)) AND host_since IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM room_hosts h WHERE h.room_id = rooms.id)`
  await write(db, [
    ...places.map(place =>
      sql('DELETE FROM room_hosts WHERE room_id = :roomId AND sub = :sub', { ...place }),
    ),
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

/** The places that a host is believed to be in. */
export async function hostedPlaces(db: Db): Promise<Place[]> {
  return all(await db.execute('SELECT room_id AS roomId, sub FROM room_hosts'))
}

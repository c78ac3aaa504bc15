import { all, type Db, first, read, sql } from '../db.ts'
import type { Seat } from './schema.ts'

/** A person with a live lease, as stored: times in ms, lists joined by commas. */
export interface SeatRow extends Pick<Seat, 'sessions'> {
  personId: string
  name: string
  linkId: string
  label: string
  since: number
  until: number
  addresses: string
  protocols: string
}

/** Who holds a seat now, longest first; one row a person, however many sessions. Undefined: no such room. */
export async function listSeats(db: Db, roomId: string, now: number): Promise<SeatRow[] | undefined> {
  const [room, seats] = await read(db, [
    sql('SELECT id FROM rooms WHERE id = :roomId', { roomId }),
    sql(
      `SELECT p.id AS personId, p.name, l.id AS linkId, l.label, MIN(e.opened_at) AS since, MAX(e.expires_at) AS until,
         COUNT(*) AS sessions, group_concat(DISTINCT e.address) AS addresses, group_concat(DISTINCT e.protocol) AS protocols
       FROM leases e JOIN people p ON p.id = e.person_id JOIN links l ON l.id = e.link_id
       WHERE e.room_id = :roomId AND e.expires_at > :now GROUP BY p.id ORDER BY since, p.id`,
      { roomId, now },
    ),
  ])
  return first(room) ? all<SeatRow>(seats!) : undefined
}

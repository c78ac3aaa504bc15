import { type InStatement, sql } from '../db.ts'

/** An incident may go on for so long without a seat, in ms, before it counts as left behind. */
const LEFT_AFTER = 10 * 60_000

/**
 * Ends incidents that a process left open when it died: somebody without a live lease watches no more. They end with the
 * person's last lease, as far as it is known. One that goes on after all is written down again by its room.
 */
export const sweepIncidents = (now: number): InStatement =>
  sql(
    `UPDATE health_incidents SET ended_at = MAX(began_at, COALESCE(
       (SELECT MAX(l.expires_at) FROM leases l WHERE l.person_id = health_incidents.person_id), began_at))
     WHERE ended_at IS NULL AND began_at < :before
       AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.person_id = health_incidents.person_id AND l.expires_at > :now)`,
    { now, before: now - LEFT_AFTER },
  )

import { first, type InStatement, type ResultSet, sql } from '../db.ts'
import type { Answer, Ask, Incident } from './rules/state.ts'

/** So many incidents are kept of a room, and of one person in it: further ones are not written down. */
export const MAX_INCIDENTS = 2_000
export const MAX_OF_PERSON = 200

const fewer = (which: string, most: number): string =>
  `(SELECT COUNT(*) FROM (SELECT 1 FROM health_incidents h WHERE ${which} LIMIT ${most})) < ${most}`

/**
 * Writes down an incident as far as it is known, whether or not it is there already: what a failure left out comes with
 * the next writing. Whatever else of that person goes on in the room is from a process that died, and ends here.
 */
export const incidentStatements = (roomId: string, incident: Incident): InStatement[] => [
  sql(
    `UPDATE health_incidents SET ended_at = MAX(began_at, :beganAt)
     WHERE person_id = :personId AND ended_at IS NULL AND room_id = :roomId AND id <> :id`,
    { roomId, id: incident.id, personId: incident.personId, beganAt: incident.beganAt },
  ),
  sql(
    `INSERT INTO health_incidents (id, room_id, person_id, person_name, level, side, cause, began_at, ended_at)
     SELECT :id, r.id, :personId, :personName, :level, :side, :cause, :beganAt, :endedAt FROM rooms r
     WHERE r.id = :roomId AND (EXISTS (SELECT 1 FROM health_incidents WHERE id = :id)
       OR ${fewer('h.room_id = r.id', MAX_INCIDENTS)}
       AND ${fewer('h.room_id = r.id AND h.person_id = :personId', MAX_OF_PERSON)})
     ON CONFLICT (id) DO UPDATE SET level = excluded.level, side = excluded.side, cause = excluded.cause,
       ended_at = excluded.ended_at`,
    { roomId, ...incident },
  ),
]

/** The time stays that of the first time, until it is taken back. */
export const displayStatement = (
  roomId: string,
  { by, checked, at }: Extract<Ask, { kind: 'display' }>,
): InStatement =>
  sql(
    `UPDATE people SET display_checked_at = CASE WHEN :checked THEN COALESCE(display_checked_at, :at) END
     WHERE id = :by AND room_id = :roomId RETURNING display_checked_at AS checkedAt`,
    { roomId, by: by.id, checked: Number(checked), at },
  )

export function displayOf(result: ResultSet): Answer {
  const row = first<{ checkedAt: number | null }>(result)
  return row ? { checked: row.checkedAt !== null } : 'failed'
}

import type { Act } from './acts.ts'
import { MAY, MAY_NOT, naming } from './conditions.ts'
import type { Plan, Scene } from './plan.ts'

const HERE = 'room_id = :roomId AND name = :sub'

/** What acts on doors do in a sub-room, which has its own; undefined for acts that are the room's there too. */
export function ownDoorPlan(act: Act, scene: Scene): Plan | undefined {
  const why = naming(MAY_NOT, { ...scene })
  switch (act.do) {
    case 'lock':
      return {
        main: naming(
          `UPDATE subrooms SET locked_at = COALESCE(locked_at, :now), lock_message = :message, version = version + 1
           WHERE ${HERE} AND ${MAY}`,
          { ...scene, message: act.message },
        ),
        why,
      }
    case 'unlock':
      return {
        main: naming(
          `UPDATE subrooms SET locked_at = NULL, lock_message = '', version = version + 1
           WHERE ${HERE} AND locked_at IS NOT NULL AND ${MAY}`,
          { ...scene },
        ),
        why,
      }
    case 'admit':
      return act.ids === 'all' ? undefined : admit(act.ids, scene)
  }
}

/** From now on they may be in, locked or not. */
function admit(wanted: readonly string[], scene: Scene): Plan {
  const ids = JSON.stringify(wanted)
  return {
    main: naming(
      `INSERT INTO subroom_people (room_id, sub, person_id)
       SELECT g.room_id, :sub, g.id FROM people g WHERE g.id IN (SELECT value FROM json_each(:ids))
         AND g.room_id = :roomId AND g.removed_at IS NULL AND ${MAY}
       ON CONFLICT DO NOTHING
       RETURNING person_id AS id, (SELECT g.name FROM people g WHERE g.id = person_id) AS name`,
      { ...scene, ids },
    ),
    why: naming(`SELECT CASE WHEN NOT ${MAY} THEN 'forbidden' ELSE 'not_here' END AS why`, { ...scene }),
  }
}

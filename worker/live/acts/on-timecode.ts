import { MAY, naming } from './conditions.ts'
import type { Of, Plan, Scene } from './plan.ts'

const why = (scene: Scene) =>
  naming(
    `SELECT CASE WHEN NOT ${MAY} THEN 'forbidden'
       WHEN NOT EXISTS (SELECT 1 FROM rooms g WHERE g.id = :roomId) THEN 'not_here' END AS why`,
    { ...scene },
  )

/** What the picture shows from now on, in the room and all its sub-rooms; the last who says so is right. */
export function setTimecode({ clock }: Of<'timecode'>, scene: Scene): Plan {
  const { rate, frame, at, running, by: name } = clock
  return {
    main: naming(
      `INSERT INTO room_timecodes (room_id, rate, frame, at, running, set_by, set_by_name)
       SELECT g.id, :rate, :frame, :at, :running, :by, :name FROM rooms g WHERE g.id = :roomId AND ${MAY}
       ON CONFLICT (room_id) DO UPDATE SET rate = excluded.rate, frame = excluded.frame, at = excluded.at,
         running = excluded.running, set_by = excluded.set_by, set_by_name = excluded.set_by_name`,
      { ...scene, rate, frame, at, running: Number(running), name },
    ),
    why: why(scene),
  }
}

export const clearTimecode = (scene: Scene): Plan => ({
  main: naming(`DELETE FROM room_timecodes WHERE room_id = :roomId AND ${MAY}`, { ...scene }),
  why: why(scene),
})

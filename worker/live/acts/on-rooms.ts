import { madeBeyond } from '../../links/made.ts'
import { endRoom } from '../../rooms/change.ts'
import { admitFreed } from '../../rooms/waiting.ts'
import { MAY, MAY_NOT, naming, OWN_LINK } from './conditions.ts'
import type { Of, Plan, Scene } from './plan.ts'

/** Locked again, it keeps its time and has the new message. */
export function lock({ message }: Of<'lock'>, scene: Scene): Plan {
  return {
    main: naming(
      `UPDATE rooms SET locked_at = COALESCE(locked_at, :now), lock_message = :message, updated_at = :now
       WHERE id = :roomId AND ${MAY}`,
      { ...scene, message },
    ),
    why: naming(MAY_NOT, { ...scene }),
  }
}

/** Lets in all who wait, unless there is a waiting room: then they go on waiting, for somebody to let them in. */
export function unlock(scene: Scene): Plan {
  return {
    main: naming(
      `UPDATE rooms SET locked_at = NULL, lock_message = '', updated_at = :now
       WHERE id = :roomId AND locked_at IS NOT NULL AND ${MAY}`,
      { ...scene },
    ),
    rest: [admitFreed(scene.roomId, scene.now, MAY, { by: scene.by })],
    why: naming(MAY_NOT, { ...scene }),
  }
}

/** The review is over for everybody. */
export function end({ roomId, by, now }: Scene): Plan {
  const [main, ...rest] = endRoom(roomId, MAY, { roomId, by }, now)
  return { main: main!, rest, why: naming(MAY_NOT, { roomId, by }) }
}

const THEIR_LINK = '(SELECT g.link_id FROM people g WHERE g.id = :of AND g.room_id = :roomId)'

/** Closes the link that somebody came through, for all; never the actor's own, nor one of another room. */
export function closeLink({ of }: Of<'close-link'>, scene: Scene): Plan {
  const args = { ...scene, of }
  return {
    main: naming(
      `UPDATE links SET revoked_at = :now, version = version + 1, updated_at = :now
       WHERE id = ${THEIR_LINK} AND room_id = :roomId AND revoked_at IS NULL AND id <> ${OWN_LINK} AND ${MAY}
       RETURNING id, label AS name`,
      args,
    ),
    // Who came through it could make others before: closed for all is closed.
    rest: [
      naming(
        `UPDATE links SET revoked_at = :now, version = version + 1, updated_at = :now
         WHERE room_id = :roomId AND revoked_at IS NULL AND ${MAY}
           AND EXISTS (SELECT 1 FROM links z WHERE z.id = ${THEIR_LINK} AND z.revoked_at = :now)
           AND id IN (${madeBeyond(`k.id = ${THEIR_LINK}`, `k.id <> ${OWN_LINK}`)})`,
        args,
      ),
    ],
    why: naming(
      `SELECT CASE WHEN NOT ${MAY} THEN 'forbidden' WHEN ${THEIR_LINK} IS NULL THEN 'not_here'
         WHEN ${THEIR_LINK} = ${OWN_LINK} THEN 'own_link'
         WHEN NOT EXISTS (SELECT 1 FROM links k WHERE k.id = ${THEIR_LINK} AND k.room_id = :roomId) THEN 'forbidden'
         END AS why`,
      args,
    ),
  }
}

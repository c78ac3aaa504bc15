import { all, type Db, first, type InStatement, type ResultSet, write } from '../../db.ts'
import type { Somebody } from '../messages/fields.ts'
import type { Place } from '../place.ts'
import type { Act, ActOutcome, Actor, ActRefusal, RemovedRow } from './acts.ts'
import { MAY, naming } from './conditions.ts'
import { answerTheDoor, giveRole, kick, pardon, permit, watermark } from './on-people.ts'
import { closeLink, end, lock, unlock } from './on-rooms.ts'
import { ownDoorPlan } from './on-subrooms.ts'
import { clearTimecode, setTimecode } from './on-timecode.ts'
import type { Plan, Scene } from './plan.ts'

/** Removed people that are listed. */
export const MAX_REMOVED = 200

function planOf(act: Act, scene: Scene): Plan {
  const subroom = scene.sub && ownDoorPlan(act, scene)
  if (subroom) return subroom
  switch (act.do) {
    case 'admit':
    case 'refuse':
      return answerTheDoor(act, scene)
    case 'lock':
      return lock(act, scene)
    case 'unlock':
      return unlock(scene)
    case 'end':
      return end(scene)
    case 'role':
      return giveRole(act, scene)
    case 'permit':
      return permit(act, scene)
    case 'kick':
      return kick(act, scene)
    case 'pardon':
      return pardon(act, scene)
    case 'watermark':
      return watermark(act, scene)
    case 'close-link':
      return closeLink(act, scene)
    case 'timecode':
      return setTimecode(act, scene)
    case 'clear-timecode':
      return clearTimecode(scene)
  }
}

/**
 * The statements of an act, for one batch. All of them look at the actor's permissions themselves and touch nothing but
 * this room, whatever ids they are given.
 */
export function actStatements(place: Place, act: Act, by: Actor, now: number): InStatement[] {
  const { main, rest = [], why } = planOf(act, { ...place, by, now })
  return [main, ...rest, why]
}

/** @param results of {@link actStatements} */
export function outcomeOf(results: readonly ResultSet[]): ActOutcome {
  const main = results[0]!
  const done = all<Somebody>(main)
  if (done.length || main.rowsAffected) return { done }
  const { why } = first<{ why: ActRefusal | null }>(results.at(-1))!
  return why === null ? { done } : { refused: why }
}

/** An act of who is not in the room, in one round trip. Its live channel is to be told: `app.live.changed`. */
export async function carryOut(
  db: Db,
  roomId: string,
  act: Act,
  by: Actor,
  now: number,
): Promise<ActOutcome> {
  return outcomeOf(await write(db, actStatements({ roomId, sub: '' }, act, by, now)))
}

/** The statement that lists who was removed, the youngest first. It lists nobody to who is no operator. */
export const removedStatement = (roomId: string, by: Actor): InStatement =>
  naming(
    `SELECT g.id, g.name, g.removed_at AS at, g.removed_reason AS reason FROM people g
     WHERE g.room_id = :roomId AND g.removed_at IS NOT NULL AND ${MAY}
     ORDER BY g.removed_at DESC, g.id LIMIT ${MAX_REMOVED}`,
    { roomId, by },
  )

export const removedOf = (result: ResultSet): RemovedRow[] => all<RemovedRow>(result)

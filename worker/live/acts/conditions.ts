import { type InStatement, type InValue, sql } from '../../db.ts'
import { BEFORE_DOOR, GIVEN, holds, IS_HOST } from '../../rooms/door.ts'
import { ENTERS } from '../../subrooms/entering.ts'

/**
 * Conditions that the statements of acts share. `:roomId` is the room that is acted in, `:by` who acts: the id of a person
 * of it, or `staff`, which no person's id is.
 */

/** Who acts; not one who was removed or whose link was revoked. */
const ACTOR = `people p JOIN links l ON l.id = p.link_id JOIN rooms r ON r.id = p.room_id
  WHERE p.id = :by AND p.room_id = :roomId AND p.removed_at IS NULL AND l.revoked_at IS NULL`

/** Whether they are an operator at this moment. */
export const MAY = `(:by = 'staff' OR EXISTS (SELECT 1 FROM ${ACTOR} AND ${IS_HOST}))`

/** Whether they are in the room, or its sub-room `:sub`, at this moment and may write notes and draw. */
export const MAY_ANNOTATE = `EXISTS (SELECT 1 FROM ${ACTOR} AND NOT ${BEFORE_DOOR} AND (:sub = '' OR ${ENTERS})
    AND ${holds('annotate', GIVEN)})`

/** Why an act was not done that nothing but a right can stand in the way of. */
export const MAY_NOT = `SELECT CASE WHEN NOT ${MAY} THEN 'forbidden' END AS why`

/** The link that they came through; '' for staff. */
export const OWN_LINK = "COALESCE((SELECT p.link_id FROM people p WHERE p.id = :by), '')"

/** What the person of the row `people` may. */
export const THEIRS =
  'COALESCE(people.permissions, (SELECT t.permissions FROM links t WHERE t.id = people.link_id))'

/**
 * Whether every permission of the JSON array `:given` is in the actor's hands, or in those of the row `people` already.
 * What a presenter may only because the room lets presenters invite is not theirs to give.
 */
export const HOLD_GIVEN = `(:by = 'staff' OR NOT EXISTS (SELECT 1 FROM json_each(:given) g
    WHERE instr(${THEIRS}, '"' || g.value || '"') = 0
      AND NOT EXISTS (SELECT 1 FROM ${ACTOR} AND instr(${GIVEN}, '"' || g.value || '"') > 0)))`

/** A person of this room who was not removed, in the row `people`. */
export const TARGET = 'people.id = :id AND people.room_id = :roomId AND people.removed_at IS NULL'

/** A statement with those of the arguments that it names: a database at a distance refuses others. */
export function naming(text: string, args: Record<string, InValue>): InStatement {
  const named = new Set([...text.matchAll(/:(\w+)/g)].map(match => match[1]!))
  return sql(text, Object.fromEntries(Object.entries(args).filter(([name]) => named.has(name))))
}

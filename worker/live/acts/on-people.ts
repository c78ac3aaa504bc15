import { boundsOf } from '../../blocks/bounds.ts'
import { newId } from '../../crypto/id.ts'
import type { InStatement } from '../../db.ts'
import { dropStrongerLinks, madeBeyond } from '../../links/made.ts'
import { type Grant, grants, roles } from '../../links/permissions.ts'
import { subscriberOf } from '../../net/address.ts'
import { goesWith } from './acts.ts'
import { HOLD_GIVEN, MAY, naming, OWN_LINK, TARGET, THEIRS } from './conditions.ts'
import type { Of, Plan, Scene } from './plan.ts'

const IS_HERE = `EXISTS (SELECT 1 FROM people WHERE ${TARGET})`
const DONE_TO = 'RETURNING id, name'

/** Those of `:ids` who wait, or with NULL everybody who does. */
const WAIT = `room_id = :roomId AND admitted_at IS NULL AND removed_at IS NULL
  AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))`

/**
 * Who signed in, or came by a name, and came through several links is one person to people: all of them go, with their
 * seats. After a removal at this moment.
 */
const removeWholly = (args: Parameters<typeof naming>[1]): InStatement[] => [
  naming(
    `UPDATE people SET removed_at = :now, removed_reason = :reason
     WHERE room_id = :roomId AND removed_at IS NULL AND id <> :by AND ${MAY}
       AND account IN (SELECT g.account FROM people g WHERE g.room_id = :roomId AND g.removed_at = :now)`,
    args,
  ),
  naming(
    `DELETE FROM leases WHERE room_id = :roomId AND ${MAY}
       AND person_id IN (SELECT g.id FROM people g WHERE g.room_id = :roomId AND g.removed_at = :now)`,
    args,
  ),
]

/** Lets in, or removes for good, who waits before the door. */
export function answerTheDoor(act: Of<'admit'> | Of<'refuse'>, scene: Scene): Plan {
  const ids = act.ids === 'all' ? null : JSON.stringify(act.ids)
  const args = { ...scene, ids, reason: act.do === 'refuse' ? act.reason : null }
  const set = act.do === 'admit' ? 'admitted_at = :now' : 'removed_at = :now, removed_reason = :reason'
  return {
    main: naming(`UPDATE people SET ${set} WHERE ${WAIT} AND ${MAY} ${DONE_TO}`, args),
    rest: act.do === 'refuse' ? removeWholly(args) : [],
    why: naming(
      `SELECT CASE WHEN NOT ${MAY} THEN 'forbidden' WHEN :ids IS NOT NULL THEN 'not_here' END AS why`,
      args,
    ),
  }
}

/** Why nobody got other permissions. */
const whyNotGiven = (args: Parameters<typeof naming>[1]): InStatement =>
  naming(
    `SELECT CASE WHEN NOT ${MAY} THEN 'forbidden' WHEN NOT ${IS_HERE} THEN 'not_here' ELSE 'not_held' END AS why`,
    args,
  )

/** All of a preset, and nothing else. A host gives only what they hold. */
export function giveRole({ id, role }: Of<'role'>, scene: Scene): Plan {
  const given = JSON.stringify(roles[role])
  const args = { ...scene, id, role, given }
  return {
    main: naming(
      `UPDATE people SET role = :role, permissions = :given WHERE ${TARGET} AND ${MAY} AND ${HOLD_GIVEN} ${DONE_TO}`,
      args,
    ),
    rest: [dropStrongerLinks('p.id = :id', { id, roomId: scene.roomId, now: scene.now })],
    why: whyNotGiven(args),
  }
}

/** Those of all grants that are in a set, in their usual order, as the set is stored. */
const arrayOf = (isIn: string) =>
  `(SELECT json_group_array(value) FROM (SELECT value FROM json_each(:grants) WHERE ${isIn} ORDER BY key))`

const PRESETS = JSON.stringify(
  Object.entries(roles).map(([name, set]: [string, readonly Grant[]]) => ({
    name,
    set: JSON.stringify(set),
  })),
)

/** One permission more or less. The role is then the preset that fits exactly, or none. */
/** Who was made a host has, without `op`, what their link gives: the role takes all that it brought. */
const WITHOUT_HOST = `CASE WHEN people.role = 'host'
    THEN (SELECT t.permissions FROM links t WHERE t.id = people.link_id) ELSE ${THEIRS} END`

export function permit({ id, permission, held }: Of<'permit'>, scene: Scene): Plan {
  const given = JSON.stringify(held ? [permission] : [])
  const taken = JSON.stringify(held ? [] : goesWith(permission))
  const args = { ...scene, id, given, taken, grants: JSON.stringify(grants), presets: PRESETS }
  const before = permission === 'op' && !held ? WITHOUT_HOST : THEIRS
  const now = arrayOf(
    `(instr((${before}), '"' || value || '"') > 0 OR instr(:given, '"' || value || '"') > 0)
       AND instr(:taken, '"' || value || '"') = 0`,
  )
  return {
    main: naming(
      `UPDATE people SET permissions = ${now},
         role = (SELECT p.value ->> 'name' FROM json_each(:presets) p WHERE p.value ->> 'set' = ${now})
       WHERE ${TARGET} AND ${MAY} AND ${HOLD_GIVEN} ${DONE_TO}`,
      args,
    ),
    rest: [dropStrongerLinks('p.id = :id', { id, roomId: scene.roomId, now: scene.now })],
    why: whyNotGiven(args),
  }
}

/** For what goes with a removal: only if it has just been done. */
const REMOVED_NOW = `EXISTS (SELECT 1 FROM people g WHERE g.id = :id AND g.room_id = :roomId AND g.removed_at = :now) AND ${MAY}`

/** Their link, if it is one of this room. */
const THEIR_LINK = '(SELECT g.link_id FROM people g WHERE g.id = :id AND g.room_id = :roomId)'
const LINK_IS_FOREIGN = `NOT EXISTS (SELECT 1 FROM links k WHERE k.id = ${THEIR_LINK} AND k.room_id = :roomId)`

/** Removes somebody, takes their seat, and with it what was asked for: their link and those they made, their addresses. */
export function kick({ id, reason, link, addresses }: Of<'kick'>, scene: Scene): Plan {
  const args = { ...scene, id, reason, link: Number(link) }
  const mayClose = `(NOT :link OR ${THEIR_LINK} <> ${OWN_LINK} AND NOT ${LINK_IS_FOREIGN})`
  const rest = [
    ...removeWholly(args),
    ...addresses.flatMap(address => ban(address, { ...args, banId: newId() })),
  ]
  if (link)
    rest.push(
      naming(
        `UPDATE links SET revoked_at = :now, version = version + 1, updated_at = :now
         WHERE room_id = :roomId AND revoked_at IS NULL AND ${REMOVED_NOW}
           AND id IN (${madeBeyond(`k.id = ${THEIR_LINK} OR k.made_by = :id`, `k.id <> ${OWN_LINK}`)})`,
        args,
      ),
    )
  return {
    main: naming(
      `UPDATE people SET removed_at = :now, removed_reason = :reason
       WHERE ${TARGET} AND id <> :by AND ${mayClose} AND ${MAY} ${DONE_TO}`,
      args,
    ),
    rest,
    why: naming(
      `SELECT CASE WHEN NOT ${MAY} THEN 'forbidden' WHEN NOT ${IS_HERE} OR :id = :by THEN 'not_here'
         WHEN ${LINK_IS_FOREIGN} THEN 'forbidden' ELSE 'own_link' END AS why`,
      args,
    ),
  }
}

/** Keeps an address out of the room; an IPv6 one with its /64. What is no address is passed over. */
function ban(address: string, args: Parameters<typeof naming>[1]): InStatement[] {
  const network = subscriberOf(address)
  if (!network) return []
  const { low, high, block } = boundsOf(network)
  return [
    naming(
      `INSERT INTO bans (id, room_id, low, high, address, person_id, created_at)
       SELECT :banId, :roomId, :low, :high, :block, :id, :now WHERE ${REMOVED_NOW}`,
      { ...args, low, high, block },
    ),
  ]
}

/** How their picture is marked. */
export function watermark({ id, mode }: Of<'watermark'>, scene: Scene): Plan {
  const args = { ...scene, id, mode }
  return {
    main: naming(`UPDATE people SET watermark = :mode WHERE ${TARGET} AND ${MAY} ${DONE_TO}`, args),
    why: naming(`SELECT CASE WHEN NOT ${MAY} THEN 'forbidden' ELSE 'not_here' END AS why`, args),
  }
}

/** They may come again, from their addresses too; a closed link stays closed. */
export function pardon({ id }: Of<'pardon'>, scene: Scene): Plan {
  const args = { ...scene, id }
  return {
    main: naming(
      `UPDATE people SET removed_at = NULL, removed_reason = NULL
       WHERE id = :id AND room_id = :roomId AND removed_at IS NOT NULL AND ${MAY} ${DONE_TO}`,
      args,
    ),
    rest: [
      naming(
        `UPDATE people SET removed_at = NULL, removed_reason = NULL
         WHERE room_id = :roomId AND removed_at IS NOT NULL AND ${MAY}
           AND account = (SELECT g.account FROM people g WHERE g.id = :id AND g.room_id = :roomId)`,
        args,
      ),
      naming(`DELETE FROM bans WHERE person_id = :id AND room_id = :roomId AND ${MAY}`, args),
    ],
    why: naming(`SELECT CASE WHEN NOT ${MAY} THEN 'forbidden' ELSE 'not_here' END AS why`, args),
  }
}

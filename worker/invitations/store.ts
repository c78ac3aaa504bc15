import { BANNED } from '../blocks/bans.ts'
import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { all, type Db, first, type InStatement, read, sql, write } from '../db.ts'
import { type Grant, type Role, roles } from '../links/permissions.ts'
import { LINK, type LinkRow } from '../links/store.ts'
import { PERSON_ROWS, VIEW } from '../people/store.ts'
import type { PersonClaims } from '../people/token.ts'
import { BEFORE_DOOR, holds, IS_HOST, PERMISSIONS } from '../rooms/door.ts'
import { type Inviter, MADE_AN_HOUR } from './rule.ts'

const HOUR = 3600_000

const OF_PERSON = 'p.id = :personId AND p.room_id = :roomId AND p.link_id = :ownLink'

/** Somebody in the room who may invite, at this moment and not when their page last heard. */
const MAY_INVITE = `${OF_PERSON} AND p.removed_at IS NULL AND l.revoked_at IS NULL AND r.ended_at IS NULL
    AND NOT ${BLOCKED} AND NOT ${BANNED} AND NOT ${BEFORE_DOOR} AND ${holds('token', PERMISSIONS)}
    AND COALESCE(r.ends_at, 9e15) > :now AND COALESCE(l.ends_at, 9e15) > :now
    AND COALESCE(r.starts_at, 0) <= :now AND COALESCE(l.starts_at, 0) <= :now`

const MADE = `(SELECT COUNT(*) FROM links o WHERE o.room_id = r.id AND o.made_by = p.id AND o.created_at > :now - ${HOUR})`

/** Whether all of a JSON array of grants is held by the person. */
const held = (permissions: string) =>
  `NOT EXISTS (SELECT 1 FROM json_each(${permissions}) g WHERE instr(${PERMISSIONS}, '"' || g.value || '"') = 0)`

const REVIEWER = `'${JSON.stringify(roles.reviewer)}'`
const AS_FAR_AS_HELD = `(SELECT json_group_array(g.value) FROM json_each(${REVIEWER}) g
    WHERE instr(${PERMISSIONS}, '"' || g.value || '"') > 0)`

/** Who asks, from where. */
export interface Asking {
  person: PersonClaims
  address: string | undefined
  now: number
}

const argsOf = ({ person: { p, r, l }, address, now }: Asking) => ({
  personId: p,
  roomId: r,
  ownLink: l,
  blockKey: blockKey(address),
  now,
})

const inviter = (asking: Asking): InStatement =>
  sql(
    `SELECT ${VIEW}, p.id AS personId, p.name, p.removed_at AS personRemovedAt, l.opens, ${MADE} AS made
     FROM ${PERSON_ROWS} WHERE ${OF_PERSON}`,
    argsOf(asking),
  )

export interface NewInvitationRow {
  id: string
  label: string
  fixedName: string | null
  role: Role | null
  /** Null: a reviewer's, as far as the maker holds them. */
  permissions: Grant[] | null
  startsAt: number | null
  endsAt: number
  maxUses: number | null
  opens: 'room' | 'subrooms'
}

/**
 * Makes a link if the person may, and no stronger than they are: neither in permissions nor in time nor in what it opens.
 * One round trip; without a row the inviter says why.
 */
export async function makeInvitation(
  db: Db,
  asking: Asking,
  made: NewInvitationRow,
): Promise<{ row: LinkRow | undefined; inviter: Inviter | undefined }> {
  const { permissions, ...rest } = made
  const [, who, row] = await write(db, [
    sql(
      `INSERT INTO links (id, room_id, label, fixed_name, ask_name, role, permissions, starts_at, ends_at, max_uses, opens, made_by,
         made_by_name, waiting_room, watermark, created_at, updated_at)
       SELECT :id, r.id, :label, :fixedName, :fixedName IS NULL,
         CASE WHEN :permissions IS NULL AND ${held(REVIEWER)} THEN 'reviewer' ELSE :role END,
         COALESCE(:permissions, ${AS_FAR_AS_HELD}), :startsAt,
         MIN(:endsAt, COALESCE(l.ends_at, :endsAt)), :maxUses, :opens, p.id, p.name, l.waiting_room, COALESCE(p.watermark, l.watermark), :now, :now
       FROM ${PERSON_ROWS} WHERE ${MAY_INVITE} AND ${held("COALESCE(:permissions, '[]')")}
         AND (:opens = 'room' OR l.opens <> 'room' OR ${IS_HOST})
         AND MIN(:endsAt, COALESCE(l.ends_at, :endsAt)) > MAX(COALESCE(:startsAt, :now), :now) AND ${MADE} < ${MADE_AN_HOUR}`,
      { ...argsOf(asking), ...rest, permissions: permissions && JSON.stringify(permissions) },
    ),
    inviter(asking),
    oneOf(asking, made.id),
  ])
  return { row: first(row), inviter: first(who) }
}

const oneOf = ({ person, now }: Asking, id: string): InStatement =>
  sql(`${LINK} WHERE l.id = :id AND l.room_id = :roomId`, { id, roomId: person.r, now })

/** The links of the room that the person may see, newest first: a host all of them, anybody else their own. */
export async function listInvitations(
  db: Db,
  asking: Asking,
): Promise<{ rows: LinkRow[]; inviter: Inviter | undefined }> {
  const { person, now } = asking
  const [who, links] = await read(db, [
    inviter(asking),
    sql(
      `${LINK} WHERE l.room_id = :roomId AND l.opens <> 'everything' AND l.revoked_at IS NULL
         AND (l.made_by = :personId OR EXISTS (SELECT 1 FROM people p JOIN links l ON l.id = p.link_id
           WHERE p.id = :personId AND p.room_id = :roomId AND ${IS_HOST}))
       ORDER BY l.created_at DESC, l.id DESC LIMIT 200`,
      { roomId: person.r, personId: person.p, now },
    ),
  ])
  return { rows: all(links!), inviter: first(who) }
}

/**
 * Gives a link of the person's own room another end, or ends it (`endsAt` null: revoked). A host may with any that is not
 * stronger than they are, anybody else with those they made; never with the one they came through themselves, and never
 * with one that opens other rooms. One round trip.
 */
export async function changeInvitation(
  db: Db,
  asking: Asking,
  id: string,
  endsAt: number | null,
): Promise<{ changed: boolean; row: LinkRow | undefined; inviter: Inviter | undefined }> {
  const set =
    endsAt === null
      ? 'revoked_at = COALESCE(revoked_at, :now)'
      : 'ends_at = (SELECT MIN(:endsAt, COALESCE(own.ends_at, :endsAt)) FROM links own WHERE own.id = :ownLink)'
  const [updated, who, row] = await write(db, [
    sql(
      `UPDATE links SET ${set}, version = version + 1, updated_at = :now
       WHERE id = :id AND room_id = :roomId AND id <> :ownLink AND opens <> 'everything'
         AND (:endsAt IS NULL OR :endsAt > MAX(COALESCE(starts_at, 0), :now))
         AND EXISTS (SELECT 1 FROM ${PERSON_ROWS} WHERE ${MAY_INVITE} AND (${IS_HOST} OR links.made_by = p.id)
           AND ${held('links.permissions')})`,
      { ...argsOf(asking), id, endsAt },
    ),
    inviter(asking),
    oneOf(asking, id),
  ])
  return { changed: updated!.rowsAffected > 0, row: first(row), inviter: first(who) }
}

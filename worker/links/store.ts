import { all, type Db, first, type InStatement, type InValue, read, sql, write } from '../db.ts'
import { cut, type PageQuery, pageOf } from '../http/page.ts'
import { admitFreed } from '../rooms/waiting.ts'
import type { WatermarkMode } from '../watermark/watermark.ts'
import type { InviteKind } from './invite.ts'
import { dropStrongerLinks } from './made.ts'
import type { Grant, Role } from './permissions.ts'
import type { LinkOpens } from './schema.ts'

/** A link as stored. Times in ms. */
export interface LinkRow {
  id: string
  roomId: string
  slug: string
  label: string
  role: Role | null
  permissions: string
  fixedName: string | null
  askName: number
  pinMac: string | null
  startsAt: number | null
  endsAt: number | null
  maxUses: number | null
  uses: number
  maxDevices: number | null
  revokedAt: number | null
  inviteKind: InviteKind | null
  inviteValue: string | null
  keyVersion: number
  version: number
  createdAt: number
  updatedAt: number
  seats: number
  waitingRoom: number
  opens: LinkOpens
  watermark: WatermarkMode | null
  /** The person of the room who made it; null = staff. */
  madeBy: string | null
  madeByName: string | null
}

export const LINK = `SELECT l.id, l.room_id AS roomId, r.slug, l.label, l.role, l.permissions, l.fixed_name AS fixedName,
    l.ask_name AS askName, l.pin_mac AS pinMac, l.starts_at AS startsAt, l.ends_at AS endsAt, l.max_uses AS maxUses,
    l.uses, l.max_devices AS maxDevices, l.revoked_at AS revokedAt, l.invite_kind AS inviteKind, l.invite_value AS inviteValue,
    l.waiting_room AS waitingRoom, l.opens, l.watermark, l.made_by AS madeBy, l.made_by_name AS madeByName,
    l.key_version AS keyVersion, l.version, l.created_at AS createdAt, l.updated_at AS updatedAt,
    (SELECT COUNT(DISTINCT e.person_id) FROM leases e WHERE e.link_id = l.id AND e.expires_at > :now) AS seats
  FROM links l JOIN rooms r ON r.id = l.room_id`

const one = (roomId: string, id: string, now: number) =>
  sql(`${LINK} WHERE l.id = :id AND l.room_id = :roomId`, { id, roomId, now })

export async function getLink(db: Db, roomId: string, id: string, now: number): Promise<LinkRow | undefined> {
  return first(await db.execute(one(roomId, id, now)))
}

/** A page of a room's links, newest first; undefined when there is no such room. */
export async function listLinks(
  db: Db,
  roomId: string,
  query: PageQuery,
  now: number,
): Promise<{ items: LinkRow[]; next: string | null } | undefined> {
  const { after, args } = pageOf(query, 'l')
  const where = ['l.room_id = :roomId', ...after].join(' AND ')
  const [room, links] = await read(db, [
    sql('SELECT id FROM rooms WHERE id = :roomId', { roomId }),
    sql(`${LINK} WHERE ${where} ORDER BY l.created_at DESC, l.id DESC LIMIT :limit`, {
      ...args,
      roomId,
      now,
    }),
  ])
  return first(room) ? cut(all<LinkRow>(links!), query.limit) : undefined
}

/** The columns of a link that people decide, by their names in the database. */
export interface LinkFields {
  label: string
  role: Role | null
  permissions: Grant[]
  fixed_name: string | null
  ask_name: boolean
  pin_mac: string | null
  starts_at: number | null
  ends_at: number | null
  max_uses: number | null
  max_devices: number | null
  waiting_room: boolean
  watermark: WatermarkMode | null
  opens: LinkOpens
}

/** Decided once, when it is made: a link that somebody has does not become an invitation of others. */
export interface NewLinkFields extends LinkFields {
  invite_kind: InviteKind | null
  invite_value: string | null
}

const stored = (value: LinkFields[keyof LinkFields]): InValue =>
  Array.isArray(value) ? JSON.stringify(value) : typeof value === 'boolean' ? Number(value) : value

/** The new link, or undefined when there is no such room. */
export async function createLink(
  db: Db,
  roomId: string,
  id: string,
  fields: NewLinkFields,
  now: number,
): Promise<LinkRow | undefined> {
  const names = Object.keys(fields) as (keyof NewLinkFields)[]
  const args: Record<string, InValue> = { id, roomId, now }
  for (const name of names) args[name] = stored(fields[name])
  const [, row] = await write(db, [
    sql(
      `INSERT INTO links (id, room_id, ${names.join(', ')}, created_at, updated_at)
       SELECT :id, r.id, ${names.map(n => `:${n}`).join(', ')}, :now, :now FROM rooms r WHERE r.id = :roomId`,
      args,
    ),
    one(roomId, id, now),
  ])
  return first(row)
}

/** What an invitation never has. */
const OF_SECRETS: readonly (keyof LinkFields)[] = ['fixed_name', 'ask_name', 'pin_mac']

/**
 * One conditional update; `changed` false with a row means that the version did not match, the window would end before
 * it starts, an invitation would get what only links with a secret have, or the link opens every room and is only
 * changed by who may make such. In the same batch one that takes its waiting room away lets in who waits, and one that
 * gives less takes the links that people made through it and that give more; from other rooms, which it may open no more,
 * who came through it is removed.
 * @param everywhere whether a link that opens every room may be changed too
 * @param revoked true revokes (keeping the first time), false gives back, undefined leaves it.
 */
export async function changeLink(
  db: Db,
  roomId: string,
  id: string,
  change: { fields: Partial<LinkFields>; revoked?: boolean | undefined; everywhere: boolean },
  version: number | undefined,
  now: number,
): Promise<{ changed: boolean; row: LinkRow | undefined }> {
  const args: Record<string, InValue> = { id, roomId, now, version: version ?? null }
  const set = ['version = version + 1', 'updated_at = :now']
  for (const [name, value] of Object.entries(change.fields) as [
    keyof LinkFields,
    LinkFields[keyof LinkFields],
  ][]) {
    set.push(`${name} = :${name}`)
    args[name] = stored(value)
  }
  if (change.revoked === true) set.push('revoked_at = COALESCE(revoked_at, :now)')
  if (change.revoked === false) set.push('revoked_at = NULL')
  const forAny = OF_SECRETS.every(name => !change.fields[name])
  const starts = 'starts_at' in change.fields ? ':starts_at' : 'starts_at'
  const ends = 'ends_at' in change.fields ? ':ends_at' : 'ends_at'
  const results = await write(db, [
    sql(
      `UPDATE links SET ${set.join(', ')} WHERE id = :id AND room_id = :roomId
         AND (:version IS NULL OR version = :version)
         AND (${starts} IS NULL OR ${ends} IS NULL OR ${ends} > ${starts})
         ${forAny ? '' : 'AND invite_kind IS NULL'} ${change.everywhere ? '' : "AND opens <> 'everything'"}`,
      args,
    ),
    ...(change.fields.waiting_room === false ? [admitFreed(roomId, now)] : []),
    ...(change.fields.permissions ? [dropStrongerLinks('p.link_id = :id', { id, roomId, now })] : []),
    ...(change.fields.opens && change.fields.opens !== 'everything' ? leaveOthers(roomId, id, now) : []),
    one(roomId, id, now),
  ])
  return { changed: results[0]!.rowsAffected > 0, row: first(results.at(-1)) }
}

/** Removes who is in other rooms through a link that does not open them. */
const leaveOthers = (roomId: string, id: string, now: number): InStatement[] => {
  const others = `link_id = :id AND room_id <> :roomId
    AND EXISTS (SELECT 1 FROM links k WHERE k.id = :id AND k.room_id = :roomId AND k.opens <> 'everything')`
  return [
    sql(`UPDATE people SET removed_at = :now WHERE removed_at IS NULL AND ${others}`, { id, roomId, now }),
    sql(`DELETE FROM leases WHERE ${others}`, { id, roomId }),
  ]
}

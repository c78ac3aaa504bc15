import { MIN_LIFETIME } from '../admission/decide.ts'
import { MOVED } from '../admission/store.ts'
import { BANNED } from '../blocks/bans.ts'
import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { type Db, first, sql, write } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import { addressKey, counted, countTry, limitKey } from '../limits/store.ts'
import { HOSTLESS, IS_HOST, OPEN_DOOR, PERMISSIONS } from '../rooms/door.ts'
import { STREAMS } from '../streams/now.ts'
import { WATERMARK, type WatermarkMode } from '../watermark/watermark.ts'
import type { Standing } from './may-watch.ts'
import { OPENED } from './opened.ts'
import { type PinState, type PinTry, pinState, releasePin, reservePin } from './pin-tries.ts'

/** What a joining or polling person's page needs of the database, in one row. */
export interface ViewRow extends Standing {
  roomId: string
  slug: string
  title: string
  originId: string
  /** Where the review is instead. */
  redirect: string | null
  maxViewers: number | null
  roomLeaseMs: number | null
  streamId: string
  playableAt: number | null
  reachable: number
  publishing: number
  /** JSON, for `streamsOf`. */
  streams: string
  linkId: string
  keyVersion: number
  waitingRoom: number
  permissions: string
  /** What a host wrote when removing the person. */
  removedReason: string | null
  maxDevices: number | null
  linkLabel: string
  watermark: WatermarkMode
}

/** The link's own conditions, for joining. */
export interface LinkGate {
  fixedName: string | null
  askName: number
  label: string
  pinMac: string | null
  maxUses: number | null
  uses: number
}

/** Of a room `r`, its programme `s`, a link `l` and a person `p`, who need not be there; without the room's streams. */
export const VIEW_OF_MANY = `r.id AS roomId, r.slug, r.title, r.origin_id AS originId, r.starts_at AS roomStartsAt,
    r.ends_at AS roomEndsAt, r.ended_at AS roomEndedAt, r.redirect, r.max_viewers AS maxViewers, r.lease_ms AS roomLeaseMs,
    s.id AS streamId, s.playable_at AS playableAt, s.reachable,
    EXISTS (SELECT 1 FROM publications q WHERE q.stream_id = s.id AND COALESCE(q.expires_at, 9e15) > :now) AS publishing,
    r.waiting_room AS waitingRoom, r.locked_at AS lockedAt, r.lock_message AS lockMessage, ${HOSTLESS} AS hostless,
    l.id AS linkId, l.key_version AS keyVersion, l.max_devices AS maxDevices, l.starts_at AS linkStartsAt,
    l.ends_at AS linkEndsAt, l.revoked_at AS linkRevokedAt, ${BLOCKED} OR ${BANNED} AS blocked,
    p.admitted_at AS admittedAt, p.removed_reason AS removedReason, l.label AS linkLabel, ${WATERMARK} AS watermark,
    ${PERMISSIONS} AS permissions, ${IS_HOST} AS isHost`

/** The same with them. */
export const VIEW = `${VIEW_OF_MANY}, ${STREAMS} AS streams`

/** Links with the room that they are of. */
export const ROWS = `links l JOIN rooms r ON r.id = l.room_id JOIN streams s ON s.room_id = r.id AND s.kind = 'programme'`

/** Links with the room `:slug`, if they open it: their own, or any where they open everything. */
const OPENED_ROWS = `links l JOIN ${OPENED} JOIN streams s ON s.room_id = r.id AND s.kind = 'programme'`

/** People with the room that they are in. */
export const PERSON_ROWS = `people p JOIN links l ON l.id = p.link_id JOIN rooms r ON r.id = p.room_id
    JOIN streams s ON s.room_id = r.id AND s.kind = 'programme'`

export interface Joining {
  personId: string
  linkId: string
  keyVersion: number
  slug: string
  /** The name given, or undefined. */
  name: string | undefined
  /** What a right PIN may be stored as; empty when none was given. */
  pinMacs: string[]
  /** The caller's, as far as it is known. */
  address: string | undefined
}

/**
 * A page that joins again with its own bearer stays the same person: no use is counted, nothing is written. The bearer
 * does not stand in for the secret: a replaced one lets nobody in again.
 */
export async function rejoin(
  db: Db,
  person: { p: string; r: string; l: string },
  { slug, keyVersion }: { slug: string; keyVersion: number },
  address: string | undefined,
  now: number,
): Promise<PersonRow | undefined> {
  const row = await viewOfPerson(db, person, address, now)
  return row?.slug === slug && row.keyVersion === keyVersion ? row : undefined
}

/** What came of a join. */
export interface Joined {
  /** False says that something stood against it; the rule finds out what. */
  joined: boolean
  /** False: this address has had its joins for now, and nothing else was looked at. */
  counted: boolean
  row: (ViewRow & LinkGate) | undefined
  /** Undefined when no PIN was given. */
  pin: PinState | undefined
}

/**
 * Lets a person in through a link (never an invitation, which has no secret) if limits, blocks, link and room allow it,
 * counting the use in the same transaction, and tells what the link wants: one round trip.
 */
export async function joinThroughLink(db: Db, joining: Joining, now: number): Promise<Joined> {
  const { personId, linkId, keyVersion, slug, name, address } = joining
  const own = addressKey(address)
  const attempt: PinTry = {
    linkId,
    keyVersion,
    slug,
    blockKey: blockKey(address),
    pinMacs: JSON.stringify(joining.pinMacs),
    ref: personId,
    joinKey: limitKey('join', own),
    pinKey: limitKey('pin', linkId, own),
    linkKey: limitKey('pin-link', linkId),
    paceKey: limitKey('pin-pace', linkId),
  }
  const { joinKey, pinKey, pinMacs } = attempt
  const given = joining.pinMacs.length > 0
  const before = given ? reservePin(attempt, now) : []
  const after = given ? releasePin(attempt) : []
  const results = await write(db, [
    countTry(joinKey, LIMITS.join.tries, LIMITS.join.window, personId, now),
    ...before,
    sql(
      `INSERT INTO people (id, room_id, link_id, name, joined_at, admitted_at)
       SELECT :personId, r.id, l.id, COALESCE(l.fixed_name, :name, l.label), :now, CASE WHEN ${OPEN_DOOR} THEN :now END
       FROM ${OPENED_ROWS}
       WHERE l.id = :linkId AND l.key_version = :keyVersion AND l.invite_kind IS NULL
         AND ${counted('joinKey', 'personId')} AND NOT ${BLOCKED} AND NOT ${BANNED}
         AND l.revoked_at IS NULL AND r.ended_at IS NULL AND r.redirect IS NULL
         AND MIN(COALESCE(l.ends_at, 9e15), COALESCE(r.ends_at, 9e15)) - :now >= ${MIN_LIFETIME}
         AND (l.max_uses IS NULL OR l.uses < l.max_uses)
         AND (l.fixed_name IS NOT NULL OR NOT l.ask_name OR :name IS NOT NULL)
         AND (l.pin_mac IS NULL OR
           l.pin_mac IN (SELECT value FROM json_each(:pinMacs)) AND ${counted('pinKey', 'personId')})`,
      {
        personId,
        linkId,
        keyVersion,
        slug,
        name: name ?? null,
        pinMacs,
        joinKey,
        pinKey,
        blockKey: attempt.blockKey,
        now,
      },
    ),
    sql(
      `UPDATE links SET uses = uses + 1 WHERE id = :linkId AND EXISTS (SELECT 1 FROM people WHERE id = :personId)`,
      { linkId, personId },
    ),
    sql(
      `SELECT ${VIEW}, NULL AS personRemovedAt, l.fixed_name AS fixedName, l.ask_name AS askName, l.label, l.pin_mac AS pinMac, l.max_uses AS maxUses, l.uses
       FROM ${OPENED_ROWS} LEFT JOIN people p ON p.id = :personId
       WHERE l.id = :linkId AND l.invite_kind IS NULL`,
      { personId, linkId, slug, blockKey: attempt.blockKey, now },
    ),
    ...after,
  ])
  const affected = (at: number) => results[at]!.rowsAffected > 0
  const added = 1 + before.length
  return {
    counted: affected(0),
    joined: affected(added),
    row: first(results[added + 2]),
    pin: given ? pinState(attempt, affected(2), results.at(-1)!, now) : undefined,
  }
}

export interface PersonRow extends ViewRow {
  name: string
  joinedAt: number
}

const OF_PERSON = 'p.id = :personId AND p.room_id = :roomId AND p.link_id = :linkId'

/** What a person's page shows: one indexed read, because pages poll it. */
export async function viewOfPerson(
  db: Db,
  { p, r, l }: { p: string; r: string; l: string },
  address: string | undefined,
  now: number,
): Promise<PersonRow | undefined> {
  const result = await db.execute(
    sql(
      `SELECT ${VIEW}, p.name, p.joined_at AS joinedAt, p.removed_at AS personRemovedAt
       FROM ${PERSON_ROWS} WHERE ${OF_PERSON}`,
      { personId: p, roomId: r, linkId: l, blockKey: blockKey(address), now },
    ),
  )
  return first(result)
}

export interface SeatView extends PersonRow {
  /** Other persons with a live lease, for the true reason when the room is full. */
  roomOthers: number
  linkOthers: number
  /** This person now plays from elsewhere, as far as the caller's address tells. */
  moved: number
  /** The stream that was asked for, if the room has it; else null. */
  plays: string | null
}

/** The same, and whether there is a seat: read when a page asks for a playback address. */
export async function seatView(
  db: Db,
  { p, r, l, g }: { p: string; r: string; l: string; g: number },
  /** Undefined: the programme. */
  stream: string | undefined,
  address: string | undefined,
  now: number,
): Promise<SeatView | undefined> {
  const live = 'FROM leases o WHERE o.expires_at > :now'
  const result = await db.execute(
    sql(
      `SELECT ${VIEW}, p.name, p.joined_at AS joinedAt, p.removed_at AS personRemovedAt,
         (SELECT x.id FROM streams x WHERE x.id = COALESCE(:stream, s.id) AND x.room_id = r.id) AS plays,
         CASE WHEN r.max_viewers IS NULL THEN 0 ELSE
           (SELECT COUNT(DISTINCT o.person_id) ${live} AND o.room_id = r.id AND o.person_id <> p.id) END AS roomOthers,
         CASE WHEN l.max_devices IS NULL THEN 0 ELSE
           (SELECT COUNT(DISTINCT o.person_id) ${live} AND o.link_id = l.id AND o.person_id <> p.id) END AS linkOthers,
         ${MOVED} AS moved
       FROM ${PERSON_ROWS} WHERE ${OF_PERSON}`,
      {
        personId: p,
        roomId: r,
        linkId: l,
        generation: g,
        stream: stream ?? null,
        address: address ?? '',
        blockKey: blockKey(address),
        now,
      },
    ),
  )
  return first(result)
}

import { BANNED } from '../blocks/bans.ts'
import { BLOCKED } from '../blocks/store.ts'
import { type Db, first, type InStatement, sql, write } from '../db.ts'
import { BEFORE_DOOR } from '../rooms/door.ts'
import type { IngestKey } from './credential.ts'
import { MIN_LIFETIME, type PlayFacts, type PublishFacts } from './decide.ts'

/** A playback opening as the database sees it. */
export interface PlayOpening {
  session: string
  personId: string
  roomId: string
  linkId: string
  streamId: string
  originId: string
  slug: string
  protocol: string
  address: string
  /** The address as blocks compare it; null when it cannot be read. */
  blockKey: string | null
  generation: number
  /** The deployment's lease in ms, for rooms that choose none. */
  leaseMs: number
}

// When a lease that begins now would end: the earliest of the lease, the link's end and the room's.
const UNTIL = `MIN(:now + COALESCE(r.lease_ms, :leaseMs), COALESCE(l.ends_at, 9e15), COALESCE(r.ends_at, 9e15))`

// Persons other than this one who hold a seat.
const others = (of: 'room' | 'link') =>
  `(SELECT COUNT(DISTINCT o.person_id) FROM leases o
    WHERE o.${of}_id = ${of[0]}.id AND o.expires_at > :now AND o.person_id <> p.id)`

/**
 * The person's seat has moved to another address: a page that joined later plays there, or the same page's token was
 * used there after this address's own session began. Then the older session is not renewed. An address without a live
 * session of its own is not older: it moves the seat to itself.
 */
export const MOVED = `EXISTS (SELECT 1 FROM leases o WHERE o.person_id = p.id AND o.expires_at > :now AND o.address <> :address
    AND (o.generation > :generation OR o.generation = :generation AND EXISTS (SELECT 1 FROM leases m
      WHERE m.person_id = p.id AND m.expires_at > :now AND m.address = :address AND m.opened_at < o.opened_at)))`

/** At how many other addresses at once a person may have sessions that have not run out: a laptop changes networks. */
const OTHER_ADDRESSES = 2

// A token that is passed around: a seat may move, but not be in more places than a person can be.
const SPREAD = `(SELECT COUNT(DISTINCT o.address) FROM leases o
    WHERE o.person_id = p.id AND o.expires_at > :now AND o.address <> :address) >= ${OTHER_ADDRESSES}`

const ROWS = `people p
  JOIN links l ON l.id = p.link_id
  JOIN rooms r ON r.id = p.room_id
  JOIN streams s ON s.id = :streamId AND s.room_id = r.id`
const THIS_PERSON = 'p.id = :personId AND p.room_id = :roomId AND p.link_id = :linkId'

/** Takes the seat, or does nothing: one statement, so that no two openings can both take the last one. */
export const TAKE_SEAT = `INSERT INTO leases
    (session, person_id, room_id, link_id, protocol, address, generation, opened_at, expires_at)
  SELECT :session, p.id, r.id, l.id, :protocol, :address, :generation, :now, CAST(${UNTIL} AS INTEGER)
  FROM ${ROWS}
  WHERE ${THIS_PERSON}
    AND r.slug = :slug AND r.origin_id = :originId
    AND NOT ${BLOCKED} AND NOT ${BANNED}
    AND p.removed_at IS NULL AND l.revoked_at IS NULL AND r.ended_at IS NULL
    AND COALESCE(r.starts_at, 0) <= :now AND COALESCE(l.starts_at, 0) <= :now
    AND ${UNTIL} - :now >= ${MIN_LIFETIME}
    AND NOT ${BEFORE_DOOR}
    AND NOT ${MOVED} AND NOT ${SPREAD}
    AND (r.max_viewers IS NULL OR ${others('room')} < r.max_viewers)
    AND (l.max_devices IS NULL OR ${others('link')} < l.max_devices)
  ON CONFLICT (session) DO UPDATE SET
    opened_at = CASE WHEN leases.expires_at > :now THEN leases.opened_at ELSE excluded.opened_at END,
    openings = CASE WHEN leases.expires_at > :now THEN leases.openings + 1 ELSE 1 END,
    expires_at = excluded.expires_at, generation = excluded.generation, address = excluded.address`

/** What {@link PlayFacts} needs. The counts are only for the reason of a refusal, so they are made only then. */
export const PLAY_FACTS = `SELECT r.slug, r.origin_id AS originId, s.hidden_name AS hiddenName,
    r.starts_at AS roomStartsAt, r.ends_at AS roomEndsAt, r.ended_at AS roomEndedAt,
    l.starts_at AS linkStartsAt, l.ends_at AS linkEndsAt, l.revoked_at AS linkRevokedAt,
    p.removed_at AS personRemovedAt, p.name AS personName, r.title AS roomTitle,
    COALESCE(r.lease_ms, :leaseMs) AS leaseMs,
    r.max_viewers AS maxViewers, l.max_devices AS maxDevices,
    ${BLOCKED} OR ${BANNED} AS blocked, ${BEFORE_DOOR} AS beforeDoor, ${MOVED} OR ${SPREAD} AS movedAway,
    CASE WHEN t.session IS NULL THEN ${others('room')} ELSE 0 END AS roomOthers,
    CASE WHEN t.session IS NULL THEN ${others('link')} ELSE 0 END AS linkOthers
  FROM ${ROWS}
  LEFT JOIN leases t ON t.session = :session AND t.expires_at > :now
  WHERE ${THIS_PERSON}`

/** {@link PlayFacts}, and what a record of the decision calls person and room. */
export interface PlaySeen extends PlayFacts, Named {}

interface Named {
  personName: string
  roomTitle: string
}

/** Takes a seat if the rules allow it and tells what the rules saw: one batch, one round trip. */
export async function openPlay(db: Db, opening: PlayOpening, now: number): Promise<PlaySeen | undefined> {
  const [taken, facts] = await write(db, [sql(TAKE_SEAT, { ...opening, now }), lookStatement(opening, now)])
  return playFacts(first(facts), taken!.rowsAffected > 0)
}

/** Facts that the database tells as 0 or 1. */
type Flag = 'blocked' | 'beforeDoor' | 'movedAway'

/** The same facts without taking a seat, for thumbnails. */
export async function lookAtPlay(db: Db, opening: PlayOpening, now: number): Promise<PlaySeen | undefined> {
  return playFacts(first(await db.execute(lookStatement(opening, now))), false)
}

/** libSQL over HTTP refuses arguments that a statement does not name, so each gets its own. */
function lookStatement({ slug: _, originId: __, protocol: ___, ...args }: PlayOpening, now: number) {
  return sql(PLAY_FACTS, { ...args, now })
}

function playFacts(
  row: (Omit<PlaySeen, Flag | 'seated'> & Record<Flag, number>) | undefined,
  seated: boolean,
): PlaySeen | undefined {
  return (
    row && {
      ...row,
      blocked: Boolean(row.blocked),
      beforeDoor: Boolean(row.beforeDoor),
      movedAway: Boolean(row.movedAway),
      seated,
    }
  )
}

/**
 * Ends a playback session; a session that is not there is fine. OME asks for each offer on one WebSocket and closes
 * one: then the seat is free when the last has ended or the lease has. LL-HLS has one closing for all of a connection.
 */
export const closePlay = (db: Db, session: string, protocol: string) =>
  write(db, closingOf(session, protocol))

/** The same, and who it was. */
export async function leavePlay(
  db: Db,
  session: string,
  protocol: string,
  personId: string,
): Promise<Named | undefined> {
  const results = await write(db, [
    ...closingOf(session, protocol),
    sql(
      `SELECT p.name AS personName, r.title AS roomTitle FROM people p JOIN rooms r ON r.id = p.room_id WHERE p.id = :personId`,
      { personId },
    ),
  ])
  return first(results.at(-1))
}

const closingOf = (session: string, protocol: string): InStatement[] => [
  sql('UPDATE leases SET openings = openings - 1 WHERE session = :session', { session }),
  sql('DELETE FROM leases WHERE session = :session AND (openings <= 0 OR :whole)', {
    session,
    whole: Number(protocol !== 'webrtc'),
  }),
]

export interface PublishOpening {
  session: string
  key: IngestKey
  originId: string
  protocol: string
  address: string
  port: number
  /** The client's address as blocks compare it; null when it cannot be read. */
  blockKey: string | null
}

/** The stream `s` that a key `:keyId` is of, with its room `r`, and where the version of that key stands. */
const KEYED = {
  room: {
    rows: "rooms r JOIN streams s ON s.room_id = r.id AND s.kind = 'programme'",
    isIt: 'r.id = :keyId',
    version: 'r.ingest_version',
  },
  stream: {
    rows: 'streams s JOIN rooms r ON r.id = s.room_id',
    isIt: "s.id = :keyId AND s.kind <> 'programme'",
    version: 's.ingest_version',
  },
} as const
type Keyed = IngestKey['of']

const recordPublication = (of: Keyed) => `INSERT INTO publications
    (session, stream_id, protocol, address, port, opened_at, expires_at)
  SELECT :session, s.id, :protocol, :address, :port, :now, r.ends_at
  FROM ${KEYED[of].rows}
  WHERE ${KEYED[of].isIt} AND ${KEYED[of].version} = :keyVersion AND r.origin_id = :originId
    AND NOT ${BLOCKED}
    AND r.ended_at IS NULL AND (r.ends_at IS NULL OR r.ends_at - :now >= ${MIN_LIFETIME})
  ON CONFLICT (session) DO UPDATE SET opened_at = excluded.opened_at, expires_at = excluded.expires_at`

// A first publisher is admitted but not yet playable; a second one changes nothing for the first.
const NOT_YET_PLAYABLE = `UPDATE streams SET playable_at = NULL
  WHERE id = (SELECT stream_id FROM publications WHERE session = :session)
    AND NOT EXISTS (SELECT 1 FROM publications o WHERE o.stream_id = streams.id AND o.session <> :session
      AND COALESCE(o.expires_at, 9e15) > :now)`

const publishFacts = (
  of: Keyed,
) => `SELECT r.origin_id AS originId, s.hidden_name AS hiddenName, s.id AS streamId,
    r.id AS roomId, r.title AS roomTitle, s.label AS streamLabel,
    ${KEYED[of].version} AS ingestVersion, r.ends_at AS roomEndsAt, r.ended_at AS roomEndedAt, ${BLOCKED} AS blocked,
    (SELECT COUNT(*) FROM publications o WHERE o.stream_id = s.id AND o.session <> :session
      AND COALESCE(o.expires_at, 9e15) > :now) AS others
  FROM ${KEYED[of].rows} WHERE ${KEYED[of].isIt}`

/** Which stream of which room somebody publishes, for the record. */
export interface Published {
  streamId: string
  /** Empty = the programme. */
  streamLabel: string
  roomId: string
  roomTitle: string
}

/** {@link PublishFacts}, and what the work after the answer needs. */
export interface PublishOpened extends PublishFacts, Published {
  /** Other publishers this stream is believed to have. */
  others: number
}

/** Records a publisher if the rules allow it and tells what they saw: one batch, one round trip. */
export async function openPublish(
  db: Db,
  { key: { of, id: keyId, version: keyVersion }, ...opening }: PublishOpening,
  now: number,
): Promise<PublishOpened | undefined> {
  const { session, blockKey } = opening
  const [recorded, , facts] = await write(db, [
    sql(recordPublication(of), { ...opening, keyId, keyVersion, now }),
    sql(NOT_YET_PLAYABLE, { session, now }),
    sql(publishFacts(of), { session, keyId, blockKey, now }),
  ])
  const row = first<Omit<PublishOpened, 'blocked' | 'recorded'> & { blocked: number }>(facts)
  return row && { ...row, blocked: Boolean(row.blocked), recorded: recorded!.rowsAffected > 0 }
}

/**
 * Ends a publication and names its stream, so that the origin can be asked for the truth. A WHIP client's closing can
 * come from another port than its opening: then the oldest of that address is the one that left.
 */
export async function closePublish(
  db: Db,
  closing: { session: string; key: IngestKey; address: string; anyPort: boolean },
): Promise<Published | undefined> {
  const { session, address, anyPort } = closing
  const { of, id: keyId, version: keyVersion } = closing.key
  const { rows, isIt, version } = KEYED[of]
  const [, stream] = await write(db, [
    sql(
      `DELETE FROM publications WHERE session = COALESCE(
        (SELECT session FROM publications WHERE session = :session),
        (SELECT o.session FROM ${rows} JOIN publications o ON o.stream_id = s.id
          WHERE :anyPort AND ${isIt} AND ${version} = :keyVersion AND o.address = :address AND o.protocol = 'webrtc'
          ORDER BY o.opened_at LIMIT 1))`,
      { session, keyId, keyVersion, address, anyPort: anyPort ? 1 : 0 },
    ),
    sql(
      `SELECT s.id AS streamId, s.label AS streamLabel, r.id AS roomId, r.title AS roomTitle
       FROM ${rows} WHERE ${isIt}`,
      { keyId },
    ),
  ])
  return first(stream)
}

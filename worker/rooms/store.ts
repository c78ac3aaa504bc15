import { newHiddenName, newId } from '../crypto/id.ts'
import { all, type Db, first, type InStatement, type InValue, read, sql, write } from '../db.ts'
import { forgetPublications, orderDrop } from '../streams/outbox.ts'
import type { NewRoom, RoomChange, RoomQuery, Seat } from './schema.ts'

/** A room with what is known of it now. Times in ms. */
export interface RoomRow {
  id: string
  slug: string
  title: string
  description: string
  originId: string
  startsAt: number | null
  endsAt: number | null
  endedAt: number | null
  maxViewers: number | null
  leaseMs: number | null
  ingestVersion: number
  version: number
  createdAt: number
  updatedAt: number
  streamId: string
  playableAt: number | null
  reachable: number
  liveSince: number | null
  liveProtocol: string | null
  seats: number
  links: number
}

const PUBLISHERS = 'FROM publications p WHERE p.stream_id = s.id AND COALESCE(p.expires_at, 9e15) > :now'

const ROOM = `SELECT r.id, r.slug, r.title, r.description, r.origin_id AS originId, r.starts_at AS startsAt,
    r.ends_at AS endsAt, r.ended_at AS endedAt, r.max_viewers AS maxViewers, r.lease_ms AS leaseMs,
    r.ingest_version AS ingestVersion, r.version, r.created_at AS createdAt, r.updated_at AS updatedAt,
    s.id AS streamId, s.playable_at AS playableAt, s.reachable,
    (SELECT MIN(p.opened_at) ${PUBLISHERS}) AS liveSince,
    (SELECT p.protocol ${PUBLISHERS} ORDER BY p.opened_at LIMIT 1) AS liveProtocol,
    (SELECT COUNT(DISTINCT e.person_id) FROM leases e WHERE e.room_id = r.id AND e.expires_at > :now) AS seats,
    (SELECT COUNT(*) FROM links l WHERE l.room_id = r.id AND l.revoked_at IS NULL) AS links
  FROM rooms r JOIN streams s ON s.room_id = r.id AND s.kind = 'programme'`

const byId = (id: string, now: number) => sql(`${ROOM} WHERE r.id = :id`, { id, now })

export async function getRoom(db: Db, id: string, now: number): Promise<RoomRow | undefined> {
  return first(await db.execute(byId(id, now)))
}

const STATE = `CASE
    WHEN r.ended_at IS NOT NULL OR r.ends_at <= :now THEN 'ended'
    WHEN r.starts_at > :now THEN 'scheduled'
    WHEN EXISTS (SELECT 1 ${PUBLISHERS}) THEN 'live' ELSE 'open' END`

/** A page of rooms, newest first, and the cursor of the next. */
export async function listRooms(
  db: Db,
  query: RoomQuery,
  now: number,
): Promise<{ items: RoomRow[]; next: string | null }> {
  const where: string[] = []
  const args: Record<string, InValue> = { now, limit: query.limit + 1 }
  if (query.cursor) {
    const [at, id] = query.cursor.split('.') as [string, string]
    where.push('(r.created_at, r.id) < (:at, :id)')
    Object.assign(args, { at: Number(at), id })
  }
  if (query.q) {
    where.push(`(instr(lower(r.title), lower(:q)) > 0 OR instr(r.slug, lower(:q)) > 0)`)
    args.q = query.q
  }
  if (query.state) {
    where.push(`${STATE} = :state`)
    args.state = query.state
  }
  const filter = where.length ? `WHERE ${where.join(' AND ')}` : ''
  const rows = all<RoomRow>(
    await db.execute(sql(`${ROOM} ${filter} ORDER BY r.created_at DESC, r.id DESC LIMIT :limit`, args)),
  )
  return cut(rows, query.limit)
}

/** A page out of one row more than it may have: the row too many only tells that there is a next page. */
export function cut<T extends { createdAt: number; id: string }>(rows: T[], limit: number) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? `${last.createdAt}.${last.id}` : null }
}

/** The new room, or undefined when the slug is taken. */
export async function createRoom(
  db: Db,
  room: NewRoom & { slug: string; originId: string },
  now: number,
): Promise<RoomRow | undefined> {
  const id = newId()
  const {
    title,
    slug,
    originId,
    description = '',
    startsAt = null,
    endsAt = null,
    maxViewers = null,
    leaseMs = null,
  } = room
  const [, , row] = await write(db, [
    sql(
      `INSERT INTO rooms (id, slug, title, description, origin_id, starts_at, ends_at, max_viewers, lease_ms, created_at, updated_at)
       VALUES (:id, :slug, :title, :description, :originId, :startsAt, :endsAt, :maxViewers, :leaseMs, :now, :now)
       ON CONFLICT (slug) DO NOTHING`,
      { id, slug, title, description, originId, startsAt, endsAt, maxViewers, leaseMs, now },
    ),
    sql(
      `INSERT INTO streams (id, room_id, hidden_name, created_at)
       SELECT :streamId, id, :hiddenName, :now FROM rooms WHERE id = :id`,
      { id, streamId: newId(), hiddenName: newHiddenName(), now },
    ),
    byId(id, now),
  ])
  return first(row)
}

const columns = {
  title: 'title',
  slug: 'slug',
  description: 'description',
  startsAt: 'starts_at',
  endsAt: 'ends_at',
  maxViewers: 'max_viewers',
  leaseMs: 'lease_ms',
} as const satisfies Partial<Record<keyof RoomChange, string>>

export type Changed<T> = { changed: boolean; row: T | undefined; clash: boolean }

/**
 * One conditional update: the version must match when one is given, the slug must be free, the end after the start.
 * `changed` false with a row means that one of these failed; `clash` says it was the slug. A change that ends the
 * room also orders its publisher dropped, in the same batch.
 */
export async function changeRoom(
  db: Db,
  id: string,
  change: RoomChange,
  version: number | undefined,
  now: number,
): Promise<Changed<RoomRow>> {
  const args: Record<string, InValue> = { id, now, version: version ?? null }
  const set = ['version = version + 1', 'updated_at = :now']
  for (const [field, column] of Object.entries(columns) as [keyof typeof columns, string][]) {
    const value = change[field]
    if (value === undefined) continue
    set.push(`${column} = :${field}`)
    args[field] = value
  }
  if (change.state === 'ended') set.push('ended_at = COALESCE(ended_at, :now)')
  if (change.state === 'open') {
    set.push('ended_at = NULL')
    // What ended by its schedule opens again without one.
    if (change.endsAt === undefined) set.push('ends_at = CASE WHEN ends_at > :now THEN ends_at END')
  }
  const starts = change.startsAt === undefined ? 'starts_at' : ':startsAt'
  const ends = change.endsAt === undefined ? 'ends_at' : ':endsAt'
  const conditions = ['id = :id', '(:version IS NULL OR version = :version)']
  if (change.startsAt !== undefined || change.endsAt !== undefined)
    conditions.push(`(${starts} IS NULL OR ${ends} IS NULL OR ${ends} > ${starts})`)
  const clashes = 'SELECT 1 FROM rooms o WHERE o.slug = :slug AND o.id <> :id'
  if (change.slug !== undefined) conditions.push(`NOT EXISTS (${clashes})`)

  const statements: InStatement[] = [
    sql(`UPDATE rooms SET ${set.join(', ')} WHERE ${conditions.join(' AND ')}`, args),
    sql(`SELECT EXISTS (${clashes}) AS clash`, { id, slug: change.slug ?? '' }),
    ...dropIfEnded(id, now),
    byId(id, now),
  ]
  const results = await write(db, statements)
  return {
    changed: results[0]!.rowsAffected > 0,
    clash: Boolean(first<{ clash: number }>(results[1])?.clash),
    row: first(results.at(-1)),
  }
}

/** Orders the publisher of an ended room dropped and forgets it. Dropping again what is gone does no harm. */
function dropIfEnded(id: string, now: number): InStatement[] {
  return [
    sql(
      `INSERT INTO outbox (kind, origin_id, target, created_at, due_at)
       SELECT 'drop-stream', r.origin_id, s.hidden_name, :now, :now FROM streams s JOIN rooms r ON r.id = s.room_id
       WHERE r.id = :id AND (r.ended_at IS NOT NULL OR r.ends_at <= :now)
         AND EXISTS (SELECT 1 FROM publications p WHERE p.stream_id = s.id)`,
      { id, now },
    ),
    sql(
      `DELETE FROM publications WHERE stream_id IN (SELECT s.id FROM streams s JOIN rooms r ON r.id = s.room_id
         WHERE r.id = :id AND (r.ended_at IS NOT NULL OR r.ends_at <= :now))`,
      { id, now },
    ),
  ]
}

/** Deletes a room with all that is in it and orders its publisher dropped. */
export async function deleteRoom(
  db: Db,
  id: string,
  version: number | undefined,
  now: number,
): Promise<'deleted' | 'changed' | 'absent'> {
  const args = { id, version: version ?? null }
  const this_ = `(SELECT id FROM rooms WHERE id = :id AND (:version IS NULL OR version = :version))`
  const results = await write(db, [
    sql(
      `INSERT INTO outbox (kind, origin_id, target, created_at, due_at)
       SELECT 'drop-stream', r.origin_id, s.hidden_name, :now, :now FROM streams s JOIN rooms r ON r.id = s.room_id
       WHERE r.id IN ${this_}`,
      { ...args, now },
    ),
    sql(
      `DELETE FROM publications WHERE stream_id IN (SELECT id FROM streams WHERE room_id IN ${this_})`,
      args,
    ),
    ...['leases', 'people', 'links', 'streams'].map(table =>
      sql(`DELETE FROM ${table} WHERE room_id IN ${this_}`, args),
    ),
    sql(`DELETE FROM rooms WHERE id IN ${this_}`, args),
    sql('SELECT id FROM rooms WHERE id = :id', { id }),
  ])
  if (results.at(-2)!.rowsAffected > 0) return 'deleted'
  return first(results.at(-1)) ? 'changed' : 'absent'
}

/** A new key version: every key before it is refused at once, and who publishes with one is dropped. */
export async function rotateIngest(db: Db, id: string, now: number): Promise<RoomRow | undefined> {
  const results = await write(db, [
    sql(
      'UPDATE rooms SET ingest_version = ingest_version + 1, updated_at = :now WHERE id = :id AND ingest_version < 65535',
      {
        id,
        now,
      },
    ),
    orderDrop(id, now),
    forgetPublications(id),
    byId(id, now),
  ])
  return first(results.at(-1))
}

/** Who holds a seat now, longest first; one row a person, however many sessions. Undefined: no such room. */
export async function listSeats(db: Db, roomId: string, now: number): Promise<SeatRow[] | undefined> {
  const [room, seats] = await read(db, [
    sql('SELECT id FROM rooms WHERE id = :roomId', { roomId }),
    sql(
      `SELECT p.id AS personId, p.name, l.id AS linkId, l.label, MIN(e.opened_at) AS since, MAX(e.expires_at) AS until,
         COUNT(*) AS sessions, group_concat(DISTINCT e.address) AS addresses, group_concat(DISTINCT e.protocol) AS protocols
       FROM leases e JOIN people p ON p.id = e.person_id JOIN links l ON l.id = e.link_id
       WHERE e.room_id = :roomId AND e.expires_at > :now GROUP BY p.id ORDER BY since, p.id`,
      { roomId, now },
    ),
  ])
  return first(room) ? all<SeatRow>(seats!) : undefined
}

export interface SeatRow extends Pick<Seat, 'sessions'> {
  personId: string
  name: string
  linkId: string
  label: string
  since: number
  until: number
  addresses: string
  protocols: string
}

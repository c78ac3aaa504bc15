import { newHiddenName, newId } from '../crypto/id.ts'
import { all, type Db, first, type InStatement, type InValue, sql, write } from '../db.ts'
import { cut, pageOf } from '../http/page.ts'
import type { WatermarkMode } from '../watermark/watermark.ts'
import { columnsOf, SELECTED } from './columns.ts'
import type { NewRoom, RoomQuery } from './schema.ts'

/** A room with what is known of it now. Times in ms, yes and no as 1 and 0. */
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
  waitingRoom: number
  lockedAt: number | null
  lockMessage: string
  autolock: number
  autokick: number
  endAfterHostMs: number | null
  chatHistoryMs: number | null
  public: number
  contact: string
  comment: string
  presentersInvite: number
  allowRecording: number
  allowAnonymous: number
  autoSubrooms: number
  redirect: string | null
  watermark: WatermarkMode
  /** JSON */
  codecs: string | null
  authServer: string | null
  authPortal: string | null
}

const PUBLISHERS = 'FROM publications p WHERE p.stream_id = s.id AND COALESCE(p.expires_at, 9e15) > :now'

const ROOM = `SELECT r.id, ${SELECTED}, r.origin_id AS originId, r.ended_at AS endedAt, r.locked_at AS lockedAt,
    r.lock_message AS lockMessage, r.ingest_version AS ingestVersion, r.version, r.created_at AS createdAt,
    r.updated_at AS updatedAt,
    s.id AS streamId, s.playable_at AS playableAt, s.reachable,
    (SELECT MIN(p.opened_at) ${PUBLISHERS}) AS liveSince,
    (SELECT p.protocol ${PUBLISHERS} ORDER BY p.opened_at LIMIT 1) AS liveProtocol,
    (SELECT COUNT(DISTINCT e.person_id) FROM leases e WHERE e.room_id = r.id AND e.expires_at > :now) AS seats,
    (SELECT COUNT(*) FROM links l WHERE l.room_id = r.id AND l.revoked_at IS NULL) AS links
  FROM rooms r JOIN streams s ON s.room_id = r.id AND s.kind = 'programme'`

/** The statement that reads one room. */
export const byId = (id: string, now: number) => sql(`${ROOM} WHERE r.id = :id`, { id, now })

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
  const { after: where, args } = pageOf(query, 'r')
  args.now = now
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

/**
 * The new room, or undefined when the slug is taken.
 * @param also statements of the same batch that put something into it; without the room they must do nothing
 */
export async function createRoom(
  db: Db,
  room: NewRoom & { slug: string; originId: string },
  now: number,
  { id = newId(), also = [] }: { id?: string; also?: InStatement[] } = {},
): Promise<RoomRow | undefined> {
  const columns = { ...columnsOf(room), ...lockOf(room, now) }
  const names = Object.keys(columns)
  const results = await write(db, [
    sql(
      `INSERT INTO rooms (id, origin_id, created_at, updated_at, ${names.join(', ')})
       VALUES (:id, :originId, :now, :now, ${names.map(name => `:${name}`).join(', ')})
       ON CONFLICT (slug) DO NOTHING`,
      { ...columns, id, originId: room.originId, now },
    ),
    sql(
      `INSERT INTO streams (id, room_id, hidden_name, created_at)
       SELECT :streamId, id, :hiddenName, :now FROM rooms WHERE id = :id`,
      { id, streamId: newId(), hiddenName: newHiddenName(), now },
    ),
    ...also,
    byId(id, now),
  ])
  return first(results.at(-1))
}

/** Nobody is in a new room yet, so one that locks itself without a host is locked. */
const lockOf = ({ lock, autolock }: NewRoom, now: number): Record<string, InValue> =>
  lock || (autolock && lock !== null) ? { locked_at: now, lock_message: lock?.message ?? '' } : {}

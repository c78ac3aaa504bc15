import { newHiddenName } from '../crypto/id.ts'
import { type Db, first, type InStatement, type InValue, sql, write } from '../db.ts'
import { MAX_STREAMS } from '../streams/most.ts'
import { orderDrops, startAnew } from '../streams/outbox.ts'
import { columnsOf } from './columns.ts'
import { emptyRooms } from './empty.ts'
import type { RoomChange } from './schema.ts'
import { byId, type RoomRow } from './store.ts'
import { admitFreed } from './waiting.ts'

/**
 * One conditional update: the version must match when one is given, the slug must be free, the end after the start.
 * `changed` false with a row means that one of these failed; `clash` says it was the slug. A change that ends the
 * room also orders its publisher dropped, one that opens its door lets in who waits, in the same batch.
 */
export async function changeRoom(
  db: Db,
  id: string,
  change: RoomChange,
  version: number | undefined,
  now: number,
): Promise<{ changed: boolean; row: RoomRow | undefined; clash: boolean }> {
  const columns = columnsOf(change)
  const args: Record<string, InValue> = { ...columns, id, now, version: version ?? null }
  const set = ['version = version + 1', 'updated_at = :now']
  for (const column of Object.keys(columns)) set.push(`${column} = :${column}`)
  set.push(...lockingOf(change, args), ...hostLeftOf(change))
  if (change.state === 'ended') set.push('ended_at = COALESCE(ended_at, :now)')
  const starts = change.startsAt === undefined ? 'starts_at' : ':starts_at'
  let ends = change.endsAt === undefined ? 'ends_at' : ':ends_at'
  if (change.state === 'open') {
    set.push('ended_at = NULL')
    if (change.endsAt === undefined) {
      // What ended by its schedule opens again without one.
      ends = 'CASE WHEN ends_at > :now THEN ends_at END'
      set.push(`ends_at = ${ends}`)
    }
  }
  const conditions = ['id = :id', '(:version IS NULL OR version = :version)']
  if (change.startsAt !== undefined || change.endsAt !== undefined)
    conditions.push(`(${starts} IS NULL OR ${ends} IS NULL OR ${ends} > ${starts})`)
  const clashes = 'SELECT 1 FROM rooms o WHERE o.slug = :slug AND o.id <> :id'
  if (change.slug !== undefined) conditions.push(`NOT EXISTS (${clashes})`)

  const statements: InStatement[] = [
    sql(`UPDATE rooms SET ${set.join(', ')} WHERE ${conditions.join(' AND ')}`, args),
    sql(`SELECT EXISTS (${clashes}) AS clash`, { id, slug: change.slug ?? '' }),
    ...dropIfEnded(id, change.state === 'ended' || change.endsAt !== undefined, now),
    ...(change.lock === null || change.waitingRoom === false ? [admitFreed(id, now)] : []),
    byId(id, now),
  ]
  const results = await write(db, statements)
  return {
    changed: results[0]!.rowsAffected > 0,
    clash: Boolean(first<{ clash: number }>(results[1])?.clash),
    row: first(results.at(-1)),
  }
}

/**
 * What a change does to the lock. Turning on that the room locks itself locks it now if no host is there; a lock that
 * the same change orders or lifts goes before.
 */
function lockingOf({ lock, autolock }: RoomChange, args: Record<string, InValue>): string[] {
  if (lock === null) return ['locked_at = NULL', "lock_message = ''"]
  if (lock) {
    args.lock_message = lock.message
    return ['locked_at = COALESCE(locked_at, :now)', 'lock_message = :lock_message']
  }
  if (!autolock) return []
  return [
    'locked_at = CASE WHEN autolock OR host_since IS NOT NULL THEN locked_at ELSE COALESCE(locked_at, :now) END',
  ]
}

/**
 * A room that opens again, or that learns that it ends after its last host, does not end for a host who left long ago:
 * that counts from the next time, or from now.
 */
function hostLeftOf({ state, endAfterHostMs }: RoomChange): string[] {
  if (state === 'open') return ['host_left_at = NULL']
  if (endAfterHostMs == null) return []
  return [
    `host_left_at = CASE WHEN end_after_host_ms IS :end_after_host_ms THEN host_left_at
       WHEN host_left_at IS NOT NULL THEN :now END`,
  ]
}

/**
 * The statements that end a room now as {@link changeRoom} does, for a batch. The first one's affected rows say whether
 * it did.
 * @param only a further condition, over `args` and `:now`
 */
export const endRoom = (
  id: string,
  only: string,
  args: Record<string, InValue>,
  now: number,
): InStatement[] => [
  sql(
    `UPDATE rooms SET version = version + 1, updated_at = :now, ended_at = COALESCE(ended_at, :now)
     WHERE id = :id AND ${only}`,
    { ...args, id, now },
  ),
  ...dropIfEnded(id, true, now),
]

/**
 * Orders the publisher of an ended room dropped and forgets it.
 * @param ending this very change may end the room: then the origin is told whether or not a publisher is believed to be
 * there. Dropping what is gone does no harm, a publisher nobody knew of does.
 */
function dropIfEnded(id: string, ending: boolean, now: number): InStatement[] {
  return [
    orderDrops(
      `streams s JOIN rooms r ON r.id = s.room_id
       WHERE r.id = :id AND (r.ended_at IS NOT NULL OR r.ends_at <= :now)
         AND (:ending OR EXISTS (SELECT 1 FROM publications p WHERE p.stream_id = s.id))`,
      { id, ending: Number(ending) },
      now,
    ),
    sql(
      `DELETE FROM publications WHERE stream_id IN (SELECT s.id FROM streams s JOIN rooms r ON r.id = s.room_id
         WHERE r.id = :id AND (r.ended_at IS NOT NULL OR r.ends_at <= :now))`,
      { id, now },
    ),
    ...(ending ? [rename(id, now)] : []),
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
  const this_ = 'SELECT id FROM rooms WHERE id = :id AND (:version IS NULL OR version = :version)'
  const results = await write(db, [
    orderDrops(`streams s JOIN rooms r ON r.id = s.room_id WHERE r.id IN (${this_})`, args, now),
    ...emptyRooms(this_, args),
    sql('SELECT id FROM rooms WHERE id = :id', { id }),
  ])
  if (results.at(-2)!.rowsAffected > 0) return 'deleted'
  return first(results.at(-1)) ? 'changed' : 'absent'
}

/**
 * New hidden names for the streams of a room that has ended, after the old ones are ordered dropped. Whoever was admitted
 * a moment ago and is not yet listed at the origin cannot be dropped; under the old name nobody watches it.
 */
const rename = (id: string, now: number): InStatement =>
  sql(
    `UPDATE streams SET playable_at = NULL, hidden_name = (SELECT n.value FROM json_each(:names) n
         WHERE n.key = (SELECT COUNT(*) FROM streams o WHERE o.room_id = :id AND o.id < streams.id))
     WHERE room_id = :id
       AND EXISTS (SELECT 1 FROM rooms r WHERE r.id = :id AND (r.ended_at IS NOT NULL OR r.ends_at <= :now))`,
    { id, names: JSON.stringify(Array.from({ length: MAX_STREAMS }, newHiddenName)), now },
  )

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
    ...startAnew("s.room_id = :id AND s.kind = 'programme'", { id }, now),
    byId(id, now),
  ])
  return first(results.at(-1))
}

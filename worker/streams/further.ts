import { newHiddenName, newId } from '../crypto/id.ts'
import { all, type Db, first, type InValue, read, sql, write } from '../db.ts'
import { MAX_STREAMS } from './most.ts'
import { orderDrops, startAnew } from './outbox.ts'
import type { NewStream, Stream, StreamChange } from './schema.ts'

/** A stream beside the programme, as stored. Times in ms, yes and no as 1 and 0. */
export interface FurtherRow extends Pick<Stream, 'id' | 'kind' | 'label'> {
  roomId: string
  originId: string
  ingestVersion: number
  version: number
  createdAt: number
  playableAt: number | null
  reachable: number
  liveSince: number | null
  liveProtocol: string | null
}

const PUBLISHERS = 'FROM publications p WHERE p.stream_id = s.id AND COALESCE(p.expires_at, 9e15) > :now'

const FURTHER = `SELECT s.id, s.kind, s.label, s.room_id AS roomId, r.origin_id AS originId, s.version,
    s.ingest_version AS ingestVersion, s.created_at AS createdAt, s.playable_at AS playableAt, s.reachable,
    (SELECT MIN(p.opened_at) ${PUBLISHERS}) AS liveSince,
    (SELECT p.protocol ${PUBLISHERS} ORDER BY p.opened_at LIMIT 1) AS liveProtocol
  FROM streams s JOIN rooms r ON r.id = s.room_id
  WHERE s.room_id = :roomId AND s.kind <> 'programme'`

const one = (roomId: string, id: string, now: number) => sql(`${FURTHER} AND s.id = :id`, { roomId, id, now })

const room = (roomId: string) => sql('SELECT id FROM rooms WHERE id = :roomId', { roomId })

/** Which stream of which room. */
const THIS = "s.id = :id AND s.room_id = :roomId AND s.kind <> 'programme'"

/** A room's further streams in the order in which they were made, or undefined when there is no such room. */
export async function listFurther(db: Db, roomId: string, now: number): Promise<FurtherRow[] | undefined> {
  const [found, streams] = await read(db, [
    room(roomId),
    sql(`${FURTHER} ORDER BY s.created_at, s.rowid`, { roomId, now }),
  ])
  return first(found) ? all<FurtherRow>(streams!) : undefined
}

export async function getFurther(
  db: Db,
  roomId: string,
  id: string,
  now: number,
): Promise<FurtherRow | undefined> {
  return first(await db.execute(one(roomId, id, now)))
}

const TAKEN = `EXISTS (SELECT 1 FROM streams o WHERE o.room_id = :roomId AND o.id <> :id AND lower(o.label) = lower(:label))`

/** The new one, or why there is none. */
export async function createFurther(
  db: Db,
  roomId: string,
  { label, kind }: NewStream,
  now: number,
): Promise<FurtherRow | 'absent' | 'taken' | 'full'> {
  const id = newId()
  const [made, found, full, row] = await write(db, [
    sql(
      `INSERT INTO streams (id, room_id, kind, hidden_name, label, created_at)
       SELECT :id, r.id, :kind, :hiddenName, :label, :now FROM rooms r
       WHERE r.id = :roomId AND NOT ${TAKEN}
         AND (SELECT COUNT(*) FROM streams s WHERE s.room_id = r.id) < ${MAX_STREAMS}`,
      { id, roomId, kind, label, hiddenName: newHiddenName(), now },
    ),
    room(roomId),
    sql(`SELECT NOT ${TAKEN} AS isFree`, { id, roomId, label }),
    one(roomId, id, now),
  ])
  if (made!.rowsAffected > 0) return first<FurtherRow>(row)!
  if (!first(found)) return 'absent'
  return first<{ isFree: number }>(full)!.isFree ? 'full' : 'taken'
}

/** One conditional update. `changed` false with a row: the version did not match, or, as `taken` says, the label is. */
export async function changeFurther(
  db: Db,
  roomId: string,
  id: string,
  { label, kind }: StreamChange,
  version: number | undefined,
  now: number,
): Promise<{ changed: boolean; taken: boolean; row: FurtherRow | undefined }> {
  const args: Record<string, InValue> = { roomId, id, version: version ?? null }
  const set = ['version = version + 1']
  if (label !== undefined) {
    set.push('label = :label')
    args.label = label
  }
  if (kind !== undefined) {
    set.push('kind = :kind')
    args.kind = kind
  }
  const [updated, clash, row] = await write(db, [
    sql(
      `UPDATE streams AS s SET ${set.join(', ')}
       WHERE ${THIS} AND (:version IS NULL OR version = :version) ${label === undefined ? '' : `AND NOT ${TAKEN}`}`,
      args,
    ),
    sql(`SELECT ${TAKEN} AS taken`, { id, roomId, label: label ?? null }),
    one(roomId, id, now),
  ])
  return {
    changed: updated!.rowsAffected > 0,
    taken: Boolean(first<{ taken: number }>(clash)!.taken),
    row: first(row),
  }
}

/** Deletes a stream and orders its publisher dropped; gives what it was. */
export async function deleteFurther(
  db: Db,
  roomId: string,
  id: string,
  version: number | undefined,
  now: number,
): Promise<{ deleted: boolean; row: FurtherRow | undefined }> {
  const which = `${THIS} AND (:version IS NULL OR s.version = :version)`
  const args = { id, roomId, version: version ?? null }
  const results = await write(db, [
    one(roomId, id, now),
    orderDrops(`streams s JOIN rooms r ON r.id = s.room_id WHERE ${which}`, args, now),
    sql(`DELETE FROM publications WHERE stream_id IN (SELECT s.id FROM streams s WHERE ${which})`, args),
    sql(`DELETE FROM streams AS s WHERE ${which}`, args),
  ])
  return { deleted: results.at(-1)!.rowsAffected > 0, row: first(results[0]) }
}

/** A new key version: every key before it is refused at once, and who publishes with one is dropped. */
export async function rotateFurther(
  db: Db,
  roomId: string,
  id: string,
  now: number,
): Promise<FurtherRow | undefined> {
  const args = { roomId, id }
  const results = await write(db, [
    sql(
      `UPDATE streams AS s SET ingest_version = ingest_version + 1 WHERE ${THIS} AND ingest_version < 65535`,
      args,
    ),
    ...startAnew(THIS, args, now),
    one(roomId, id, now),
  ])
  return first(results.at(-1))
}

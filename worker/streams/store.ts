import { all, type Db, first, sql, write } from '../db.ts'
import type { StreamInfo } from '../origins/stream-info.ts'

/** A stream as the work after an answer needs it. */
export interface StreamRow {
  id: string
  roomId: string
  originId: string
  hiddenName: string
  /** Publishers believed to be there. */
  publications: number
  playableAt: number | null
  /** Whether the last look at the origin got an answer: 0 or 1. */
  reachable: number
}

const STREAM = `SELECT s.id, r.id AS roomId, r.origin_id AS originId, s.hidden_name AS hiddenName, s.playable_at AS playableAt,
    s.reachable,
    (SELECT COUNT(*) FROM publications p WHERE p.stream_id = s.id) AS publications
  FROM streams s JOIN rooms r ON r.id = s.room_id`

export async function streamById(db: Db, id: string): Promise<StreamRow | undefined> {
  return first(await db.execute(sql(`${STREAM} WHERE s.id = :id`, { id })))
}

/** Streams of an origin that are believed to have a publisher and are not listed there, or the other way round. */
export async function doubtfulStreams(db: Db, originId: string, listed: string[]): Promise<StreamRow[]> {
  const result = await db.execute(
    sql(
      `WITH listed AS (SELECT value AS name FROM json_each(:listed)),
         doubtful AS (
           SELECT s.id FROM publications p JOIN streams s ON s.id = p.stream_id
             WHERE s.hidden_name NOT IN (SELECT name FROM listed)
           UNION
           SELECT s.id FROM listed JOIN streams s ON s.hidden_name = listed.name
             WHERE NOT EXISTS (SELECT 1 FROM publications p WHERE p.stream_id = s.id))
       ${STREAM} WHERE s.id IN (SELECT id FROM doubtful) AND r.origin_id = :originId`,
      { originId, listed: JSON.stringify(listed) },
    ),
  )
  return all(result)
}

/** Takes the next look at the origin for this stream, if nobody took one within `every` ms: one conditional update. */
export async function takeLook(db: Db, id: string, now: number, every: number): Promise<boolean> {
  const result = await db.execute(
    sql('UPDATE streams SET checked_at = :now WHERE id = :id AND checked_at <= :before', {
      id,
      now,
      before: now - every,
    }),
  )
  return result.rowsAffected > 0
}

/** An origin does not answer: of what is believed to be published there, nobody knows whether it plays. */
export const noteSilence = (db: Db, originId: string) =>
  db.execute(
    sql(
      `UPDATE streams SET reachable = 0 WHERE id IN (SELECT p.stream_id FROM publications p
         JOIN streams s ON s.id = p.stream_id JOIN rooms r ON r.id = s.room_id WHERE r.origin_id = :originId)`,
      { originId },
    ),
  )

/** The origin could not be asked: what is believed stays believed, and pages are told that nobody knows. */
export const noteUnreachable = (db: Db, id: string, now: number) =>
  db.execute(sql('UPDATE streams SET reachable = 0, checked_at = :now WHERE id = :id', { id, now }))

/**
 * The origin has no such stream: publications from before `since` are gone. Younger ones may still be on their way:
 * admission comes before the stream is listed.
 */
export const noteAbsent = (db: Db, id: string, now: number, since: number) =>
  write(db, [
    sql('DELETE FROM publications WHERE stream_id = :id AND opened_at < :since', { id, since }),
    sql('UPDATE streams SET reachable = 1, checked_at = :now, playable_at = NULL WHERE id = :id', {
      id,
      now,
    }),
  ])

/**
 * The origin has the stream: it is the truth. Publications other than its publisher are gone (their closing was lost,
 * or they were refused as second ones), unless they are younger than `since`; an unknown publisher was let in by us,
 * since only admission gives out hidden names, so it is written down.
 */
export function notePresent(db: Db, id: string, info: StreamInfo, now: number, since: number) {
  const { address, port } = info.source ?? { address: '', port: 0 }
  const here = 'address = :address AND port = :port'
  return write(db, [
    sql(
      `INSERT INTO publications (session, stream_id, protocol, address, port, opened_at, expires_at)
       SELECT 'seen|' || :id, :id, 'unknown', :address, :port, :createdAt, r.ends_at
       FROM streams s JOIN rooms r ON r.id = s.room_id
       WHERE s.id = :id AND NOT EXISTS (SELECT 1 FROM publications WHERE stream_id = :id)
       ON CONFLICT (session) DO NOTHING`,
      { id, address, port, createdAt: Math.min(info.createdAt, now) },
    ),
    sql(
      `DELETE FROM publications WHERE stream_id = :id AND opened_at < :since AND NOT (${here})
         AND EXISTS (SELECT 1 FROM publications WHERE stream_id = :id AND ${here})`,
      { id, since, address, port },
    ),
    sql(
      `UPDATE streams SET reachable = 1, checked_at = :now,
         playable_at = CASE WHEN :playable THEN COALESCE(playable_at, :now) END WHERE id = :id`,
      { id, now, playable: info.playable ? 1 : 0 },
    ),
  ])
}

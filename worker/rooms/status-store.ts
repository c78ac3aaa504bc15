import { all, type Db, first, sql } from '../db.ts'

/** What is told of a room at its front door. Times in ms. */
export interface StatusRow {
  id: string
  slug: string
  title: string
  description: string
  lockedAt: number | null
  startsAt: number | null
}

interface WholeStatusRow extends StatusRow {
  redirect: string | null
  authServer: string | null
  authPortal: string | null
  /** Somebody joins it with a name and a password of their own: 0 or 1. */
  hasPasswords: number
}

/** Nobody scrolls through more; and each is asked how many are in it. */
const MOST_LISTED = 100

const STATUS = 'r.id, r.slug, r.title, r.description, r.locked_at AS lockedAt, r.starts_at AS startsAt'
const NOT_ENDED = 'r.ended_at IS NULL AND (r.ends_at IS NULL OR r.ends_at > :now)'

/**
 * A room by its slug. For a stranger a room that is not public, or has ended, is none, and the database takes as long to
 * say so.
 */
export async function statusOf(
  db: Db,
  slug: string,
  forStaff: boolean,
  now: number,
): Promise<WholeStatusRow | undefined> {
  return first(
    await db.execute(
      sql(
        `SELECT ${STATUS}, r.redirect, r.auth_server AS authServer, r.auth_portal AS authPortal,
           EXISTS (SELECT 1 FROM room_users u WHERE u.room_id = r.id AND u.name IS NOT NULL AND u.password IS NOT NULL) AS hasPasswords
         FROM rooms r WHERE r.slug = :slug AND (:forStaff OR r.public = 1 AND ${NOT_ENDED})`,
        { slug, forStaff: Number(forStaff), now },
      ),
    ),
  )
}

/** The public rooms that have not ended, by title. */
export async function listPublic(db: Db, now: number): Promise<StatusRow[]> {
  return all(
    await db.execute(
      sql(`SELECT ${STATUS} FROM rooms r WHERE r.public = 1 AND ${NOT_ENDED} ORDER BY r.title LIMIT :limit`, {
        limit: MOST_LISTED,
        now,
      }),
    ),
  )
}

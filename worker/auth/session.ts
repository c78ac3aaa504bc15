import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { digestOf, newSecret } from '../crypto/digest.ts'
import { newId } from '../crypto/id.ts'
import { all, type Db, first, type InStatement, type InValue, sql } from '../db.ts'
import type { Role } from '../users/rights.ts'

/** A session of a user's browser. Its cookie's value is known to the browser alone; here stands the digest. */
export interface NewSession {
  /** For the cookie; goes out once and is not kept. */
  secret: string
  hash: string
  id: string
  userId: string
  via: 'passkey' | 'oidc'
  address: string | null
  userAgent: string | null
  /** The digest of the session this browser had before: it ends, so that nothing planted before outlives a sign-in. */
  replaces: string | null
  createdAt: number
  endsAt: number
}

/** @param lifetime ms until it ends whatever happens */
export async function newSession(
  of: Pick<NewSession, 'userId' | 'via' | 'address' | 'userAgent' | 'replaces'>,
  now: number,
  lifetime: number,
): Promise<NewSession> {
  const secret = newSecret()
  return { ...of, secret, hash: await digestOf(secret), id: newId(), createdAt: now, endsAt: now + lifetime }
}

/**
 * The statements that begin a session, for the batch of what earns it; the last one writes it. Nobody disabled gets one,
 * no guest (a guest watches and has nothing to run), and no owner through the provider. Only who gets one loses the one
 * before.
 */
export function beginSession(
  session: NewSession,
  earned: string,
  args: Record<string, InValue>,
): InStatement[] {
  const { secret: _, replaces, ...columns } = session
  const to = `FROM users u WHERE u.id = :userId AND u.disabled_at IS NULL AND u.role <> 'guest'
    AND NOT (:via = 'oidc' AND u.role = 'owner') AND ${earned}`
  const named = (text: string, all: Record<string, InValue>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`:${name}\\b`).test(text)))
  const forget = `DELETE FROM sessions WHERE hash = :replaces AND EXISTS (SELECT 1 ${to})`
  return [
    ...(replaces === null ? [] : [sql(forget, named(forget, { ...columns, replaces, ...args }))]),
    sql(
      `INSERT INTO sessions (hash, id, user_id, via, address, user_agent, created_at, seen_at, ends_at)
       SELECT :hash, :id, u.id, :via, :address, :userAgent, :createdAt, :createdAt, :endsAt ${to}`,
      { ...columns, ...args },
    ),
  ]
}

/** Holds for a session `s` that has neither ended by `:now` nor been left unused for `:idle` ms. */
export const LIVE = '(s.ends_at > :now AND s.seen_at > :now - :idle)'

/** What a request's cookie stands for. */
interface KnownSession {
  id: string
  userId: string
  name: string
  role: Role
  seenAt: number
  /** The caller's address is blocked. */
  blocked: number
}

/**
 * The live session of a digest: one read at the start of a user's every call. One that came through the provider is none
 * once its user is an owner.
 */
export async function findSession(
  db: Db,
  hash: string,
  address: string | undefined,
  now: number,
  idle: number,
): Promise<KnownSession | undefined> {
  const result = await db.execute(
    sql(
      `SELECT s.id, s.user_id AS userId, u.name, u.role, s.seen_at AS seenAt, ${BLOCKED} AS blocked
       FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.hash = :hash AND ${LIVE} AND u.disabled_at IS NULL AND u.role <> 'guest'
         AND NOT (s.via = 'oidc' AND u.role = 'owner')`,
      { hash, now, idle, blockKey: blockKey(address) },
    ),
  )
  return first(result)
}

/** How exactly it is known when a session was last used (ms): a page polls, and a write a poll would be too many. */
export const SEEN_WITHIN = 60_000

export const noteSeen = (db: Db, hash: string, now: number) =>
  db.execute(
    sql('UPDATE sessions SET seen_at = :now WHERE hash = :hash AND seen_at < :before', {
      hash,
      now,
      before: now - SEEN_WITHIN + 1,
    }),
  )

/** A session as its user sees it. Times in ms. */
interface OwnSession {
  id: string
  via: 'passkey' | 'oidc'
  address: string | null
  userAgent: string | null
  createdAt: number
  seenAt: number
  endsAt: number
}

/** A user's live sessions, newest first. */
export async function sessionsOf(db: Db, userId: string, now: number, idle: number): Promise<OwnSession[]> {
  return all(
    await db.execute(
      sql(
        `SELECT s.id, s.via, s.address, s.user_agent AS userAgent, s.created_at AS createdAt, s.seen_at AS seenAt,
           s.ends_at AS endsAt
         FROM sessions s WHERE s.user_id = :userId AND ${LIVE} ORDER BY s.created_at DESC`,
        { userId, now, idle },
      ),
    ),
  )
}

/** Ends a session of a user; false when they have none of that id. */
export async function endSession(db: Db, userId: string, id: string): Promise<boolean> {
  const ended = await db.execute(
    sql('DELETE FROM sessions WHERE id = :id AND user_id = :userId', { id, userId }),
  )
  return ended.rowsAffected > 0
}

export const endSessionsOf = (db: Db, userId: string) =>
  db.execute(sql('DELETE FROM sessions WHERE user_id = :userId', { userId }))

import type { Caller } from '../auth/caller.ts'
import { type Db, first, type InStatement, sql, write } from '../db.ts'
import type { MadeLink, OneTimeClaims } from './one-time-link.ts'
import type { Role } from './rights.ts'

/** No owner yet: the only time a set-up link opens anything. */
export const NO_OWNER = `NOT EXISTS (SELECT 1 FROM users WHERE role = 'owner')`

/** Who makes a link, as the audit of its use names them. */
export const makerOf = ({ kind, id, name }: Caller): string =>
  id === null ? `${name} (${kind})` : `${name} (${kind} ${id})`

/** A link we made, and who asked for it: see {@link makerOf}. */
export type LinkToKeep = MadeLink & { createdBy: string }

/**
 * The statements that write down a link we made, if it is allowed, and then take back all that its user has open,
 * whatever their kind; for set-up, those of everybody who is not there yet. The first one writes it.
 */
export function keepLink(
  link: LinkToKeep,
  userId: string | null,
  now: number,
  ifAllowed = 'TRUE',
  args: Record<string, string> = {},
): InStatement[] {
  const { id, kind, hash, expiresAt, createdBy } = link
  return [
    sql(
      `INSERT INTO one_time_links (id, kind, hash, user_id, created_at, expires_at, created_by)
       SELECT :id, :kind, :hash, :userId, :now, :expiresAt, :createdBy WHERE ${ifAllowed}`,
      { id, kind, hash, userId, expiresAt, createdBy, now, ...args },
    ),
    sql(
      `UPDATE one_time_links SET revoked_at = :now
       WHERE user_id IS :userId AND id <> :id AND used_at IS NULL AND revoked_at IS NULL
         AND EXISTS (SELECT 1 FROM one_time_links WHERE id = :id)`,
      { id, userId, now },
    ),
  ]
}

/** A set-up link's row, unless there is an owner: then it is not written, and false. */
export async function keepSetupLink(db: Db, link: LinkToKeep, now: number): Promise<boolean> {
  const results = await write(db, keepLink(link, null, now, NO_OWNER))
  return results[0]!.rowsAffected > 0
}

/** Whom a link is for. */
export interface LinkUser {
  id: string
  name: string
  role: Role
}

/**
 * Holds for a user `u` for whom no other link was made or used since `:minted`, when the link `:id` was made: a newer one
 * ends the older ones. Those that are in the database are taken back; one minted away from it is in no row.
 */
const NEWEST = `NOT EXISTS (SELECT 1 FROM one_time_links o WHERE o.user_id = u.id AND o.id <> :id
    AND (o.created_at > :minted OR o.used_at > :minted))`

/**
 * Holds for a user `u` whom :user meant when the link was made, too: what is not an id can be given to somebody else.
 * @see USER
 */
const MEANT = '(u.id = :user OR u.updated_at <= :minted)'

/**
 * Whether a genuine link still opens something: not used, not taken back; for set-up no owner there, for the others
 * its user there and not disabled (null for set-up), and no newer link of theirs. An invitation must have its row; the
 * others may come from afar, where nobody knows who made them (`createdBy` null).
 */
export async function lookAtLink(
  db: Db,
  { k: kind, i: id, u: user = '', m: minted, hash }: OneTimeClaims & { hash: string },
): Promise<{ user: LinkUser | null; createdBy: string | null } | undefined> {
  const result = await db.execute(
    sql(
      `SELECT u.id, u.name, u.role, ${NO_OWNER} AS unowned, l.id AS known, l.created_by AS createdBy,
         l.used_at IS NOT NULL OR l.revoked_at IS NOT NULL OR l.hash <> :hash AS spent
       FROM (SELECT 1) LEFT JOIN one_time_links l ON l.id = :id
         LEFT JOIN users u ON u.id = (${USER}) AND u.disabled_at IS NULL AND ${MEANT} AND ${NEWEST}`,
      { id, hash, user, minted },
    ),
  )
  const row = first<
    Partial<LinkUser> & {
      unowned: number
      known: string | null
      createdBy: string | null
      spent: number | null
    }
  >(result)
  if (!row || row.spent) return undefined
  const { createdBy } = row
  if (kind === 'setup') return row.unowned ? { user: null, createdBy } : undefined
  if (!row.id || (kind === 'invite' && row.known === null)) return undefined
  return { user: { id: row.id, name: row.name!, role: row.role! }, createdBy }
}

/**
 * The one user that :user means: by id, by e-mail address, or `owner` for the only one who is active. Not by name, which
 * they and admins change.
 */
const USER = `SELECT id FROM users WHERE id = :user
  UNION ALL SELECT id FROM users WHERE email = lower(:user)
  UNION ALL SELECT MIN(id) FROM users WHERE :user = 'owner' AND role = 'owner' AND disabled_at IS NULL HAVING COUNT(*) = 1
  LIMIT 1`

/**
 * The statement that uses a link up, once whoever tries and however often: the first to get here writes its passkey's id
 * and is the one for whom {@link USED} holds. Where the passkey could not be added, because its credential is known or
 * the user is gone, disabled or has a newer link, the link stays as it is.
 */
export const useLink = (
  claims: OneTimeClaims & { hash: string; exp: number },
  userId: string | null,
  { id: passkeyId, credentialId }: { id: string; credentialId: string },
  now: number,
): InStatement =>
  sql(
    `INSERT INTO one_time_links (id, kind, hash, user_id, created_at, expires_at, used_at, used_for)
     SELECT :id, :kind, :hash, :userId, :now, :expiresAt, :now, :passkeyId
     WHERE CASE :kind WHEN 'setup' THEN ${NO_OWNER}
         ELSE EXISTS (SELECT 1 FROM users u WHERE u.id = :userId AND u.disabled_at IS NULL AND ${MEANT}
           AND ${NEWEST}) END
       AND NOT EXISTS (SELECT 1 FROM passkeys WHERE credential_id = :credentialId)
       AND (:kind <> 'invite' OR EXISTS (SELECT 1 FROM one_time_links WHERE id = :id))
     ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at, used_for = excluded.used_for
       WHERE one_time_links.used_at IS NULL AND one_time_links.revoked_at IS NULL AND one_time_links.hash = excluded.hash`,
    {
      id: claims.i,
      kind: claims.k,
      hash: claims.hash,
      expiresAt: claims.exp * 1000,
      minted: claims.m,
      user: claims.u ?? '',
      userId,
      passkeyId,
      credentialId,
      now,
    },
  )

/** Holds for the statements of the try that has used the link up; `:passkeyId` is its passkey. */
export const USED = 'EXISTS (SELECT 1 FROM one_time_links WHERE id = :linkId AND used_for = :passkeyId)'

import { LIVE } from '../auth/session.ts'
import { all, type Db, first, type InValue, sql, write } from '../db.ts'
import { cut, type PageQuery, pageOf } from '../http/page.ts'
import { comeBack, leave, leaveRooms, signOut, takeLinksBack } from './leave.ts'
import { keepLink, type LinkToKeep } from './links-store.ts'
import type { Role } from './rights.ts'
import type { NewUser, UserChange } from './schema.ts'

/** A user as stored, with what hangs on them. Times in ms. */
export interface UserRow {
  id: string
  name: string
  email: string | null
  role: Role
  /** Whom they are in rooms when they sign in through the identity provider; null = they do not. */
  oidcAccount: string | null
  disabledAt: number | null
  passkeys: number
  sessions: number
  lastSeenAt: number | null
  invitationEndsAt: number | null
  version: number
  createdAt: number
  updatedAt: number
}

const USER = `SELECT u.id, u.name, u.email, u.role, 'oidc|' || u.issuer || '|' || u.subject AS oidcAccount, u.disabled_at AS disabledAt,
    (SELECT COUNT(*) FROM passkeys k WHERE k.user_id = u.id) AS passkeys,
    (SELECT COUNT(*) FROM sessions s WHERE s.user_id = u.id AND ${LIVE}) AS sessions,
    MAX(COALESCE((SELECT MAX(k.last_used_at) FROM passkeys k WHERE k.user_id = u.id), 0),
      COALESCE((SELECT MAX(s.seen_at) FROM sessions s WHERE s.user_id = u.id), 0)) AS lastSeenAt,
    (SELECT MAX(l.expires_at) FROM one_time_links l WHERE l.user_id = u.id AND l.expires_at > :now
      AND l.used_at IS NULL AND l.revoked_at IS NULL) AS invitationEndsAt,
    u.version, u.created_at AS createdAt, u.updated_at AS updatedAt
  FROM users u`

/** A moment, and how long a session may then have been unused and still count. In ms. */
export interface Moment {
  now: number
  idle: number
}

const byId = (id: string, { now, idle }: Moment) => sql(`${USER} WHERE u.id = :id`, { id, now, idle })

export async function getUser(db: Db, id: string, at: Moment): Promise<UserRow | undefined> {
  return first(await db.execute(byId(id, at)))
}

/** A page of users, newest first. */
export async function listUsers(db: Db, query: PageQuery, at: Moment) {
  const { after, args } = pageOf(query, 'u')
  const filter = after.length ? `WHERE ${after.join(' AND ')}` : ''
  const rows = await db.execute(
    sql(`${USER} ${filter} ORDER BY u.created_at DESC, u.id DESC LIMIT :limit`, { ...args, ...at }),
  )
  return cut(all<UserRow>(rows), query.limit)
}

/** The new user with their invitation, or undefined when the address is somebody else's. */
export async function inviteUser(
  db: Db,
  id: string,
  { name, email = null, role }: NewUser,
  link: LinkToKeep,
  at: Moment,
): Promise<UserRow | undefined> {
  const { now } = at
  const results = await write(db, [
    sql(
      `INSERT INTO users (id, name, email, role, created_at, updated_at)
       VALUES (:id, :name, :email, :role, :now, :now) ON CONFLICT (email) WHERE email IS NOT NULL DO NOTHING`,
      { id, name, email, role, now },
    ),
    ...keepLink(link, id, now, 'EXISTS (SELECT 1 FROM users WHERE id = :userId)'),
    byId(id, at),
  ])
  return first(results.at(-1))
}

/** A new link for a user who is there and has the role that the rule has looked at, and can sign in already for a recovery alone; the ones from before stop if it is made. */
export async function renewLink(
  db: Db,
  id: string,
  seenRole: Role,
  link: LinkToKeep,
  now: number,
): Promise<boolean> {
  // A passkey made meanwhile would make an invitation a recovery that ends no sessions and is not called one.
  const allowed = `EXISTS (SELECT 1 FROM users u WHERE u.id = :userId AND u.disabled_at IS NULL AND u.role = :seenRole
    AND (:kind = 'recover') = (u.subject IS NOT NULL OR EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id)))`
  const results = await write(db, keepLink(link, id, now, allowed, { seenRole }))
  return results[0]!.rowsAffected > 0
}

/** Another owner who can sign in. Without one, the last owner stays what they are. */
const ANOTHER_OWNER = `EXISTS (SELECT 1 FROM users o WHERE o.role = 'owner' AND o.disabled_at IS NULL AND o.id <> users.id
  AND EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = o.id))`

const IS_OWNER = `(role = 'owner' AND disabled_at IS NULL)`

/**
 * One conditional update: the version must match when one is given, the role be the one that the rule has looked at,
 * and the last owner stay. `changed` false with a row means that one of these failed or the address is taken. Whoever
 * is disabled is signed out, and leaves the rooms they watch, in the same batch; who becomes a guest is signed out.
 * Who becomes an owner must have a passkey, is signed out, and loses the links that an admin may have made for them.
 */
export async function changeUser(
  db: Db,
  seen: UserRow,
  change: UserChange,
  version: number | undefined,
  at: Moment,
): Promise<{ changed: boolean; row: UserRow | undefined; taken: boolean }> {
  const { id } = seen
  const { now } = at
  const args: Record<string, InValue> = { id, now, version: version ?? null, seenRole: seen.role }
  const set = ['version = version + 1', 'updated_at = :now']
  for (const field of ['name', 'email', 'role'] as const) {
    if (change[field] === undefined) continue
    set.push(`${field} = :${field}`)
    args[field] = change[field] ?? null
  }
  if (change.disabled === true) set.push('disabled_at = COALESCE(disabled_at, :now)')
  if (change.disabled === false) set.push('disabled_at = NULL')
  const taken = 'EXISTS (SELECT 1 FROM users e WHERE e.email = :email AND e.id <> :id)'
  const conditions = ['id = :id', 'role = :seenRole', '(:version IS NULL OR version = :version)']
  if (change.email) conditions.push(`NOT ${taken}`)
  if (change.role === 'guest' && change.email === undefined) conditions.push('email IS NOT NULL')
  const raises = change.role === 'owner' && seen.role !== 'owner'
  if (raises) conditions.push('EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = users.id)')
  const lowers = change.disabled === true || (change.role !== undefined && change.role !== 'owner')
  if (lowers) conditions.push(`(NOT ${IS_OWNER} OR ${ANOTHER_OWNER})`)
  const results = await write(db, [
    sql(`UPDATE users SET ${set.join(', ')} WHERE ${conditions.join(' AND ')}`, args),
    sql(`SELECT ${taken} AS taken`, { id, email: change.email ?? '' }),
    ...(raises ? [takeLinksBack(id, now, "role = 'owner'"), signOut(id, "role = 'owner'")] : []),
    ...(change.role === 'guest' ? [signOut(id, "role = 'guest'")] : []),
    ...(change.disabled ? leave(seen, now) : []),
    ...(change.disabled === false && seen.disabledAt !== null ? [comeBack(seen, seen.disabledAt)] : []),
    byId(id, at),
  ])
  return {
    changed: results[0]!.rowsAffected > 0,
    taken: Boolean(first<{ taken: number }>(results[1])?.taken),
    row: first(results.at(-1)),
  }
}

/** Removes a user with passkeys, sessions and links, and revokes their API keys; but not the last owner. */
export async function removeUser(
  db: Db,
  seen: UserRow,
  version: number | undefined,
  at: Moment,
): Promise<{ removed: boolean; row: UserRow | undefined }> {
  const { id, role: seenRole } = seen
  const { now } = at
  const results = await write(db, [
    sql(
      `DELETE FROM users WHERE id = :id AND role = :seenRole AND (:version IS NULL OR version = :version)
         AND (NOT ${IS_OWNER} OR ${ANOTHER_OWNER})`,
      { id, seenRole, version: version ?? null },
    ),
    // Cascades do it where foreign keys are enforced; what must be gone does not hang on a setting.
    ...['sessions', 'passkeys', 'one_time_links'].map(table =>
      sql(`DELETE FROM ${table} WHERE user_id = :id AND NOT EXISTS (SELECT 1 FROM users WHERE id = :id)`, {
        id,
      }),
    ),
    sql(
      `UPDATE api_keys SET revoked_at = :now WHERE created_by = :id AND revoked_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM users WHERE id = :id)`,
      { id, now },
    ),
    leaveRooms(seen, now, 'NOT EXISTS (SELECT 1 FROM users WHERE id = :id)'),
    byId(id, at),
  ])
  return { removed: results[0]!.rowsAffected > 0, row: first(results.at(-1)) }
}

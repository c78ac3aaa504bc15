import { all, type Db, first, type InStatement, type InValue, sql, write } from '../db.ts'
import type { Role } from '../users/rights.ts'

/** A passkey as stored. Times in ms. */
export interface PasskeyRow {
  id: string
  credentialId: string
  userId: string
  publicKey: string
  counter: number
  transports: string
  portable: number
  backedUp: number
  name: string
  createdAt: number
  lastUsedAt: number | null
}

export interface NewPasskeyRow {
  id: string
  credentialId: string
  userId: string
  publicKey: string
  counter: number
  transports: string
  portable: boolean
  backedUp: boolean
  name: string
}

const COLUMNS = `k.id, k.credential_id AS credentialId, k.user_id AS userId, k.public_key AS publicKey, k.counter,
    k.transports, k.portable, k.backed_up AS backedUp, k.name, k.created_at AS createdAt, k.last_used_at AS lastUsedAt`

/** The statement that adds a passkey to a user who is there and not disabled; a credential that is known is not added. */
export const addPasskey = (
  passkey: NewPasskeyRow,
  now: number,
  earned = 'TRUE',
  args: Record<string, string> = {},
): InStatement =>
  sql(
    `INSERT INTO passkeys (id, credential_id, user_id, public_key, counter, transports, portable, backed_up, name, created_at)
     SELECT :id, :credentialId, u.id, :publicKey, :counter, :transports, :portable, :backedUp, :name, :now
     FROM users u WHERE u.id = :userId AND u.disabled_at IS NULL AND ${earned}
     ON CONFLICT (credential_id) DO NOTHING`,
    { ...passkey, portable: Number(passkey.portable), backedUp: Number(passkey.backedUp), now, ...args },
  )

/** A passkey with whose it is. */
export interface UsedPasskey extends PasskeyRow {
  userName: string
  role: Role
  email: string | null
}

/** A passkey of a user who is not disabled, by what the browser says: one read. */
export async function passkeyOf(db: Db, credentialId: string): Promise<UsedPasskey | undefined> {
  const result = await db.execute(
    sql(
      `SELECT ${COLUMNS}, u.name AS userName, u.role, u.email FROM passkeys k JOIN users u ON u.id = k.user_id
       WHERE k.credential_id = :credentialId AND u.disabled_at IS NULL`,
      { credentialId },
    ),
  )
  return first(result)
}

/**
 * Holds for a passkey `k` whose counter rises to `:counter`, or that does not count. Of many answers with one counter the
 * first to be noted is right, the others come from a copy.
 */
export const RISES = '(k.counter < :counter OR k.counter = 0 AND :counter = 0)'

/**
 * The statement that notes a passkey's use.
 * @param earned what must hold for it
 */
export const notePasskeyUse = (
  id: string,
  { counter, backedUp }: { counter: number; backedUp: boolean },
  now: number,
  earned = 'TRUE',
  args: Record<string, InValue> = {},
): InStatement =>
  sql(
    `UPDATE passkeys AS k SET counter = :counter, backed_up = :backedUp, last_used_at = :now
     WHERE k.id = :id AND ${RISES} AND ${earned}`,
    { id, counter, backedUp: Number(backedUp), now, ...args },
  )

/** A user's passkeys, oldest first. */
export async function passkeysOf(db: Db, userId: string): Promise<PasskeyRow[]> {
  return all(
    await db.execute(
      sql(`SELECT ${COLUMNS} FROM passkeys k WHERE k.user_id = :userId ORDER BY k.created_at, k.id`, {
        userId,
      }),
    ),
  )
}

export async function renamePasskey(
  db: Db,
  userId: string,
  id: string,
  name: string,
): Promise<PasskeyRow | undefined> {
  const [, row] = await write(db, [
    sql('UPDATE passkeys SET name = :name WHERE id = :id AND user_id = :userId', { id, userId, name }),
    sql(`SELECT ${COLUMNS} FROM passkeys k WHERE k.id = :id AND k.user_id = :userId`, { id, userId }),
  ])
  return first(row)
}

/**
 * Removes a passkey, but not the last of a user who has no other way in. An owner keeps one though the identity provider
 * signs them in too: who has the last say must not hang on somebody else's server.
 */
export async function removePasskey(
  db: Db,
  userId: string,
  id: string,
): Promise<{ is: 'removed'; name: string } | { is: 'last' } | { is: 'absent' }> {
  const [removed, left] = await write(db, [
    sql(
      `DELETE FROM passkeys WHERE id = :id AND user_id = :userId AND (
         EXISTS (SELECT 1 FROM passkeys o WHERE o.user_id = :userId AND o.id <> :id)
         OR EXISTS (SELECT 1 FROM users u WHERE u.id = :userId AND u.subject IS NOT NULL AND u.role <> 'owner'))
       RETURNING name`,
      { id, userId },
    ),
    sql('SELECT id FROM passkeys WHERE id = :id AND user_id = :userId', { id, userId }),
  ])
  const gone = first<{ name: string }>(removed)
  if (gone) return { is: 'removed', name: gone.name }
  return first(left) ? { is: 'last' } : { is: 'absent' }
}

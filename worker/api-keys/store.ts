import type { Known } from '../auth/caller.ts'
import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { digestOf } from '../crypto/digest.ts'
import { all, type Db, first, sql, write } from '../db.ts'
import type { App } from '../deps.ts'
import { cut, type PageQuery, pageOf } from '../http/page.ts'
import type { After } from '../later.ts'
import { type Right, type Role, rightsOf } from '../users/rights.ts'
import { BY_PROVIDER_ALONE } from '../users/ways-in.ts'
import { type KeyState, PROVIDER_KEY_MS, STATE, stateArgs } from './state.ts'

/** An API key as stored. Times in ms. */
export interface ApiKeyRow {
  id: string
  name: string
  rights: string
  state: KeyState
  createdBy: string | null
  createdByName: string | null
  createdAt: number
  expiresAt: number | null
  lastUsedAt: number | null
  lastAddress: string | null
  revokedAt: number | null
}

const KEY = `SELECT k.id, k.name, k.rights, ${STATE} AS state, k.created_by AS createdBy, u.name AS createdByName,
    k.created_at AS createdAt, k.expires_at AS expiresAt, k.last_used_at AS lastUsedAt,
    k.last_address AS lastAddress, k.revoked_at AS revokedAt
  FROM api_keys k LEFT JOIN users u ON u.id = k.created_by`

const PREFIX = 'slk_'

export const looksLikeApiKey = (token: string): boolean => token.startsWith(PREFIX)

/** The whole key, for who made it. */
export const apiKeyText = (secret: string): string => PREFIX + secret

/** How exactly it is known when a key was last used, in ms. */
const USED_WITHIN = 60_000

/**
 * The caller behind an API key. It may do what it was given and what its maker may still do; a maker who is disabled,
 * gone or not let in any more takes their keys along.
 */
export async function findApiKey(
  app: App,
  token: string,
  address: string | undefined,
  after: After,
): Promise<Known | undefined> {
  const now = app.now()
  const row = first<{
    id: string
    name: string
    rights: string
    lastUsedAt: number | null
    role: Role | null
    blocked: number
  }>(
    await app.db.execute(
      sql(
        `SELECT k.id, k.name, k.rights, k.last_used_at AS lastUsedAt, u.role, ${BLOCKED} AS blocked
         FROM api_keys k LEFT JOIN users u ON u.id = k.created_by
         WHERE k.hash = :hash AND ${STATE} = 'active'`,
        { hash: await digestOf(token), blockKey: blockKey(address), ...stateArgs(app) },
      ),
    ),
  )
  if (!row) return undefined
  if (!row.blocked && (row.lastUsedAt ?? 0) <= now - USED_WITHIN)
    after('key.used', () =>
      app.db.execute(
        sql('UPDATE api_keys SET last_used_at = :now, last_address = :address WHERE id = :id', {
          id: row.id,
          now,
          address: address ?? null,
        }),
      ),
    )
  const makers = rightsOf(row.role ?? 'admin')
  const rights = new Set((JSON.parse(row.rights) as Right[]).filter(right => makers.has(right)))
  rights.delete('account')
  const caller = { kind: 'key', id: row.id, name: row.name, role: null, rights, sessionId: null } as const
  return { caller, blocked: Boolean(row.blocked) }
}

export interface NewKeyRow {
  id: string
  name: string
  hash: string
  rights: readonly Right[]
  createdBy: string | null
  expiresAt: number | null
}

/** The new key; undefined when it would outlive what the provider says of its maker. See {@link PROVIDER_KEY_MS}. */
export async function createApiKey(app: App, key: NewKeyRow): Promise<ApiKeyRow | undefined> {
  const args = stateArgs(app)
  const [, row] = await write(app.db, [
    sql(
      `INSERT INTO api_keys (id, name, hash, rights, created_by, created_at, expires_at)
       SELECT :id, :name, :hash, :rights, :createdBy, :now, :expiresAt
       WHERE :expiresAt <= :now + ${PROVIDER_KEY_MS}
         OR NOT EXISTS (SELECT 1 FROM users u WHERE u.id = :createdBy AND ${BY_PROVIDER_ALONE})`,
      { ...key, rights: JSON.stringify(key.rights), now: args.now! },
    ),
    sql(`${KEY} WHERE k.id = :id`, { id: key.id, ...args }),
  ])
  return first<ApiKeyRow>(row)
}

/** A page of keys, newest first. */
export async function listApiKeys(
  app: App,
  query: PageQuery,
): Promise<{ items: ApiKeyRow[]; next: string | null }> {
  const { after, args } = pageOf(query, 'k')
  const filter = after.length ? `WHERE ${after.join(' AND ')}` : ''
  const rows = await app.db.execute(
    sql(`${KEY} ${filter} ORDER BY k.created_at DESC, k.id DESC LIMIT :limit`, {
      ...args,
      ...stateArgs(app),
    }),
  )
  return cut(all<ApiKeyRow>(rows), query.limit)
}

/** Revokes a key, keeping the first time; its name, or undefined when there is none. */
export async function revokeApiKey(db: Db, id: string, now: number): Promise<string | undefined> {
  const result = await db.execute(
    sql('UPDATE api_keys SET revoked_at = COALESCE(revoked_at, :now) WHERE id = :id RETURNING name', {
      id,
      now,
    }),
  )
  return first<{ name: string }>(result)?.name
}

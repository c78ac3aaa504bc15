import { type Db, first, sql, write } from '../db.ts'
import type { Provider } from './provider.ts'

/** A provider as the database has it: its secret is sealed, or null for a public client. */
export interface StoredProvider extends Omit<Provider, 'clientSecret'> {
  sealed: string | null
}

export interface StoredSettings {
  provider: StoredProvider | undefined
  /** Counts edits; 0 before the first. */
  version: number
  updatedAt: number | null
}

const READ = sql(`SELECT value, version, updated_at AS updatedAt FROM settings WHERE name = 'oidc'`)

interface Row {
  value: string
  version: number
  updatedAt: number
}

const settingsOf = (row: Row | undefined): StoredSettings => ({
  provider: (row && (JSON.parse(row.value) as StoredProvider | null)) ?? undefined,
  version: row?.version ?? 0,
  updatedAt: row?.updatedAt ?? null,
})

export const readSettings = async (db: Db): Promise<StoredSettings> =>
  settingsOf(first(await db.execute(READ)))

/** Whoever came in by the old settings signs in anew by the new ones. */
const END_SESSIONS = `DELETE FROM sessions WHERE via = 'oidc' AND changes() > 0`

/**
 * Sets the provider in one conditional statement; `changed` false when the version is another or there is no secret to
 * keep.
 * @param keepSecret leaves the sealed secret as it is, which works only for the same client of the same issuer
 * @param version that must be the current one; undefined = whichever
 */
export async function writeSettings(
  db: Db,
  provider: StoredProvider,
  keepSecret: boolean,
  version: number | undefined,
  now: number,
): Promise<{ changed: boolean; settings: StoredSettings }> {
  const [written, , row] = await write(db, [
    sql(
      `INSERT INTO settings (name, value, version, updated_at)
       SELECT 'oidc', :value, 1, :now
       WHERE COALESCE(:version, -1) IN (-1, COALESCE((SELECT version FROM settings WHERE name = 'oidc'), 0))
         AND (NOT :keep OR EXISTS (SELECT 1 FROM settings WHERE name = 'oidc'
           AND value ->> 'issuer' = :issuer AND value ->> 'clientId' = :clientId))
       ON CONFLICT (name) DO UPDATE SET
         value = CASE WHEN :keep THEN json_set(excluded.value, '$.sealed', value ->> 'sealed') ELSE excluded.value END,
         version = version + 1, updated_at = excluded.updated_at`,
      {
        value: JSON.stringify(provider),
        issuer: provider.issuer,
        clientId: provider.clientId,
        keep: Number(keepSecret),
        version: version ?? null,
        now,
      },
    ),
    sql(END_SESSIONS),
    READ,
  ])
  return { changed: written!.rowsAffected > 0, settings: settingsOf(first(row)) }
}

/** Takes the provider away; the row stays and counts on, so that no later version looks like an earlier one. */
export async function clearSettings(
  db: Db,
  version: number | undefined,
  now: number,
): Promise<{ changed: boolean; settings: StoredSettings }> {
  const [cleared, , row] = await write(db, [
    sql(
      `UPDATE settings SET value = 'null', version = version + 1, updated_at = :now
       WHERE name = 'oidc' AND COALESCE(:version, version) = version`,
      { version: version ?? null, now },
    ),
    sql(END_SESSIONS),
    READ,
  ])
  return { changed: cleared!.rowsAffected > 0, settings: settingsOf(first(row)) }
}

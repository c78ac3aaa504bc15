import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What a database needs to be today's: the numbered changes to tables that are there, and schema.sql for what is not.
 * @typedef {object} Schema
 * @property {string} text schema.sql
 * @property {{ version: number, statements: string[] }[]} migrations in their order
 */

/**
 * @param {string} root the project's folder
 * @returns {Schema}
 */
export function readSchema(root) {
  const folder = join(root, 'migrations')
  const migrations = readdirSync(folder)
    .filter(name => /^\d{3}-[\w-]+\.sql$/.test(name))
    .sort()
    .map(name => ({
      version: Number(name.slice(0, 3)),
      statements: statementsOf(readFileSync(join(folder, name), 'utf8')),
    }))
  return { text: readFileSync(join(root, 'schema.sql'), 'utf8'), migrations }
}

/**
 * A migration's statements. It has only plain ones, each ended by a semicolon at the end of a line; triggers stand in
 * schema.sql.
 * @param {string} text
 */
const statementsOf = text =>
  text
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map(statement => statement.trim())
    .filter(Boolean)

/**
 * Brings a database to today's schema; safe to run again, and from several instances at once. A migration is one
 * transaction with the step of the version, so that it happens once or not at all.
 * @param {Pick<import('@libsql/client').Client, 'execute' | 'batch' | 'executeMultiple'>} db
 * @param {Schema} schema
 */
export async function migrate(db, { text, migrations }) {
  let version = await versionOf(db)
  for (const migration of version === undefined ? [] : migrations) {
    if (migration.version <= /** @type {number} */ (version)) continue
    try {
      await db.batch(
        [
          ...migration.statements,
          'CREATE TABLE IF NOT EXISTS schema_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)',
          {
            sql: 'INSERT INTO schema_version (one, version) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET version = excluded.version',
            args: [BigInt(migration.version)],
          },
        ],
        'write',
      )
    } catch (error) {
      // Another instance was first: then the version says so.
      const now = await versionOf(db)
      if (now === undefined || now < migration.version) throw error
    }
    version = migration.version
  }
  await db.executeMultiple(text)
}

/**
 * The number of the last migration: 1 when there were none yet, undefined for a new database.
 * @param {Pick<import('@libsql/client').Client, 'execute'>} db
 * @returns {Promise<number | undefined>}
 */
async function versionOf(db) {
  const { rows } = await db.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('schema_version', 'rooms')",
  )
  const names = rows.map(row => row.name)
  if (!names.includes('schema_version')) return names.includes('rooms') ? 1 : undefined
  const found = await db.execute('SELECT version FROM schema_version')
  return Number(found.rows[0]?.version ?? 1)
}

/**
 * The same for a database by its address: a file, or one that is reached over HTTP.
 * @param {NodeJS.ProcessEnv} env with DATABASE_URL and, if it wants one, DATABASE_AUTH_TOKEN
 * @param {string} root the project's folder
 */
export async function migrateAt({ DATABASE_URL: url = '', DATABASE_AUTH_TOKEN: authToken }, root) {
  const { createClient } = url.startsWith('file:')
    ? await import('@libsql/client')
    : await import('@libsql/client/web')
  const db = createClient({ url, ...(authToken ? { authToken } : {}) })
  try {
    if (url.startsWith('file:')) await db.execute('PRAGMA busy_timeout = 5000')
    await migrate(db, readSchema(root))
  } finally {
    db.close()
  }
}

import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { createClient } from '@libsql/client'
import { fileUrl } from './folder.mjs'

/** Tables without which a database is not Sightline's. */
const TABLES = ['rooms', 'links', 'people', 'leases']

/** A reason not to go on that is for people to read. */
export class CopyError extends Error {}

/**
 * Copies an embedded database as it is at one moment, also while a server writes to it. The copy is complete in one
 * file, checked, and readable by its owner alone.
 * @param {string} database
 * @param {string} target
 * @throws {CopyError}
 */
export async function backUp(database, target) {
  if (!existsSync(database)) throw new CopyError(`There is no database at ${database}. Check DATA_DIR.`)
  if (existsSync(target)) throw new CopyError(`${target} is there already. Choose another name.`)
  if (!existsSync(dirname(target))) throw new CopyError(`There is no folder ${dirname(target)}.`)
  const draft = `${target}.part-${process.pid}`
  try {
    await using(database, db => db.execute({ sql: 'VACUUM INTO ?', args: [draft] }))
    chmodSync(draft, 0o600)
    await check(draft, 'The copy')
    renameSync(draft, target)
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Puts a copy in the place of an embedded database. What was there stays beside it under another name.
 * @param {string} source
 * @param {string} database
 * @param {Date} now
 * @returns {Promise<string | undefined>} where the old database is now
 * @throws {CopyError} when the source is not a whole Sightline database, or a server has the old one open
 */
export async function restore(source, database, now) {
  if (!existsSync(source)) throw new CopyError(`There is no file ${source}.`)
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 })
  const draft = `${database}.part-${process.pid}`
  try {
    copyFileSync(source, draft)
    chmodSync(draft, 0o600)
    await check(draft, source)
    let kept
    if (existsSync(database)) {
      await refuseIfOpen(database)
      kept = freeName(`${database}.before-restore-${now.toISOString().slice(0, 19).replaceAll(':', '')}`)
      renameSync(database, kept)
    }
    // Left by a server that was killed; they belong to the old file and would corrupt the new one.
    for (const rest of ['-wal', '-shm']) rmSync(database + rest, { force: true })
    renameSync(draft, database)
    return kept
  } finally {
    for (const rest of ['', '-wal', '-shm']) rmSync(draft + rest, { force: true })
  }
}

/**
 * SQLite leaves WAL mode only when nobody else has the file open, and takes what stands in the log into the file then.
 * @param {string} database
 */
async function refuseIfOpen(database) {
  const mode = await using(database, async db => {
    await db.execute('PRAGMA busy_timeout = 0')
    const { rows } = await db.execute('PRAGMA journal_mode = DELETE')
    return rows[0]?.journal_mode
  }).catch(error => {
    if (/BUSY|locked/i.test(String(error))) return 'busy'
    throw error
  })
  if (mode !== 'delete')
    throw new CopyError(
      `A server has ${basename(dirname(database))}/${basename(database)} open. Stop it first.`,
    )
}

/**
 * @param {string} file
 * @param {string} name what it is called in the sentence
 */
async function check(file, name) {
  const damaged = new CopyError(`${name} is not a whole Sightline database, so nothing was changed.`)
  try {
    await using(file, async db => {
      const { rows } = await db.execute('PRAGMA integrity_check')
      if (rows[0]?.integrity_check !== 'ok') throw damaged
      const tables = await db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
      const names = tables.rows.map(row => row.name)
      if (!TABLES.every(table => names.includes(table))) throw damaged
    })
  } catch {
    throw damaged
  }
}

/** @param {string} path */
function freeName(path) {
  let name = path
  for (let n = 2; existsSync(name); n++) name = `${path}-${n}`
  return name
}

/**
 * @template T
 * @param {string} file
 * @param {(db: import('@libsql/client').Client) => Promise<T>} work
 */
async function using(file, work) {
  const db = createClient({ url: fileUrl(file), concurrency: 1 })
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

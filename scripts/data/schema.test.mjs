import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate, migrateAt, readSchema } from './schema.mjs'

const root = resolve(fileURLToPath(new URL('../../', import.meta.url)))
const oldest = readFileSync(join(root, 'test/fixtures/schema-1.sql'), 'utf8')

let place
let open
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'sightline-schema-'))
  open = []
})
afterEach(() => {
  for (const db of open) db.close()
  rmSync(place, { recursive: true, force: true })
})

const urlOf = name => `file:${join(place, name)}`
const connect = name => {
  const db = createClient({ url: urlOf(name), concurrency: 1 })
  open.push(db)
  return db
}

/** Tables with their columns, indexes with their columns, triggers: all by which two schemas can differ. */
async function shapeOf(db) {
  const names = await db.execute(
    "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
  )
  const shape = {}
  for (const { type, name } of names.rows) {
    const info = type === 'table' ? 'table_info' : type === 'index' ? 'index_xinfo' : undefined
    const { rows } = info ? await db.execute(`SELECT * FROM pragma_${info}('${name}')`) : { rows: [] }
    // A column that was added later stands last; what counts is that it is there.
    shape[`${type} ${name}`] = rows
      .map(row => ({ ...row, cid: null }))
      .map(row => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? Number(value) : value)))
      .toSorted()
  }
  return shape
}

const versionOf = async db => (await db.execute('SELECT version FROM schema_version')).rows[0].version

test('a new database and one from the beginning end at the same schema', async () => {
  const schema = readSchema(root)
  const fresh = connect('new.db')
  await migrate(fresh, schema)
  const old = connect('old.db')
  await old.executeMultiple(oldest)
  await migrate(old, schema)
  expect(await shapeOf(old)).toEqual(await shapeOf(fresh))
  const last = schema.migrations.at(-1).version
  expect([await versionOf(fresh), await versionOf(old)]).toEqual([last, last])
})

test('what was in an old database is still there', async () => {
  const old = connect('old.db')
  await old.executeMultiple(oldest)
  await old.execute(
    "INSERT INTO rooms (id, slug, title, created_at, updated_at) VALUES ('r', 's', 't', 1, 2)",
  )
  await old.execute(
    "INSERT INTO links (id, room_id, label, permissions, created_at, updated_at) VALUES ('l', 'r', 'x', '[]', 1, 2)",
  )
  await migrate(old, readSchema(root))
  const { rows } = await old.execute('SELECT label, invite_kind FROM links')
  expect(rows.map(row => [row.label, row.invite_kind])).toEqual([['x', null]])
})

test('may run again, changing nothing', async () => {
  const db = connect('again.db')
  await migrate(db, readSchema(root))
  const before = await shapeOf(db)
  await migrate(db, readSchema(root))
  expect(await shapeOf(db)).toEqual(before)
})

test('several instances at once on an old database all end well', async () => {
  const first = connect('race.db')
  await first.execute('PRAGMA journal_mode = WAL')
  await first.executeMultiple(oldest)
  await Promise.all(Array.from({ length: 4 }, () => migrateAt({ DATABASE_URL: urlOf('race.db') }, root)))
  const fresh = connect('new.db')
  await migrate(fresh, readSchema(root))
  expect(await shapeOf(first)).toEqual(await shapeOf(fresh))
})

test('a migration that fails leaves everything as it was, version and all', async () => {
  const db = connect('broken.db')
  const schema = readSchema(root)
  await migrate(db, schema)
  const before = await shapeOf(db)
  const broken = {
    version: 900,
    statements: ['ALTER TABLE rooms ADD COLUMN extra TEXT', 'ALTER TABLE nowhere ADD COLUMN x'],
  }
  await expect(migrate(db, { ...schema, migrations: [...schema.migrations, broken] })).rejects.toThrow(
    /nowhere/,
  )
  expect(await shapeOf(db)).toEqual(before)
  expect(await versionOf(db)).toBe(schema.migrations.at(-1).version)
})

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backUp, CopyError, restore } from './copies.mjs'

const schema = readFileSync(new URL('../../schema.sql', import.meta.url), 'utf8')
const NOON = new Date('2026-11-21T12:00:00Z')

let place
let open

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'sightline copies #'))
  open = []
})
afterEach(() => {
  for (const db of open) db.close()
  rmSync(place, { recursive: true, force: true })
})

const at = name => join(place, name)
const urlOf = name => `file:${encodeURI(at(name)).replace('#', '%23')}`
const roomInsert = slug =>
  `INSERT INTO rooms (id, slug, title, created_at, updated_at) VALUES ('${slug}', '${slug}', 'x', 0, 0)`
const connect = name => {
  const db = createClient({ url: urlOf(name), concurrency: 1 })
  open.push(db)
  return db
}
const addRoom = (db, slug) =>
  db.execute(
    `INSERT INTO rooms (id, slug, title, created_at, updated_at) VALUES ('${slug}', '${slug}', 'x', 0, 0)`,
  )
const slugs = async db => (await db.execute('SELECT slug FROM rooms ORDER BY slug')).rows.map(row => row.slug)

/** A database as a running server has it: open, in WAL mode, the last writes only in the log. */
async function running(name) {
  const db = connect(name)
  await db.execute('PRAGMA journal_mode = WAL')
  await db.executeMultiple(schema)
  await addRoom(db, 'before')
  return db
}

/** A server that wrote a room and was killed: its last writes stand only in the log that it left behind. */
function killed(name, slug) {
  const program = `
    import { createClient } from '@libsql/client'
    const db = createClient({ url: process.env.DB })
    await db.execute('PRAGMA journal_mode = WAL')
    await db.executeMultiple(process.env.SCHEMA)
    await db.execute(process.env.INSERT)
    process.kill(process.pid, 'SIGKILL')`
  spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    env: { DB: urlOf(name), SCHEMA: schema, INSERT: roomInsert(slug) },
  })
  expect(statSync(`${at(name)}-wal`).size).toBeGreaterThan(0)
}

describe('backUp', () => {
  test('copies what was written so far, while the server goes on', async () => {
    const db = await running('sightline.db')
    await backUp(at('sightline.db'), at('copy.db'))
    await addRoom(db, 'later')
    expect(await slugs(connect('copy.db'))).toEqual(['before'])
    expect(await slugs(db)).toEqual(['before', 'later'])
    expect(statSync(at('copy.db')).mode & 0o777).toBe(0o600)
    expect(readdirSync(place).filter(name => name.includes('part'))).toEqual([])
  })

  test('refuses a target that is there, a missing folder and a missing database, and leaves nothing behind', async () => {
    await running('sightline.db')
    writeFileSync(at('there'), 'mine')
    const before = readdirSync(place)
    await expect(backUp(at('sightline.db'), at('there'))).rejects.toThrow(CopyError)
    await expect(backUp(at('sightline.db'), at('no/folder'))).rejects.toThrow(CopyError)
    await expect(backUp(at('nothing.db'), at('copy.db'))).rejects.toThrow(CopyError)
    expect([readFileSync(at('there'), 'utf8'), readdirSync(place)]).toEqual(['mine', before])
  })

  test('refuses a database that is not Sightline’s', async () => {
    await connect('other.db').execute('CREATE TABLE t (x)')
    await expect(backUp(at('other.db'), at('copy.db'))).rejects.toThrow(CopyError)
    expect(existsSync(at('copy.db'))).toBe(false)
  })
})

describe('restore', () => {
  test('puts the copy in place and keeps what was there, its unwritten log included', async () => {
    await running('other.db')
    await backUp(at('other.db'), at('copy.db'))
    killed('sightline.db', 'written last')
    const kept = await restore(at('copy.db'), at('sightline.db'), NOON)
    expect(kept).toBe(at('sightline.db.before-restore-2026-11-21T120000'))
    expect(await slugs(connect('sightline.db'))).toEqual(['before'])
    expect(await slugs(connect('sightline.db.before-restore-2026-11-21T120000'))).toEqual(['written last'])
    expect(statSync(at('sightline.db')).mode & 0o777).toBe(0o600)
  })

  test('keeps each of several old databases', async () => {
    await running('other.db')
    await backUp(at('other.db'), at('copy.db'))
    killed('sightline.db', 'first')
    const first = await restore(at('copy.db'), at('sightline.db'), NOON)
    killed('sightline.db', 'second')
    const second = await restore(at('copy.db'), at('sightline.db'), NOON)
    expect(second).toBe(`${first}-2`)
  })

  test('works where there is no database yet', async () => {
    await running('sightline.db')
    await backUp(at('sightline.db'), at('copy.db'))
    expect(await restore(at('copy.db'), at('new/sightline.db'), NOON)).toBeUndefined()
    expect(await slugs(connect('new/sightline.db'))).toEqual(['before'])
  })

  test('refuses while a server has the database open, idle or not', async () => {
    const db = await running('sightline.db')
    await backUp(at('sightline.db'), at('copy.db'))
    const before = readdirSync(place)
    await expect(restore(at('copy.db'), at('sightline.db'), NOON)).rejects.toThrow(/Stop it first/)
    await addRoom(db, 'later')
    expect([await slugs(db), readdirSync(place)]).toEqual([['before', 'later'], before])
  })

  test('refuses what is not a whole Sightline database, and changes nothing', async () => {
    await running('good.db')
    await backUp(at('good.db'), at('copy.db'))
    killed('sightline.db', 'untouched')
    await connect('other.db').execute('CREATE TABLE t (x)')
    writeFileSync(at('text'), 'not a database at all')
    const whole = readFileSync(at('copy.db'))
    writeFileSync(at('cut.db'), whole.subarray(0, whole.length / 2))
    const before = readdirSync(place)
    for (const source of ['other.db', 'text', 'cut.db', 'missing.db'])
      expect([source, await restore(at(source), at('sightline.db'), NOON).catch(e => e)]).toEqual([
        source,
        expect.any(CopyError),
      ])
    expect(readdirSync(place)).toEqual(before)
    expect(await slugs(connect('sightline.db'))).toEqual(['untouched'])
  })
})

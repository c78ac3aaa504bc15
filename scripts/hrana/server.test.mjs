import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serveHrana } from './server.mjs'

let place
let server
let db

beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'sightline-hrana-'))
  server = await serveHrana({ file: join(place, 'x.db'), token: 'right', idleMs: 200 })
  db = createClient({ url: server.url, authToken: 'right' })
  await db.executeMultiple(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, v); CREATE TABLE u (t INTEGER NOT NULL REFERENCES t (id) ON DELETE CASCADE)',
  )
})
afterEach(async () => {
  db.close()
  await server.close()
  rmSync(place, { recursive: true, force: true })
})

const call = (body, { token = 'right', path = '/v2/pipeline', method = 'POST' } = {}) =>
  fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  })
const execute = sql => ({ type: 'execute', stmt: { sql } })

describe('through the client', () => {
  test('values of every type come back as they went in', async () => {
    const values = [null, 5n, 2.5, 'grüße', new Uint8Array([0, 255])]
    for (const v of values) await db.execute({ sql: 'INSERT INTO t (v) VALUES (:v)', args: { v } })
    const { rows, columns } = await db.execute('SELECT v, typeof(v) AS kind FROM t ORDER BY id')
    expect(columns).toEqual(['v', 'kind'])
    expect(rows.map(r => r.kind)).toEqual(['null', 'integer', 'real', 'text', 'blob'])
    expect([...rows.slice(0, 4).map(r => r.v), [...new Uint8Array(rows[4].v)]]).toEqual([
      null,
      5,
      2.5,
      'grüße',
      [0, 255],
    ])
  })
  test('counts changed rows for plain, conditional, returning and reading statements', async () => {
    const insert = await db.execute({ sql: 'INSERT INTO t (v) VALUES (?), (?)', args: ['a', 'b'] })
    const nothing = await db.execute('INSERT INTO t (v) SELECT 1 WHERE 1 = 2')
    const returning = await db.execute("UPDATE t SET v = 'c' RETURNING id")
    const reading = await db.execute('SELECT * FROM t')
    expect([insert, nothing, returning, reading].map(r => r.rowsAffected)).toEqual([2, 0, 2, 0])
    expect(insert.lastInsertRowid).toBe(2n)
    expect(returning.rows.map(r => r.id)).toEqual([1, 2])
  })
  test('a batch is all or nothing', async () => {
    const failing = db.batch(["INSERT INTO t (v) VALUES ('x')", 'INSERT INTO u (t) VALUES (99)'], 'write')
    await expect(failing).rejects.toThrow(/FOREIGN KEY/)
    expect((await db.execute('SELECT count(*) AS n FROM t')).rows[0].n).toBe(0)
    await db.batch(["INSERT INTO t (v) VALUES ('x')", 'INSERT INTO u (t) VALUES (1)'], 'write')
    expect((await db.execute('SELECT count(*) AS n FROM u')).rows[0].n).toBe(1)
  })
  test('two hundred batches at once all succeed', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        db.batch([{ sql: 'INSERT INTO t (v) VALUES (?)', args: [i] }, 'SELECT count(*) FROM t'], 'write'),
      ),
    )
    expect((await db.execute('SELECT count(DISTINCT v) AS n FROM t')).rows[0].n).toBe(200)
  })
  test('a transaction over several requests keeps others waiting, not failing', async () => {
    const transaction = await db.transaction('write')
    await transaction.execute("INSERT INTO t (v) VALUES ('inside')")
    const other = db.execute("INSERT INTO t (v) SELECT 'after ' || count(*) FROM t")
    await transaction.commit()
    await other
    expect((await db.execute('SELECT v FROM t ORDER BY id')).rows.map(r => r.v)).toEqual([
      'inside',
      'after 1',
    ])
  })
  test('a transaction that nobody ends is rolled back', async () => {
    const transaction = await db.transaction('write')
    await transaction.execute("INSERT INTO t (v) VALUES ('lost')")
    expect((await db.execute('SELECT count(*) AS n FROM t')).rows[0].n).toBe(0)
    await expect(transaction.execute('SELECT 1')).rejects.toThrow(/expired/)
  })
  test('an error says what SQLite said, and the next statement works', async () => {
    await expect(db.execute('SELECT * FROM nowhere')).rejects.toThrow(/no such table: nowhere/)
    expect((await db.execute('SELECT 1 AS one')).rows[0].one).toBe(1)
  })
})

describe('refuses', () => {
  test('callers without the token, whatever they ask', async () => {
    for (const token of ['wrong', '', 'righ', 'right1'])
      expect((await call({ requests: [execute('SELECT 1')] }, { token })).status).toBe(401)
    expect((await fetch(`${server.url}/v2`)).status).toBe(401)
  })
  test('other paths and methods', async () => {
    expect((await call({}, { path: '/' })).status).toBe(404)
    expect((await call({}, { path: '/v3/pipeline' })).status).toBe(404)
    expect((await call({}, { method: 'GET' })).status).toBe(404)
    expect((await call({}, { method: 'GET', path: '/v2' })).status).toBe(200)
  })
  test('bodies that are not a pipeline', async () => {
    for (const body of ['', '{', '[]', '{"requests":{}}', '{"baton":"made-up","requests":[]}'])
      expect((await call(body)).status).toBe(400)
  })
  test('a request it does not know, without failing the others', async () => {
    const answer = await call({ requests: [{ type: 'dance' }, execute('SELECT 1'), { type: 'close' }] })
    const { results, baton } = await answer.json()
    expect([baton, ...results.map(r => r.type)]).toEqual([null, 'error', 'ok', 'ok'])
  })
  test('a baton a second time', async () => {
    const { baton } = await (await call({ requests: [execute('SELECT 1')] })).json()
    expect((await call({ baton, requests: [{ type: 'close' }] })).status).toBe(200)
    const again = await call({ baton, requests: [{ type: 'close' }] })
    expect([again.status, await again.json()]).toEqual([
      400,
      { code: 'STREAM_EXPIRED', message: 'The stream is unknown or has expired' },
    ])
  })
})

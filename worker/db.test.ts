import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../test/support/database.ts'
import { all, first, read, sql, write } from './db.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.executeMultiple('DROP TABLE IF EXISTS t; CREATE TABLE t (a INTEGER, b)')
  database.roundTrips()
})

it('binds whole numbers as integers, so that none is stored as 1.0', async () => {
  const types =
    'SELECT typeof(:int) AS int, typeof(:real) AS real, typeof(:text) AS text, typeof(:none) AS none'
  expect(
    first(
      await database.db.execute(sql(types, { int: 1_795_225_000_000, real: 1.5, text: '1', none: null })),
    ),
  ).toEqual({ int: 'integer', real: 'real', text: 'text', none: 'null' })
})

it('gives rows as plain objects', async () => {
  await write(database.db, [
    sql('INSERT INTO t VALUES (:a, :b)', { a: 1, b: 'x' }),
    sql('INSERT INTO t VALUES (2, NULL)'),
  ])
  const [rows, none] = await read(database.db, [
    sql('SELECT * FROM t ORDER BY a'),
    sql('SELECT * FROM t WHERE a = 3'),
  ])
  expect(all(rows!)).toEqual([
    { a: 1, b: 'x' },
    { a: 2, b: null },
  ])
  expect([first(rows), first(none), first(undefined)]).toEqual([{ a: 1, b: 'x' }, undefined, undefined])
  expect(database.roundTrips()).toBe(2)
})

it('a batch is one transaction: what fails last undoes what came first', async () => {
  const statements = [sql('INSERT INTO t VALUES (1, 1)'), sql('INSERT INTO nowhere VALUES (1)')]
  await expect(write(database.db, statements)).rejects.toThrow('nowhere')
  expect(all(await database.db.execute('SELECT * FROM t'))).toEqual([])
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@libsql/client'
import { migrate, readSchema } from '../../scripts/data/schema.mjs'
import type { Db, InStatement, ResultSet } from '../../worker/db.ts'

const schema = readSchema(fileURLToPath(new URL('../../', import.meta.url)))

/** A real libSQL file with the schema, whose round trips are counted and which can be made to fail. */
export interface TestDatabase {
  db: Db
  /** `down`: every call fails at once. `silent`: no call is answered until it is `up` again; then they all are. */
  state: (state: 'up' | 'down' | 'silent') => void
  /** Round trips since the last reading. */
  roundTrips: () => number
  /** The statements of those round trips, newest last. */
  statements: { sql: string; args: Record<string, unknown> }[]
  close(): void
}

export async function testDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-test-'))
  const client = createClient({ url: `file:${join(folder, 'test.db')}`, concurrency: 1 })
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('PRAGMA synchronous = OFF')
  await migrate(client, schema)

  let trips = 0
  let state: 'up' | 'down' | 'silent' = 'up'
  let silence: (() => void)[] = []
  const statements: TestDatabase['statements'] = []

  async function trip<T>(asked: InStatement[], run: () => Promise<T>): Promise<T> {
    trips++
    for (const statement of asked) statements.push(checked(statement))
    if (state === 'silent') await new Promise<void>(end => silence.push(end))
    if (state === 'down') throw Object.assign(new Error('SERVER_ERROR: no answer'), { name: 'LibsqlError' })
    return run()
  }

  return {
    db: {
      execute: ((statement: InStatement) =>
        trip([statement], () => client.execute(statement))) as unknown as Db['execute'],
      batch: (batch, mode) =>
        trip<ResultSet[]>(batch as InStatement[], () => client.batch(batch as InStatement[], mode)),
      executeMultiple: text => client.executeMultiple(text),
      close: () => client.close(),
    },
    state(next) {
      state = next
      if (next === 'silent') return
      for (const end of silence) end()
      silence = []
    },
    roundTrips() {
      const n = trips
      trips = 0
      statements.length = 0
      return n
    },
    statements,
    close() {
      client.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A database in memory with the schema: faster, for many short tests of statements. */
export async function memoryDatabase(): Promise<Client> {
  const client = createClient({ url: ':memory:', concurrency: 1 })
  await migrate(client, schema)
  return client
}

/** libSQL over HTTP refuses arguments that a statement does not name, a file does not: so the tests do. */
function checked(statement: InStatement): TestDatabase['statements'][number] {
  const { sql, args = {} } = typeof statement === 'string' ? { sql: statement } : statement
  const named = new Set([...sql.matchAll(/:([a-zA-Z_]\w*)/g)].map(match => match[1]))
  const given = Object.keys(args)
  const wrong = [
    ...given.filter(name => !named.has(name)),
    ...[...named].filter(name => !given.includes(name!)),
  ]
  if (wrong.length) throw new Error(`arguments and statement differ in ${wrong.join(', ')}: ${sql}`)
  return { sql, args: args as Record<string, unknown> }
}

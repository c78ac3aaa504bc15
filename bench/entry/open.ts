import { createClient } from '@libsql/client'
import type { Db } from '../../worker/db.ts'

/** Opens the benchmark's database as the real entries do on one machine. */
export async function openBenchDb(url: string): Promise<Db> {
  const db = createClient({ url, concurrency: 1 })
  for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = ON'])
    await db.execute(`PRAGMA ${pragma}`)
  return db
}

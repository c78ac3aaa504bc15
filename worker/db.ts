import type { Client, InStatement, InValue, ResultSet } from '@libsql/client'

/** What the app needs of a libSQL client: single statements and batches, each one round trip. Never interactive. */
export type Db = Pick<Client, 'execute' | 'batch' | 'executeMultiple' | 'close'>

export type { InStatement, InValue, ResultSet }

/** A statement with its arguments, ready for a batch. */
export const sql = (text: string, args: Record<string, InValue> = {}): InStatement => ({
  sql: text,
  args: integers(args),
})

/**
 * libSQL binds JavaScript numbers as REAL; our columns are INTEGER. Whole numbers go as bigint so that
 * comparisons use the index and nothing is ever stored as 1.0.
 */
function integers(args: Record<string, InValue>): Record<string, InValue> {
  const out: Record<string, InValue> = {}
  for (const [name, value] of Object.entries(args))
    out[name] = typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value
  return out
}

/** Runs several statements as one write transaction in one round trip. */
export const write = (db: Db, statements: InStatement[]): Promise<ResultSet[]> =>
  db.batch(statements, 'write')

/** Runs several reads in one round trip. */
export const read = (db: Db, statements: InStatement[]): Promise<ResultSet[]> => db.batch(statements, 'read')

/** The first row as a plain object, or undefined. */
export const first = <T>(result: ResultSet | undefined): T | undefined =>
  result?.rows[0] ? (plain(result, 0) as T) : undefined

/** All rows as plain objects. */
export const all = <T>(result: ResultSet): T[] => result.rows.map((_, i) => plain(result, i) as T)

function plain(result: ResultSet, index: number): Record<string, unknown> {
  const row = result.rows[index]!
  const out: Record<string, unknown> = {}
  result.columns.forEach((name, i) => {
    out[name] = row[i]
  })
  return out
}

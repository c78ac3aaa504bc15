import { all, type Db, first, read, sql } from '../db.ts'
import { type AuditContents, COLUMNS } from './row.ts'
import type { Seal } from './seal.ts'

/**
 * The audit as it lies in the database, for checking. Somebody may have written anything there: texts that are no
 * UTF-8 (which stop a driver), that go on behind a NUL (which it hides), numbers too large to read. So every value is
 * read as bytes, and its type beside it.
 */

/** A row as found; `contents` undefined when its values cannot be those that were written. */
export interface FoundRow {
  id: number
  mac: string
  contents: AuditContents | undefined
}

/** A seal as found; `seal` undefined when its values cannot be those that were written. */
export interface FoundSeal {
  id: number
  seal: Seal | undefined
}

export interface FoundChain {
  rows: AsyncIterable<FoundRow>
  seals: AsyncIterable<FoundSeal>
  /** The highest id that a row was ever given. */
  lastId: number
  /** Rows and seals whose ids none can have. */
  oddIds: number
  /** Ids of rows that are there twice. */
  repeated: number[]
}

const ROWS_A_PAGE = 1_000
const MAX_ID = Number.MAX_SAFE_INTEGER

const SEAL_COLUMNS = ['from_id', 'to_id', 'rows', 'oldest_at', 'newest_at', 'sealed_at', 'hash'] as const

/** Opens the audit. What is added meanwhile is not missed: seals are read up to the last of now, rows to the end. */
export async function openChain(db: Db): Promise<FoundChain> {
  const [counter, seals, odd, repeated] = await read(db, [
    sql("SELECT CAST(seq AS REAL) AS n FROM sqlite_sequence WHERE name = 'audit'"),
    sql('SELECT CAST(COALESCE(MAX(id), 0) AS REAL) AS n FROM audit_seals'),
    sql(
      `SELECT (SELECT COUNT(*) FROM audit WHERE id < 1 OR id > :max)
         + (SELECT COUNT(*) FROM audit_seals WHERE id < 1 OR id > :max) AS n`,
      { max: MAX_ID },
    ),
    sql('SELECT CAST(MAX(id) AS REAL) AS id FROM audit GROUP BY ref HAVING COUNT(*) > 1 LIMIT 100'),
  ])
  const of = (result: typeof counter) => first<{ n: number }>(result)?.n ?? 0
  const lastSeal = Math.min(of(seals), MAX_ID)
  return {
    rows: rowsOf(db),
    seals: sealsOf(db, lastSeal),
    lastId: of(counter),
    oddIds: of(odd),
    repeated: all<{ id: number }>(repeated!).map(({ id }) => id),
  }
}

/** A column's bytes, and (all together, in one text) the types of all. */
const selected = (columns: readonly string[]): string =>
  [
    'id',
    ...columns.map(column => `CAST(CAST(${column} AS TEXT) AS BLOB) AS ${column}`),
    `${columns.map(column => `typeof(${column})`).join(" || ' ' || ")} AS types`,
  ].join(', ')

type Cell = ArrayBuffer | null
type Raw = { id: number; types: string } & Record<string, Cell>

async function* pages(db: Db, table: string, columns: readonly string[], to: number): AsyncGenerator<Raw> {
  const text = `SELECT ${selected(columns)} FROM ${table} WHERE id > :after AND id <= :to ORDER BY id LIMIT ${ROWS_A_PAGE}`
  let after = 0
  for (;;) {
    const rows = all<Raw>(await db.execute(sql(text, { after, to })))
    yield* rows
    if (rows.length < ROWS_A_PAGE) return
    after = rows.at(-1)!.id
  }
}

async function* rowsOf(db: Db): AsyncGenerator<FoundRow> {
  const columns = [...COLUMNS, 'mac']
  for await (const raw of pages(db, 'audit', columns, MAX_ID)) {
    const values = valuesOf(raw, columns, new Set(['at']))
    yield values
      ? { id: raw.id, mac: String(values.mac), contents: values as unknown as AuditContents }
      : { id: raw.id, mac: '', contents: undefined }
  }
}

async function* sealsOf(db: Db, to: number): AsyncGenerator<FoundSeal> {
  const numbers = new Set(SEAL_COLUMNS.filter(column => column !== 'hash') as string[])
  for await (const raw of pages(db, 'audit_seals', SEAL_COLUMNS, to)) {
    const values = valuesOf(raw, SEAL_COLUMNS, numbers)
    yield { id: raw.id, seal: values && ({ id: raw.id, ...values } as unknown as Seal) }
  }
}

/** The values of the types that the columns have, or undefined. */
function valuesOf(
  raw: Raw,
  columns: readonly string[],
  numbers: ReadonlySet<string>,
): Record<string, string | number | null> | undefined {
  const types = raw.types.split(' ')
  const values: Record<string, string | number | null> = {}
  for (const [i, column] of columns.entries()) {
    const isNumber = numbers.has(column)
    if (types[i] !== 'null' && types[i] !== (isNumber ? 'integer' : 'text')) return undefined
    const text = textIn(raw[column]!)
    if (text === undefined) return undefined
    values[column] = isNumber && text !== null ? Number(text) : text
  }
  return values
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of some bytes, null for NULL, or undefined when they are no text. */
function textIn(bytes: Cell): string | null | undefined {
  if (bytes === null) return null
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

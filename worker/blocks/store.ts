import { all, type Db, first, sql, write } from '../db.ts'
import { cut, type PageQuery, pageOf } from '../http/page.ts'
import type { Bounds } from './bounds.ts'
import type { Block } from './schema.ts'

/**
 * A condition for other statements: whether the address with this key (see blockKey) is blocked at `:now`. No block is
 * wider than /8, so only those that begin as the address does are looked at.
 */
export const blocked = (key: string): string => `EXISTS (SELECT 1 FROM blocks b
    WHERE b.low BETWEEN substr(${key}, 1, 3) AND ${key} AND b.high >= ${key}
      AND (b.until IS NULL OR b.until > :now))`

/** The same of the key `:blockKey`. */
export const BLOCKED = blocked(':blockKey')

/** A block as stored. Times in ms. */
export interface BlockRow {
  id: string
  block: string
  reason: string
  source: Block['source']
  until: number | null
  createdBy: string | null
  createdAt: number
}

const BLOCK = `SELECT b.id, b.block, b.reason, b.source, b.until, b.created_by AS createdBy, b.created_at AS createdAt
  FROM blocks b`
const HOLDS = '(b.until IS NULL OR b.until > :now)'

/** A page of the blocks that hold, newest first. */
export async function listBlocks(db: Db, query: PageQuery, now: number) {
  const { after, args } = pageOf(query, 'b')
  const where = [HOLDS, ...after].join(' AND ')
  const rows = await db.execute(
    sql(`${BLOCK} WHERE ${where} ORDER BY b.created_at DESC, b.id DESC LIMIT :limit`, { ...args, now }),
  )
  return cut(all<BlockRow>(rows), query.limit)
}

/** Blocks; what was blocked with the same bounds is replaced. */
export async function addBlock(
  db: Db,
  bounds: Bounds,
  row: { id: string; reason: string; until: number | null; createdBy: string | null },
  now: number,
): Promise<BlockRow> {
  const { low, high } = bounds
  const [, , added] = await write(db, [
    sql('DELETE FROM blocks WHERE low = :low AND high = :high', { low, high }),
    sql(
      `INSERT INTO blocks (id, low, high, block, reason, source, until, created_by, created_at)
       VALUES (:id, :low, :high, :block, :reason, 'admin', :until, :createdBy, :now)`,
      { ...bounds, ...row, now },
    ),
    sql(`${BLOCK} WHERE b.id = :id`, { id: row.id }),
  ])
  return first<BlockRow>(added)!
}

/** The blocks that were lifted, as they are written; none when there was no such block, or it had ended. */
export async function liftBlock(db: Db, id: string, now: number): Promise<string[]> {
  return lifted(
    await db.execute(
      sql('DELETE FROM blocks WHERE id = :id AND (until IS NULL OR until > :now) RETURNING block', {
        id,
        now,
      }),
    ),
  )
}

/** The same for all blocks that cover an address. */
export async function liftBlocksOf(db: Db, blockKey: string, now: number): Promise<string[]> {
  return lifted(
    await db.execute(
      sql(
        `DELETE FROM blocks WHERE low BETWEEN substr(:blockKey, 1, 3) AND :blockKey AND high >= :blockKey
           AND (until IS NULL OR until > :now) RETURNING block`,
        { blockKey, now },
      ),
    ),
  )
}

const lifted = (result: Parameters<typeof all>[0]) => all<{ block: string }>(result).map(row => row.block)

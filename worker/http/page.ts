import * as v from 'valibot'
import type { InValue } from '../db.ts'

/** Pages of a list, newest first: the order is that of (created_at, id), and a cursor names the last row seen. */

/** A page's query: `limit` (1–200, usually 50) and as `cursor` the `next` of the page before. */
export const page = {
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, 'must be a whole number from 1 to 200'),
      v.transform(Number),
      v.minValue(1, 'must be a whole number from 1 to 200'),
      v.maxValue(200, 'must be a whole number from 1 to 200'),
    ),
    '50',
  ),
  cursor: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,16}\.[a-z2-7]{16}$/, 'must be the next of an earlier page')),
  ),
}

export interface PageQuery {
  limit: number
  cursor?: string | undefined
}

/**
 * What a page adds to a statement: a condition (none on the first page) and its arguments, with `:limit` one row more
 * than the page has, because that row tells {@link cut} of a next page.
 */
export function pageOf(
  { limit, cursor }: PageQuery,
  alias: string,
): { after: string[]; args: Record<string, InValue> } {
  const args: Record<string, InValue> = { limit: limit + 1 }
  if (cursor === undefined) return { after: [], args }
  const [at, id] = cursor.split('.') as [string, string]
  return {
    after: [`(${alias}.created_at, ${alias}.id) < (:at, :id)`],
    args: { ...args, at: Number(at), id },
  }
}

/** A page out of one row more than it may have. */
export function cut<T extends { createdAt: number; id: string }>(rows: T[], limit: number) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? `${last.createdAt}.${last.id}` : null }
}

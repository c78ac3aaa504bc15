import type { Got } from './caller.ts'

/** One page of a list as it was last read. */
export interface Page<T> {
  cursor: string | null
  etag: string | null
  items: T[]
  next: string | null
}

type Load<T> = (
  cursor: string | null,
  etag: string | null,
) => Promise<Got<{ items: T[]; next: string | null }> | null>

/**
 * Reads `want` pages of a list again. A page whose cursor is still the same is asked for with its ETag, so that an
 * unchanged list costs a 304 each; once a cursor moved, everything behind it is read anew.
 */
export async function refreshPages<T>(
  known: Page<T>[],
  load: Load<T>,
  want = Math.max(1, known.length),
): Promise<Page<T>[]> {
  const pages: Page<T>[] = []
  let cursor: string | null = null
  while (pages.length < want) {
    const before: Page<T> | undefined = known[pages.length]
    const same: Page<T> | undefined = before?.cursor === cursor ? before : undefined
    const got: Awaited<ReturnType<Load<T>>> = await load(cursor, same?.etag ?? null)
    const page: Page<T> = got
      ? { cursor, etag: got.etag, items: got.value.items, next: got.value.next }
      : (same ?? { cursor, etag: null, items: [], next: null })
    pages.push(page)
    if (page.next === null) break
    cursor = page.next
  }
  return pages
}

/** All rows read so far; a row that moved across a page border while reading is listed once. */
export function rowsOf<T extends { id: string }>(pages: Page<T>[]): T[] {
  const rows = new Map<string, T>()
  for (const page of pages) for (const row of page.items) if (!rows.has(row.id)) rows.set(row.id, row)
  return [...rows.values()]
}

/** Whether the list goes on behind what was read. */
export const hasMore = (pages: Page<unknown>[]): boolean => (pages.at(-1)?.next ?? null) !== null

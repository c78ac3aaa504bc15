import { describe, expect, it } from 'vitest'
import { hasMore, type Page, refreshPages, rowsOf } from './paged.ts'

interface Row {
  id: string
}
const rows = (...ids: string[]): Row[] => ids.map(id => ({ id }))

/** A list in pages of two, whose ETags are the ids; notes what it was asked. */
function list(all: Row[]) {
  const asked: [string | null, string | null][] = []
  const load = async (cursor: string | null, etag: string | null) => {
    asked.push([cursor, etag])
    const start = cursor === null ? 0 : all.findIndex(r => r.id === cursor) + 1
    const items = all.slice(start, start + 2)
    const tag = items.map(r => r.id).join()
    const next = start + 2 < all.length ? (items.at(-1)?.id ?? null) : null
    return tag === etag ? null : { value: { items, next }, etag: tag }
  }
  return { asked, load }
}

describe('refreshPages', () => {
  it('reads one page first, then as many as wanted', async () => {
    const { load } = list(rows('a', 'b', 'c', 'd', 'e'))
    const first = await refreshPages<Row>([], load)
    expect(rowsOf(first)).toEqual(rows('a', 'b'))
    expect(hasMore(first)).toBe(true)
    const all = await refreshPages(first, load, 3)
    expect(rowsOf(all)).toEqual(rows('a', 'b', 'c', 'd', 'e'))
    expect(hasMore(all)).toBe(false)
  })

  it('asks for what it knows by ETag and keeps it', async () => {
    const { asked, load } = list(rows('a', 'b', 'c'))
    const pages = await refreshPages<Row>([], load, 2)
    asked.length = 0
    expect(await refreshPages(pages, load)).toEqual(pages)
    expect(asked).toEqual([
      [null, 'a,b'],
      ['b', 'c'],
    ])
  })

  it('reads everything behind a moved cursor anew', async () => {
    const known = await refreshPages<Row>([], list(rows('a', 'b', 'c')).load, 2)
    const { asked, load } = list(rows('new', 'a', 'b', 'c'))
    expect(rowsOf(await refreshPages(known, load))).toEqual(rows('new', 'a', 'b', 'c'))
    expect(asked).toEqual([
      [null, 'a,b'],
      ['a', null],
    ])
  })

  it('stops where the list became shorter', async () => {
    const known = await refreshPages<Row>([], list(rows('a', 'b', 'c')).load, 2)
    expect(rowsOf(await refreshPages(known, list(rows('a')).load))).toEqual(rows('a'))
  })
})

it('lists a row once that two pages hold', () => {
  const page = (items: Row[]): Page<Row> => ({ cursor: null, etag: null, items, next: null })
  expect(rowsOf([page(rows('a', 'b')), page(rows('b', 'c'))])).toEqual(rows('a', 'b', 'c'))
})

import * as v from 'valibot'
import { expect, test } from 'vitest'
import { cut, page, pageOf } from './page.ts'

const Query = v.strictObject(page)

test.each<[Record<string, string>, unknown]>([
  [{}, { limit: 50 }],
  [{ limit: '1' }, { limit: 1 }],
  [{ limit: '200' }, { limit: 200 }],
  [{ cursor: '1795269600000.abcdefghijklmn27' }, { limit: 50, cursor: '1795269600000.abcdefghijklmn27' }],
])('the query %j is read', (query, expected) => {
  expect(v.parse(Query, query)).toEqual(expected)
})

test.each([
  { limit: '0' },
  { limit: '201' },
  { limit: '1000' },
  { limit: '-1' },
  { limit: '1.5' },
  { limit: ' 5' },
  { limit: '' },
  { cursor: '' },
  { cursor: '1795269600000' },
  { cursor: '1795269600000.' },
  { cursor: '1795269600000.ABCDEFGHIJKLMN27' },
  { cursor: '1795269600000.abcdefghijklmn189' },
  { cursor: "1.abcdefghijklmn27' OR 1" },
  { cursor: '-1.abcdefghijklmn27' },
  { cursor: '12345678901234567.abcdefghijklmn27' },
])('the query %j is refused', query => {
  expect(v.safeParse(Query, query).success).toBe(false)
})

test('the first page has no condition, later ones begin after their cursor', () => {
  expect(pageOf({ limit: 50 }, 'r')).toEqual({ after: [], args: { limit: 51 } })
  expect(pageOf({ limit: 2, cursor: '7.abcdefghijklmn27' }, 'l')).toEqual({
    after: ['(l.created_at, l.id) < (:at, :id)'],
    args: { limit: 3, at: 7, id: 'abcdefghijklmn27' },
  })
})

test('the row too many only tells that there is a next page', () => {
  const rows = [3, 2, 1].map(createdAt => ({ createdAt, id: `id${createdAt}` }))
  expect(cut(rows, 2)).toEqual({ items: rows.slice(0, 2), next: '2.id2' })
  expect(cut(rows, 3)).toEqual({ items: rows, next: null })
  expect(cut([], 3)).toEqual({ items: [], next: null })
})

import { expect, test } from 'vitest'
import { said } from './fixture.ts'
import { keyOf, paged } from './log.ts'
import { countFrom, rowsOf, startOf } from './rows.ts'
import { type Chat, emptyChat, emptyLog } from './state.ts'

const chat = (change: Partial<Chat> = {}): Chat => ({
  ...emptyChat,
  log: paged(emptyLog, {
    items: [said(1), said(2, { replyTo: 'm1' }), said(3, { replyTo: 'm0' })],
    next: null,
  }),
  ...change,
})
const aside = (id: string, after: string) => ({
  id,
  after,
  at: 0,
  what: { is: 'answer', lines: ['x'] } as const,
})
const lines = (chat: Chat, start = '') =>
  rowsOf(chat, start).map(row =>
    row.is === 'message' ? row.message.id : row.is === 'aside' ? row.aside.id : row.is,
  )

test('a message knows what it answers, if that is here', () => {
  expect(rowsOf(chat(), '')).toEqual([
    { is: 'message', message: said(1), quoted: null, change: null },
    { is: 'message', message: said(2, { replyTo: 'm1' }), quoted: said(1), change: null },
    { is: 'message', message: said(3, { replyTo: 'm0' }), quoted: 'gone', change: null },
  ])
})

test('a change that is on its way stands with its message only', () => {
  const change = { kind: 'edit' as const, ref: 'e', id: 'm2', text: 'x', state: 'sending' as const }
  const stray = { ...change, ref: 'f', id: 'm9' }
  const found = rowsOf(chat({ unsent: [change, stray] }), '').flatMap(row =>
    row.is === 'message' ? [row.change] : [],
  )
  expect(found).toEqual([null, change, null])
})

test('asides stand behind the message they came after, also when it is gone', () => {
  const asides = [
    aside('a', ''),
    aside('b', keyOf(said(1))),
    aside('c', keyOf(said(2))),
    aside('d', keyOf(said(9))),
  ]
  expect(lines(chat({ asides }))).toEqual(['a', 'm1', 'b', 'm2', 'c', 'm3', 'd'])
  const without = { ...chat({ asides }), log: paged(emptyLog, { items: [said(1), said(3)], next: null }) }
  expect(lines(without)).toEqual(['a', 'm1', 'b', 'c', 'm3', 'd'])
})

test('"New" stands before the first that is new, and nowhere when that is gone', () => {
  expect(lines(chat({ newFrom: 'm2' }))).toEqual(['m1', 'new', 'm2', 'm3'])
  expect(lines(chat({ newFrom: 'm9' }))).toEqual(['m1', 'm2', 'm3'])
})

test('only the end is shown until somebody goes up', () => {
  const start = startOf(chat(), 2)
  expect([lines(chat({ asides: [aside('a', '')] }), start), countFrom(chat(), start)]).toEqual([
    ['m2', 'm3'],
    2,
  ])
  expect([startOf(chat(), 3), startOf(emptyChat, 3), countFrom(chat(), '')]).toEqual(['', '', 3])
  // What a hidden message says can still be quoted.
  expect(rowsOf(chat(), start)[0]).toMatchObject({ quoted: said(1) })
})

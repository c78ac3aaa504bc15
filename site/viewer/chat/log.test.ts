import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChatMessage } from '../../../worker/live/protocol.ts'
import { other, said, you } from './fixture.ts'
import { erased, heard, paged, shownOf } from './log.ts'
import { emptyLog, type Log } from './state.ts'

const ids = (log: Log) => shownOf(log).map(({ id }) => id)
const page = (items: ChatMessage[], next: string | null = null) => ({ items, next })

test('what is heard twice, or heard and in a page, is there once', () => {
  const log = paged(heard(heard(emptyLog, said(2)), said(2)), page([said(1), said(2)]))
  expect(ids(log)).toEqual(['m1', 'm2'])
})

test('an older version does not replace a newer one', () => {
  const edited = said(1, { text: 'Better', editedAt: '2026-11-21T14:01:00.000Z' })
  expect(shownOf(paged(heard(emptyLog, edited), page([said(1)])))).toEqual([edited])
  expect(shownOf(heard(heard(emptyLog, said(1)), edited))).toEqual([edited])
})

test('an edit of something that is not loaded yet leaves no hole: it shows with its page', () => {
  const edited = said(1, { text: 'Better', editedAt: '2026-11-21T14:01:00.000Z' })
  const log = heard(paged(emptyLog, page([said(5), said(6)], 'x')), edited)
  expect(ids(log)).toEqual(['m5', 'm6'])
  expect(ids(paged(log, page([said(3), said(4)], 'y')))).toEqual(['m3', 'm4', 'm5', 'm6'])
  const all = paged(paged(log, page([said(3), said(4)], 'y')), page([said(1), said(2)]))
  expect(shownOf(all)[0]).toEqual(edited)
})

test('a page that was read before a deletion does not bring anything back', () => {
  const both = page([said(1), said(2, { from: you }), said(3)])
  const full = paged(emptyLog, both)
  expect(ids(paged(erased(full, { id: 'm1' }), both))).toEqual(['m2', 'm3'])
  expect(ids(paged(erased(full, { of: other.id }), both))).toEqual(['m2'])
  expect(ids(paged(erased(full, { all: true }), both))).toEqual([])
})

test('what is said after everything was deleted is there', () => {
  const cleared = erased(erased(paged(emptyLog, page([said(1)])), { of: other.id }), { all: true })
  expect(ids(heard(cleared, said(2)))).toEqual(['m2'])
})

test('an empty page at the beginning shows all there is', () => {
  const log = paged(paged(emptyLog, page([said(2)], 'x')), page([]))
  expect([ids(log), log.next]).toEqual([['m2'], null])
})

/** A room's database: what happens to it, and what a page that asks for all of it is told, however late. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), by: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('of' as const), by: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'all' as const }) },
)

test('whatever happens while a page of history is on its way, what is shown is what is stored', () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 20 }),
      fc.array(happening, { maxLength: 20 }),
      (before, meanwhile) => {
        let stored: ChatMessage[] = []
        let n = 0
        let log: Log | null = null
        const happen = (events: typeof before) => {
          for (const event of events) {
            n += 1
            const by = 'by' in event && event.by ? you : other
            const chosen = 'which' in event ? stored[event.which % Math.max(1, stored.length)] : undefined
            if (event.do === 'say') {
              stored = [...stored, said(n, { from: by })]
              log &&= heard(log, stored.at(-1)!)
            } else if (event.do === 'edit' && chosen) {
              const edited = { ...chosen, text: `Edit ${n}`, editedAt: said(n).at }
              stored = stored.map(one => (one === chosen ? edited : one))
              log &&= heard(log, edited)
            } else if (event.do === 'delete' && chosen) {
              stored = stored.filter(one => one !== chosen)
              log &&= erased(log, { id: chosen.id })
            } else if (event.do === 'of') {
              stored = stored.filter(({ from }) => from.id !== by.id)
              log &&= erased(log, { of: by.id })
            } else if (event.do === 'all') {
              stored = []
              log &&= erased(log, { all: true })
            }
          }
        }
        happen(before)
        const half = Math.floor(stored.length / 2)
        log = paged(emptyLog, page(stored.slice(half), half > 0 ? 'older' : null))
        const asked = stored.slice(0, half)
        happen(meanwhile)
        if (half > 0) log = paged(log, page(asked))
        expect(shownOf(log)).toEqual(stored)
      },
    ),
  )
})

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { idOf, MemoryChat } from '../../test/support/live.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { sql, write } from '../db.ts'
import type { AboutChat, Ask } from './rules/state.ts'
import { answerAsks, CHAT_PAGE } from './store.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const ROOM = idOf('room')
const OTHER = idOf('other')
const ann = { id: idOf('ann'), name: 'Ann' }
const ben = { id: idOf('ben'), name: 'Ben' }
const cem = { id: idOf('cem'), name: 'Cem' }

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
  await write(database.db, [
    ...[ROOM, OTHER].map(id =>
      sql("INSERT INTO rooms (id, slug, title, created_at, updated_at) VALUES (:id, :id, 'x', 0, 0)", { id }),
    ),
    sql(
      `INSERT INTO links (id, room_id, label, permissions, created_at, updated_at)
       VALUES ('link', :ROOM, 'x', '["message"]', 0, 0)`,
      { ROOM },
    ),
    ...[ann, ben, cem].map(({ id, name }) =>
      sql(
        `INSERT INTO people (id, room_id, link_id, name, joined_at, permissions)
         VALUES (:id, :ROOM, 'link', :name, 0, '["op","message"]')`,
        { id, name, ROOM },
      ),
    ),
  ])
})
afterEach(() => database.close())

const asks = (...all: Ask[]) => answerAsks(database.db, { roomId: ROOM, sub: '' }, all)
const said = (n: number, change: Partial<Extract<Ask, { kind: 'say' }>> = {}): AboutChat => ({
  kind: 'say',
  socket: 's',
  by: ann,
  ref: `r${n}`,
  id: numbered(n),
  at: NOW + n,
  text: `text ${n}`,
  me: false,
  to: null,
  replyTo: null,
  ...change,
})
const numbered = (n: number) => `m${n.toString(8).replace(/[0-7]/g, d => 'abcdefgh'[+d]!)}`.padEnd(16, '2')
const page = (by = ann, before: string | null = null, since = 0): AboutChat => ({
  kind: 'page',
  socket: 's',
  by,
  before,
  since,
  welcome: false,
})
const erase = (which: Extract<Ask, { kind: 'delete' }>['which'], by = ann, anybody = false): AboutChat => ({
  kind: 'delete',
  socket: 's',
  by,
  which,
  anybody,
})

describe('the database does what the model does', () => {
  const people = fc.constantFrom(ann, ben, cem)
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('say' as const),
        by: people,
        to: fc.option(people, { freq: 2 }),
        n: fc.nat(9),
        reply: fc.nat(9),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), by: people, n: fc.nat(9) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('delete' as const),
        by: people,
        n: fc.nat(9),
        what: fc.constantFrom('id', 'id', 'of', 'all'),
        anybody: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('page' as const), by: people }) },
  )

  it('for any sequence, asked one by one or all at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, atOnce) => {
        await database.db.execute('DELETE FROM chat')
        const model = new MemoryChat()
        const list = steps.map((s, i): AboutChat => {
          const base = { socket: 's', by: s.by }
          if (s.kind === 'say')
            return said(i, { ...base, ref: `r${s.n}`, to: s.to, replyTo: numbered(s.reply) })
          if (s.kind === 'edit')
            return { ...base, kind: 'edit', id: numbered(s.n), at: NOW + i, text: `edit ${i}` }
          if (s.kind === 'page') return page(s.by)
          const which =
            s.what === 'id'
              ? { id: numbered(s.n) }
              : s.what === 'of'
                ? { of: s.by.id }
                : { all: true as const }
          return erase(which, s.by, s.anybody)
        })
        const answers = atOnce || !list.length ? await asks(...list) : []
        if (!atOnce) for (const ask of list) answers.push(...(await asks(ask)))
        expect(answers).toEqual(list.map(ask => model.answer(ask)))
      }),
      { numRuns: 60 },
    )
  })
})

it('the chat comes in pages, oldest first within one, each message once', async () => {
  const n = CHAT_PAGE * 2 + 7
  await asks(...Array.from({ length: n }, (_, i) => said(i, { at: NOW + Math.floor(i / 10) })))
  const seen: string[] = []
  let before: string | null = null
  do {
    const [answer] = (await asks(page(ben, before))) as {
      page: { items: { text: string }[]; next: string | null }
    }[]
    seen.unshift(...answer!.page.items.map(item => item.text))
    before = answer!.page.next
  } while (before)
  expect([seen.length, new Set(seen).size]).toEqual([n, n])
  expect(seen[0]).toMatch(/text \d$/)
})

it('what is older than asked for is not shown', async () => {
  await asks(said(1), said(2))
  expect(await asks(page(ann, null, NOW + 2))).toEqual([
    { page: { items: [expect.objectContaining({ text: 'text 2' })], next: null } },
  ])
})

it('another room’s messages are neither shown, changed, answered nor deleted', async () => {
  await answerAsks(database.db, { roomId: OTHER, sub: '' }, [said(1)])
  const id = numbered(1)
  expect(
    await asks(
      { kind: 'edit', socket: 's', by: ann, id, at: NOW, text: 'x' },
      erase({ id }, ann, true),
      erase({ of: ann.id }, ann, true),
      erase({ all: true }, ann, true),
      said(2, { replyTo: id }),
      page(),
    ),
  ).toMatchObject([
    { edited: undefined },
    { deleted: undefined },
    { deleted: 'many' },
    { deleted: 'many' },
    { said: { replyTo: null } },
    { page: { items: [{ text: 'text 2' }] } },
  ])
  expect(await answerAsks(database.db, { roomId: OTHER, sub: '' }, [page()])).toMatchObject([
    { page: { items: [{ text: 'text 1' }] } },
  ])
})

it('who is no operator any more deletes their own messages alone', async () => {
  const demoted = 'UPDATE people SET permissions = \'["message"]\' WHERE id = :id'
  await database.db.execute(sql(demoted, { id: ann.id }))
  await asks(said(1), said(2, { by: ben }), said(3, { by: ben }))
  expect(
    await asks(
      erase({ id: numbered(2) }, ann, true),
      erase({ of: ben.id }, ann, true),
      erase({ all: true }, ann, true),
      erase({ id: numbered(1) }, ann, true),
      page(),
    ),
  ).toMatchObject([
    { deleted: undefined },
    { deleted: undefined },
    { deleted: undefined },
    { deleted: { from: ann.id, to: null } },
    { page: { items: [{ text: 'text 2' }, { text: 'text 3' }] } },
  ])
})

it('in a room that is gone nothing is saved', async () => {
  expect(await answerAsks(database.db, { roomId: idOf('gone'), sub: '' }, [said(1), page()])).toEqual([
    'failed',
    { page: { items: [], next: null } },
  ])
})

it('a database that fails has done nothing', async () => {
  database.state('down')
  await expect(asks(said(1), page())).rejects.toThrow()
  database.state('up')
  expect(await asks(page())).toEqual([{ page: { items: [], next: null } }])
})

it('every question is one round trip, by index', async () => {
  database.roundTrips()
  await asks(
    said(1, { to: ben, replyTo: numbered(0) }),
    { kind: 'edit', socket: 's', by: ann, id: numbered(1), at: NOW, text: 'x' },
    page(ben, `${NOW}.${numbered(1)}`),
    page(),
    erase({ id: numbered(1) }),
    erase({ of: ann.id }),
    erase({ all: true }),
  )
  const plans = await plansOf(database)
  expect([plans.length, plans.flatMap(scans), database.roundTrips()]).toEqual([8, [], 1])
})

it('a still is found by its id, in its own room alone', async () => {
  const id = idOf('still')
  await write(database.db, [
    sql(
      `INSERT INTO stills (id, room_id, person_name, name, at, width, height, bytes, created_at)
       VALUES (:id, :ROOM, 'Ann', 'grade_x', :NOW, 1920, 1080, 9, 0)`,
      { id, ROOM, NOW },
    ),
  ])
  const wanted = { kind: 'still' as const, socket: 's', by: ann, id }
  const still = { name: 'grade_x', at: NOW, width: 1920, height: 1080, streamId: null }
  expect(await asks(wanted, { ...wanted, id: idOf('none') })).toEqual([{ still }, { still: undefined }])
  expect(await answerAsks(database.db, { roomId: OTHER, sub: '' }, [wanted])).toEqual([{ still: undefined }])
  expect((await plansOf(database)).flatMap(scans)).toEqual([])
})

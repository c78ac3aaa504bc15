import { afterEach, beforeEach, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { sql, write } from '../db.ts'
import { sweepChat } from './sweep.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const HOUR = 3600_000

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.close())

/** Rooms by how long they keep their chat, each with messages of the ages given, in ms. */
async function rooms(
  list: Record<string, { keeps: number | null | undefined; said: Record<string, number[]> }>,
) {
  await write(
    database.db,
    Object.entries(list).flatMap(([id, { keeps, said }]) => [
      sql(
        `INSERT INTO rooms (id, slug, title, created_at, updated_at${keeps === undefined ? '' : ', history_ms'})
         VALUES (:id, :id, 'x', 0, 0${keeps === undefined ? '' : ', :keeps'})`,
        keeps === undefined ? { id } : { id, keeps },
      ),
      ...Object.entries(said).flatMap(([sub, ages]) =>
        ages.map(age =>
          sql(
            `INSERT INTO chat (id, room_id, sub, person_id, person_name, text, ref, created_at)
             VALUES (:key, :id, :sub, 'p', 'x', 'x', :key, :at)`,
            { key: `${id}/${sub} ${age}`, id, sub, at: NOW - age },
          ),
        ),
      ),
    ]),
  )
}
const left = async () =>
  (await database.db.execute('SELECT id FROM chat ORDER BY id')).rows.map(row => row.id)

it('takes from each room what is older than it shows, and nothing from one that keeps all', async () => {
  await rooms({
    always: { keeps: null, said: { '': [1, 9_999 * HOUR] } },
    minute: { keeps: 60_000, said: { '': [59_999, 60_000, 60_001], side: [60_001] } },
    silent: { keeps: 60_000, said: {} },
    usual: {
      keeps: undefined,
      said: { '': [4 * HOUR, 4 * HOUR + 1], side: [1, 5 * HOUR], zebra: [5 * HOUR] },
    },
  })
  await database.db.execute(sweepChat(NOW))
  expect(await left()).toEqual([
    'always/ 1',
    `always/ ${9_999 * HOUR}`,
    'minute/ 59999',
    'minute/ 60000',
    `usual/ ${4 * HOUR}`,
    'usual/side 1',
  ])
})

it('does nothing where nothing was said', async () => {
  await rooms({ silent: { keeps: 60_000, said: {} } })
  expect((await database.db.execute(sweepChat(NOW))).rowsAffected).toBe(0)
})

it('walks along the index of conversations, and reads none through', async () => {
  database.roundTrips()
  await database.db.execute(sweepChat(NOW))
  const [plan] = await plansOf(database)
  expect(scans(plan!)).toEqual(['SCAN p', 'SCAN p'])
  expect(plan!.steps.filter(step => / [cn] /.test(step))).toEqual([
    'SEARCH n USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH c USING COVERING INDEX chat_by_place ((room_id,sub)>(?,?))',
    'SEARCH c USING COVERING INDEX chat_by_place (room_id=? AND sub=? AND created_at<?)',
  ])
})

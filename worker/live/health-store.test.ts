import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { idOf } from '../../test/support/live.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { all, first, sql, write } from '../db.ts'
import { MAX_INCIDENTS, MAX_OF_PERSON } from './health-store.ts'
import type { Ask, Incident } from './rules/state.ts'
import { answerAsks } from './store.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const ROOM = idOf('room')
const ann = { id: idOf('ann'), name: 'Ann' }

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
  await write(database.db, [
    sql("INSERT INTO rooms (id, slug, title, created_at, updated_at) VALUES (:ROOM, 'r', 'x', 0, 0)", {
      ROOM,
    }),
    sql(
      `INSERT INTO links (id, room_id, label, permissions, created_at, updated_at)
       VALUES ('link', :ROOM, 'x', '[]', 0, 0)`,
      { ROOM },
    ),
    sql("INSERT INTO people (id, room_id, link_id, name, joined_at) VALUES (:id, :ROOM, 'link', :name, 0)", {
      ...ann,
      ROOM,
    }),
  ])
})
afterEach(() => database.close())

const asks = (...list: Ask[]) => answerAsks(database.db, { roomId: ROOM, sub: '' }, list)
const incident = (change: Partial<Incident> = {}): Incident => ({
  id: idOf('incident'),
  personId: ann.id,
  personName: ann.name,
  level: 'fair',
  side: 'network',
  cause: 'loss',
  beganAt: NOW,
  endedAt: null,
  ...change,
})
const note = (...incidents: Incident[]) =>
  asks(...incidents.map(one => ({ kind: 'incident' as const, incident: one })))
const kept = async () =>
  all(
    await database.db.execute(
      `SELECT id, level, cause, began_at AS beganAt, ended_at AS endedAt FROM health_incidents ORDER BY began_at`,
    ),
  )

/** So many incidents that ended, of one person. */
const fill = (count: number, personId: string) =>
  database.db.execute(
    sql(
      `INSERT INTO health_incidents (id, room_id, person_id, person_name, level, side, cause, began_at, ended_at)
       SELECT :personId || value, :ROOM, :personId, 'x', 'fair', 'network', 'loss', 0, 1
       FROM json_each(:numbers)`,
      { ROOM, personId, numbers: JSON.stringify(Array.from({ length: count }, (_, i) => i)) },
    ),
  )

describe('incidents', () => {
  it('are written as far as they are known, in one round trip, however often', async () => {
    database.roundTrips()
    expect(await note(incident(), incident({ level: 'poor' }))).toEqual([{ noted: true }, { noted: true }])
    expect(database.roundTrips()).toBe(1)
    await note(incident({ level: 'poor', endedAt: NOW + 9_000 }))
    expect(await kept()).toEqual([
      { id: idOf('incident'), level: 'poor', cause: 'loss', beganAt: NOW, endedAt: NOW + 9_000 },
    ])
  })

  it('one that a dead process left open ends where the next begins', async () => {
    await note(incident())
    await note(incident({ id: idOf('later'), beganAt: NOW + 60_000 }))
    expect(await kept()).toMatchObject([{ endedAt: NOW + 60_000 }, { id: idOf('later'), endedAt: null }])
  })

  it.each([
    ['a person', MAX_OF_PERSON, ann.id],
    ['a room', MAX_INCIDENTS, idOf('others')],
  ])('no more than so many of %s, but what is there still ends', async (_, most, personId) => {
    await fill(most - 1, personId)
    await note(incident())
    await note(incident({ id: idOf('further'), beganAt: NOW + 1 }))
    await note(incident({ endedAt: NOW + 9_000 }))
    const rows = (await kept()) as { id: string; endedAt: number }[]
    expect([rows.length, rows.at(-1)]).toMatchObject([most, { id: idOf('incident'), endedAt: NOW + 9_000 }])
  })

  it('none of a room that is gone', async () => {
    await database.db.execute('DELETE FROM people')
    await database.db.execute('DELETE FROM links')
    await database.db.execute('DELETE FROM rooms')
    await note(incident())
    expect(await kept()).toEqual([])
  })
})

describe('the display check', () => {
  const check = (checked: boolean, at: number, by = ann) =>
    asks({ kind: 'display', socket: 's', by, ref: undefined, checked, at })
  const checkedAt = async () =>
    first(await database.db.execute('SELECT display_checked_at AS at FROM people'))

  it('keeps when it was first said, until it is taken back', async () => {
    expect(await check(true, NOW)).toEqual([{ checked: true }])
    await check(true, NOW + 1)
    expect(await checkedAt()).toEqual({ at: NOW })
    expect(await check(false, NOW + 2)).toEqual([{ checked: false }])
    expect(await checkedAt()).toEqual({ at: null })
  })

  it('of somebody who is not there is not saved', async () => {
    expect(await check(true, NOW, { id: idOf('nobody'), name: 'Nobody' })).toEqual(['failed'])
  })
})

it('nothing reads through a table', async () => {
  await note(incident())
  await asks({ kind: 'display', socket: 's', by: ann, ref: undefined, checked: true, at: NOW })
  const plans = await plansOf(database)
  const own = plans.filter(({ sql }) => /health_incidents|UPDATE people/.test(sql))
  expect(own.filter(plan => scans(plan).some(step => !/^SCAN \(subquery/.test(step)))).toEqual([])
  expect(own).toHaveLength(3)
})

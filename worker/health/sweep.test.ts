import { afterEach, beforeEach, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { all, sql, write } from '../db.ts'
import { sweepIncidents } from './sweep.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const HOUR = 3600_000

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
  await write(database.db, [
    sql("INSERT INTO rooms (id, slug, title, created_at, updated_at) VALUES ('r', 'r', 'x', 0, 0)"),
    sql(`INSERT INTO links (id, room_id, label, permissions, created_at, updated_at)
       VALUES ('link', 'r', 'x', '[]', 0, 0)`),
    ...['here', 'gone', 'never'].map(id =>
      sql("INSERT INTO people (id, room_id, link_id, name, joined_at) VALUES (:id, 'r', 'link', :id, 0)", {
        id,
      }),
    ),
    lease('here', NOW + 1),
    lease('gone', NOW - 60_000),
  ])
})
afterEach(() => database.close())

const lease = (person: string, expiresAt: number) =>
  sql(
    `INSERT INTO leases (session, person_id, room_id, link_id, protocol, address, generation, opened_at, expires_at)
     VALUES (:person, :person, 'r', 'link', 'WebRTC', '192.0.2.1', 0, 0, :expiresAt)`,
    { person, expiresAt },
  )
const incident = (id: string, person: string, beganAt: number, endedAt: number | null = null) =>
  sql(
    `INSERT INTO health_incidents (id, room_id, person_id, person_name, level, side, cause, began_at, ended_at)
     VALUES (:id, 'r', :person, :person, 'fair', 'network', 'loss', :beganAt, :endedAt)`,
    { id, person, beganAt, endedAt },
  )

it('ends what nobody can end any more, and nothing else', async () => {
  await write(database.db, [
    incident('a-watched', 'here', NOW - HOUR),
    incident('b-left', 'gone', NOW - HOUR),
    incident('c-never', 'never', NOW - HOUR),
    incident('d-young', 'never', NOW - 60_000),
    incident('e-ended', 'gone', NOW - HOUR, NOW - HOUR + 9_000),
  ])
  database.roundTrips()
  await database.db.execute(sweepIncidents(NOW))
  expect((await plansOf(database)).flatMap(scans)).toEqual([])
  expect(
    all(await database.db.execute('SELECT id, ended_at AS endedAt FROM health_incidents ORDER BY id')),
  ).toEqual([
    { id: 'a-watched', endedAt: null },
    { id: 'b-left', endedAt: NOW - 60_000 },
    { id: 'c-never', endedAt: NOW - HOUR },
    { id: 'd-young', endedAt: null },
    { id: 'e-ended', endedAt: NOW - HOUR + 9_000 },
  ])
})

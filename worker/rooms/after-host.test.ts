import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ask,
  drops,
  hiddenName,
  ingestKey,
  join,
  makeLink,
  makeRoom,
  publish,
  rows,
} from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { connectedPage } from '../../test/support/live-page.ts'
import { originWith } from '../../test/support/origin.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { sql } from '../db.ts'
import { dueAfterHost, endAfterHost } from './after-host.ts'
import type { Room } from './schema.ts'

/** A room that ends so many minutes after its last host has left. */

const MINUTE = 60_000

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  app.origin.answer = originWith({})
  room = await makeRoom(app)
  await set({ end_after_host_ms: 5 * MINUTE, host_left_at: NOON })
})
afterEach(() => app.close())

async function set(columns: Record<string, number | null>) {
  const list = Object.keys(columns).map(name => `${name} = :${name}`)
  await app.db.execute(sql(`UPDATE rooms SET ${list.join(', ')}`, columns))
}
const endedAt = async () => (await rows(app, 'rooms', 'ended_at'))[0]!.ended_at
const runAt = async (at: number) => {
  app.clock.now = at
  await app.db.execute('UPDATE jobs SET held_until = 0')
  await app.minute()
}

it('ends when that time has passed, not a moment before', async () => {
  await runAt(NOON + 5 * MINUTE - 1)
  expect(await endedAt()).toBeNull()
  await runAt(NOON + 5 * MINUTE)
  expect(await endedAt()).toBe(NOON + 5 * MINUTE)
})

it.each<[string, Record<string, number | null>]>([
  ['a host is in', { host_since: NOON }],
  ['no host was there yet', { host_left_at: null }],
  ['nobody asked for it', { end_after_host_ms: null }],
  ['more time is given', { end_after_host_ms: 10 * MINUTE + 1 }],
  ['it begins only now, and the host was at the review before', { starts_at: NOON + 1 }],
])('does not end when %s', async (_, columns) => {
  await set(columns)
  await runAt(NOON + 10 * MINUTE)
  expect(await endedAt()).toBeNull()
})

it('keeps the moment at which it ended', async () => {
  await set({ ended_at: NOON - 1 })
  await runAt(NOON + 10 * MINUTE)
  expect(await endedAt()).toBe(NOON - 1)
})

it('goes on when a host comes back between look and end', async () => {
  expect(await dueAfterHost(app.db, NOON + 5 * MINUTE)).toEqual([{ id: room.id, title: 'Nordlicht' }])
  await set({ host_since: NOON + 1, host_left_at: null })
  expect([await endAfterHost(app.db, room.id, NOON + 5 * MINUTE), await endedAt()]).toEqual([false, null])
})

it('ends as if somebody had ended it: publisher dropped, name changed, people told, and written down', async () => {
  await publish(app, await ingestKey(app, room.id))
  const hidden = await hiddenName(app)
  const page = await connectedPage(app, (await join(app, await makeLink(app, room.id))).token)
  await app.settled()
  page.read()
  const before = (await rows(app, 'rooms', 'version'))[0]!.version
  await runAt(NOON + 5 * MINUTE)
  await app.settled()
  expect({
    version: (await rows(app, 'rooms', 'version'))[0]!.version,
    drops: drops(app),
    renamed: (await hiddenName(app)) !== hidden,
    publications: await rows(app, 'publications'),
    told: page.read().map(message => message.type),
    closed: page.closed,
    audit: await rows(
      app,
      "audit WHERE action = 'room.end'",
      'outcome, actor_kind, target_id, target_name, room_id',
    ),
  }).toEqual({
    version: Number(before) + 1,
    drops: [hidden],
    renamed: true,
    publications: [],
    told: ['room.changed', 'bye'],
    closed: 'room_ended',
    audit: [
      {
        outcome: 'done',
        actor_kind: 'sightline',
        target_id: room.id,
        target_name: 'Nordlicht',
        room_id: room.id,
      },
    ],
  })
})

it('that is opened again goes on until a host has been there and left', async () => {
  await runAt(NOON + 5 * MINUTE)
  await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'open' } })
  await runAt(NOON + 60 * MINUTE)
  expect([await endedAt(), await rows(app, 'rooms', 'host_left_at')]).toEqual([
    null,
    [{ host_left_at: null }],
  ])
})

describe('by index', () => {
  it('few rooms are looked at', async () => {
    app.roundTrips()
    await dueAfterHost(app.db, NOON)
    const [plan] = await plansOf(app.database)
    expect([scans(plan!), plan!.steps]).toEqual([
      [],
      ['SEARCH rooms USING INDEX rooms_left (host_left_at<?)'],
    ])
  })
})

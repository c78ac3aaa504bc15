import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeLink, makeRoom } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { newId } from '../crypto/id.ts'
import { all, sql } from '../db.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from './schema.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

/** Somebody of a link, as the door leaves them. */
async function stand(link: Link, given: { admitted?: number; removed?: number } = {}) {
  const name = newId()
  await app.db.execute(
    sql(
      `INSERT INTO people (id, room_id, link_id, name, joined_at, admitted_at, removed_at)
       VALUES (:name, :room, :link, :name, :now, :admitted, :removed)`,
      {
        name,
        room: link.roomId,
        link: link.id,
        now: app.clock.now,
        admitted: given.admitted ?? null,
        removed: given.removed ?? null,
      },
    ),
  )
  return name
}

const admittedAt = async (name: string) =>
  all<{ at: number | null }>(
    await app.db.execute(sql('SELECT admitted_at AS at FROM people WHERE id = :name', { name })),
  )[0]!.at

const changeRoom = (room: Room, json: object, headers: Record<string, string> = {}) =>
  ask(app, 'PATCH', `/api/rooms/${room.id}`, { json, headers })

describe('who waits before a door', () => {
  test.each<[room: object, link: object, change: object, letIn: boolean]>([
    [{ lock: {} }, {}, { lock: null }, true],
    [{ waitingRoom: true }, {}, { waitingRoom: false }, true],
    [{ lock: {}, waitingRoom: true }, {}, { lock: null, waitingRoom: false }, true],
    [{ autolock: true }, {}, { lock: null }, true],
    [{ lock: {}, waitingRoom: true }, {}, { lock: null }, false],
    [{ lock: {}, waitingRoom: true }, {}, { waitingRoom: false }, false],
    [{ lock: {} }, { waitingRoom: true }, { lock: null }, false],
    [{ waitingRoom: true }, { waitingRoom: true }, { waitingRoom: false }, false],
    [{ waitingRoom: true }, {}, { waitingRoom: false, lock: {} }, false],
    [{ lock: {} }, {}, { lock: { message: 'still' } }, false],
    [{ autolock: true }, {}, { autolock: false }, false],
    [{ lock: {} }, {}, { title: 'x' }, false],
    [{ waitingRoom: true }, {}, { public: true }, false],
  ])('of %j through %j: %j lets them in: %j', async (made, through, change, letIn) => {
    const room = await makeRoom(app, made)
    const waits = await stand(await makeLink(app, room.id, through))
    app.clock.now += 1_000
    expect((await changeRoom(room, change)).status).toBe(200)
    expect(await admittedAt(waits)).toBe(letIn ? app.clock.now : null)
  })

  test('comes in with the change, in the same round trip', async () => {
    const room = await makeRoom(app, { lock: {} })
    const waits = await stand(await makeLink(app, room.id))
    await app.settled()
    app.roundTrips()
    await changeRoom(room, { lock: null })
    // Whether the caller is blocked, the change, its audit entry.
    expect(app.roundTrips()).toBe(3)
    expect(await admittedAt(waits)).toBe(app.clock.now)
  })

  test('stays there when the change is refused', async () => {
    const room = await makeRoom(app, { lock: {}, waitingRoom: true })
    const waits = await stand(await makeLink(app, room.id))
    expect((await changeRoom(room, { lock: null, waitingRoom: false }, { 'if-match': '"7"' })).status).toBe(
      412,
    )
    expect(await admittedAt(waits)).toBeNull()
  })

  test('of another room stays there; who was removed does not come back; who was in keeps the time', async () => {
    const [room, other] = [
      await makeRoom(app, { lock: {} }),
      await makeRoom(app, { slug: 'other', lock: {} }),
    ]
    const link = await makeLink(app, room.id)
    const elsewhere = await stand(await makeLink(app, other.id))
    const removed = await stand(link, { removed: 1 })
    const inside = await stand(link, { admitted: 5 })
    await changeRoom(room, { lock: null })
    expect(await Promise.all([elsewhere, removed, inside].map(admittedAt))).toEqual([null, null, 5])
  })
})

describe('a link that takes its waiting room away', () => {
  const changeLink = (link: Link, json: object, headers: Record<string, string> = {}) =>
    ask(app, 'PATCH', `/api/rooms/${link.roomId}/links/${link.id}`, { json, headers })

  test.each<[room: object, change: object, letIn: boolean]>([
    [{}, { waitingRoom: false }, true],
    [{}, { label: 'x' }, false],
    [{}, { waitingRoom: true }, false],
    [{ lock: {} }, { waitingRoom: false }, false],
    [{ waitingRoom: true }, { waitingRoom: false }, false],
  ])('of a room with %j, by %j, lets in who waits: %j', async (made, change, letIn) => {
    const room = await makeRoom(app, made)
    const link = await makeLink(app, room.id, { waitingRoom: true })
    const other = await stand(await makeLink(app, room.id, { waitingRoom: true }))
    const waits = await stand(link)
    expect((await changeLink(link, change)).status).toBe(200)
    expect([await admittedAt(waits), await admittedAt(other)]).toEqual([letIn ? app.clock.now : null, null])
  })

  test('lets in nobody when the change is refused', async () => {
    const room = await makeRoom(app)
    const link = await makeLink(app, room.id, { waitingRoom: true })
    const waits = await stand(link)
    expect((await changeLink(link, { waitingRoom: false }, { 'if-match': '"7"' })).status).toBe(412)
    expect(await admittedAt(waits)).toBeNull()
  })
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { webhook } from '../../test/support/ome.ts'
import { newId } from '../crypto/id.ts'
import { signToken } from '../crypto/token.ts'
import type { Room } from '../rooms/schema.ts'

/** Everybody at once, over the whole app: whatever the order they are served in, the seats are as many as they are. */

const CROWD = 200

let app: TestApp
beforeEach(async () => {
  // However long a crowd takes on this machine, nobody is refused for being answered late.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  app = await testApp()
})
afterEach(() => {
  vi.useRealTimers()
  app.close()
})

/** So many people of one link, each with a fresh address. */
async function crowd(room: Room, linkId: string, size = CROWD): Promise<string[]> {
  const [stream] = await rows(app, `streams WHERE room_id = '${room.id}'`, 'id')
  const people = Array.from({ length: size }, newId)
  await app.db.batch(
    people.map(id => ({
      sql: "INSERT INTO people (id, room_id, link_id, name, joined_at, admitted_at) VALUES (:id, :roomId, :linkId, 'x', 0, 0)",
      args: { id, roomId: room.id, linkId },
    })),
    'write',
  )
  return Promise.all(
    people.map(async p => {
      const claims = { o: 'default', r: room.id, s: stream!.id, p, l: linkId, g: NOON, d: 'play' }
      const token = await signToken(app.keys, 'playback-token', claims, NOON + 90_000)
      return `ws://origin.test:3333/app/${room.slug}?stream_token=${token}`
    }),
  )
}

const openAll = (urls: string[]) => Promise.all(urls.map((url, i) => webhook(app, { url, port: 1_000 + i })))
const seated = async () => (await rows(app, 'leases', 'DISTINCT person_id')).length

it.each([1, 7])('200 openings for %i seats of a room seat as many, and no more', async seats => {
  const room = await makeRoom(app, { maxViewers: seats })
  const answers = await openAll(await crowd(room, (await makeLink(app, room.id)).id))
  const admitted = answers.filter(({ allowed }) => allowed)
  expect([admitted.length, await seated()]).toEqual([seats, seats])
  expect(new Set(answers.map(({ reason }) => reason))).toEqual(new Set([undefined, 'room full']))
})

it('200 openings through four links, with seats of links and of the room, keep all limits', async () => {
  const room = await makeRoom(app, { maxViewers: 20 })
  const limits = [3, 8, 12, undefined]
  const links = await Promise.all(
    limits.map(maxDevices => makeLink(app, room.id, maxDevices ? { maxDevices } : {})),
  )
  const crowds = await Promise.all(links.map(link => crowd(room, link.id, CROWD / 4)))
  // Mixed, so that every link's people come at any time.
  const urls = crowds[0]!.flatMap((_, i) => crowds.map(one => one[i]!))
  const answers = await openAll(urls)
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(20)
  const perLink = await rows(app, 'leases GROUP BY link_id', 'link_id, COUNT(DISTINCT person_id) AS seats')
  links.forEach((link, i) => {
    const seats = Number(perLink.find(row => row.link_id === link.id)?.seats ?? 0)
    expect(seats).toBeLessThanOrEqual(limits[i] ?? 20)
  })
  expect(await seated()).toBe(20)
})

it('the same people four times at once take a seat each, not four', async () => {
  const room = await makeRoom(app, { maxViewers: 10 })
  const urls = await crowd(room, (await makeLink(app, room.id)).id, 50)
  const answers = await openAll([...urls, ...urls, ...urls, ...urls])
  const admitted = new Set(answers.flatMap(({ allowed }, i) => (allowed ? [urls[i % 50]] : [])))
  expect([admitted.size, await seated()]).toEqual([10, 10])
  // Who has a seat has it for all openings after the first.
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(40)
})

it('seats that are closed while others come are given out again, never twice', async () => {
  const room = await makeRoom(app, { maxViewers: 5 })
  const urls = await crowd(room, (await makeLink(app, room.id)).id)
  const first = await openAll(urls)
  const inside = first.flatMap(({ allowed }, i) => (allowed ? [i] : []))
  const outside = urls.flatMap((_, i) => (inside.includes(i) ? [] : [i]))
  const leaving = inside.slice(0, 3)
  const [, ...later] = await Promise.all([
    Promise.all(leaving.map(i => webhook(app, { url: urls[i]!, port: 1_000 + i, status: 'closing' }))),
    ...outside.map(i => webhook(app, { url: urls[i]!, port: 5_000 + i })),
  ])
  expect(later.filter(({ allowed }) => allowed)).toHaveLength(3)
  expect(await seated()).toBe(5)
})

it('a link with a use left lets one of 50 in, and its seat is counted once', async () => {
  const room = await makeRoom(app, { maxViewers: 1 })
  const link = await makeLink(app, room.id, { maxUses: 1 })
  const joins = await Promise.allSettled(Array.from({ length: 50 }, () => join(app, link)))
  expect(joins.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await ask<{ uses: number }>(app, 'GET', `/api/rooms/${room.id}/links/${link.id}`)).body.uses).toBe(
    1,
  )
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom, playback, watch } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { webhook } from '../../test/support/ome.ts'
import type { Link } from '../links/schema.ts'
import type { Room, Seat } from './schema.ts'

let app: TestApp
let room: Room
let link: Link
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  link = await makeLink(app, room.id)
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const seats = () => ask<{ items: Seat[]; next: null }>(app, 'GET', `/api/rooms/${room.id}/seats`)

test('nobody there is an empty list, no room is none', async () => {
  const { status, headers, body } = await seats()
  expect({ status, body, cache: headers['cache-control'] }).toEqual({
    status: 200,
    body: { items: [], next: null },
    cache: 'no-store',
  })
  expect((await ask(app, 'GET', '/api/rooms/aaaaaaaaaaaaaaaa/seats')).status).toBe(404)
})

test('joining or asking for an address holds no seat', async () => {
  const { token } = await join(app, link)
  await playback(app, token)
  expect((await seats()).body.items).toEqual([])
})

test('a seat is a person, however many sessions they have', async () => {
  const anna = await join(app, link, { name: 'Anna' })
  const ben = await join(app, link, { name: 'Ben' })
  await watch(app, anna.token, '192.0.2.1')
  app.clock.now += 1000
  await watch(app, ben.token, '192.0.2.2')
  app.clock.now += 1000
  const { llhls } = await playback(app, anna.token)
  await webhook(app, { protocol: 'LLHLS', url: llhls.url, address: '192.0.2.1' })
  expect((await seats()).body.items).toEqual([
    {
      person: { id: anna.person.id, name: 'Anna' },
      link: { id: link.id, label: 'Client' },
      since: '2026-11-21T12:00:00.000Z',
      until: '2026-11-21T12:05:02.000Z',
      addresses: ['192.0.2.1'],
      protocols: ['webrtc', 'llhls'],
      sessions: 2,
    },
    {
      person: { id: ben.person.id, name: 'Ben' },
      link: { id: link.id, label: 'Client' },
      since: '2026-11-21T12:00:01.000Z',
      until: '2026-11-21T12:05:01.000Z',
      addresses: ['192.0.2.2'],
      protocols: ['webrtc'],
      sessions: 1,
    },
  ])
})

test('room and link count the same seats, and a lease that ran out is none', async () => {
  await watch(app, (await join(app, link)).token)
  const counts = async () => ({
    seats: (await seats()).body.items.length,
    room: (await ask<Room>(app, 'GET', `/api/rooms/${room.id}`)).body.seats,
    link: (await ask<Link>(app, 'GET', `/api/rooms/${room.id}/links/${link.id}`)).body.seats,
  })
  app.clock.now += 299_999
  expect(await counts()).toEqual({ seats: 1, room: 1, link: 1 })
  app.clock.now += 1
  expect(await counts()).toEqual({ seats: 0, room: 0, link: 0 })
})

test('a seat that moved shows both addresses until the old lease ends', async () => {
  const { token } = await join(app, link)
  await watch(app, token, '192.0.2.1')
  app.clock.now += 1000
  await watch(app, token, '2001:db8::1')
  expect((await seats()).body.items).toMatchObject([{ addresses: ['192.0.2.1', '2001:db8::1'], sessions: 2 }])
})

test('another room’s people are not shown', async () => {
  const other = await makeRoom(app, { slug: 'other' })
  await watch(app, (await join(app, await makeLink(app, other.id))).token)
  expect((await seats()).body.items).toEqual([])
})

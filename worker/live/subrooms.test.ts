import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { askForSeat, connectedPage, type TestPage } from '../../test/support/live-page.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { sql } from '../db.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'
import { MAX_ENTERED } from '../subrooms/entering.ts'
import { SETTLED_AFTER } from './hub.ts'
import type { ToClient } from './protocol.ts'
import { GONE_AFTER } from './rules/presence.ts'

/** Rooms within a room: who gets in, what is theirs, and what reaches them from the room. */

let app: TestApp
let room: Room
let hosts: Link
let plain: Link
let opening: Link
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  hosts = await makeLink(app, room.id, { role: 'host', label: 'Host' })
  plain = await makeLink(app, room.id, { role: 'reviewer', label: 'Plain' })
  opening = await makeLink(app, room.id, { role: 'reviewer', label: 'Opening', opens: 'subrooms' })
  await make('colour', 'Colour corner')
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const make = (name: string, title = name) =>
  ask(app, 'POST', `/api/rooms/${room.id}/subrooms`, { json: { name, title } })
const set = (json: object) => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json })
const setSub = (json: object, name = 'colour') =>
  ask(app, 'PATCH', `/api/rooms/${room.id}/subrooms/${name}`, { json })
const tokenOf = async (link: Link, name: string) => (await join(app, link, { name })).token
const tryEntering = async (token: string, name = 'colour') => {
  const { status, code } = await askForSeat(
    app,
    `sightline.1, bearer.${token}`,
    {},
    undefined,
    `?room=${name}`,
  )
  return [status, code]
}
const enter = (token: string, name = 'colour') => connectedPage(app, token, undefined, name)
const IN = [204, undefined]
const NOTHING_HERE = [404, 'not_found']

type Of<T extends ToClient['type']> = Extract<ToClient, { type: T }>
const find = <T extends ToClient['type']>(page: TestPage, type: T): Of<T> =>
  page.read().findLast(message => message.type === type) as Of<T>
const types = (page: TestPage) => page.read().map(message => message.type)

/** Time passes second by second; the pages named are heard of. */
async function pass(ms: number, ...pinging: TestPage[]): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    app.clock.now += Math.min(left, 1_000)
    for (const page of pinging) page.says({ type: 'ping' })
    await app.hub.tick()
    await app.hub.settled()
  }
}

describe('who enters', () => {
  test('hosts, and people whose link opens sub-rooms; nobody else', async () => {
    const everywhere = await makeLink(app, room.id, { role: 'observer' })
    await app.db.execute(sql("UPDATE links SET opens = 'everything' WHERE id = :id", { id: everywhere.id }))
    expect(await tryEntering(await tokenOf(hosts, 'Hal'))).toEqual(IN)
    expect(await tryEntering(await tokenOf(opening, 'Oda'))).toEqual(IN)
    expect(await tryEntering(await tokenOf(everywhere, 'Eve'))).toEqual(IN)
    expect(await tryEntering(await tokenOf(plain, 'Ann'))).toEqual(NOTHING_HERE)
  })

  test('nobody, where there is none: it looks the same', async () => {
    const elsewhere = await makeRoom(app, { slug: 'other' })
    await ask(app, 'POST', `/api/rooms/${elsewhere.id}/subrooms`, { json: { name: 'theirs' } })
    const host = await tokenOf(hosts, 'Hal')
    expect(await tryEntering(host, 'nowhere')).toEqual(NOTHING_HERE)
    expect(await tryEntering(host, 'theirs')).toEqual(NOTHING_HERE)
    expect(await rows(app, 'subrooms', 'name')).toHaveLength(2)
  })

  test.each(['', 'Colour', 'a b', 'a/b', '..', 'x'.repeat(65)])('nobody by the name %j', async name => {
    const encoded = encodeURIComponent(name)
    expect(await tryEntering(await tokenOf(hosts, 'Hal'), encoded)).toEqual([400, 'invalid'])
  })

  test('not who waits before the room’s own door, nor who may not watch; those learn why', async () => {
    const [inside, waiting, removed] = [
      await tokenOf(opening, 'Oda'),
      await tokenOf(opening, 'Wim'),
      await tokenOf(opening, 'Rob'),
    ]
    await app.db.execute("UPDATE people SET admitted_at = NULL WHERE name = 'Wim'")
    await app.db.execute("UPDATE people SET removed_at = 1 WHERE name = 'Rob'")
    expect(await tryEntering(inside)).toEqual(IN)
    expect(await tryEntering(waiting)).toEqual(NOTHING_HERE)
    expect(await tryEntering(removed)).toEqual([403, 'removed'])
    await ask(app, 'DELETE', `/api/rooms/${room.id}/links/${opening.id}`)
    expect(await tryEntering(inside)).toEqual([410, 'link_revoked'])
    const host = await tokenOf(hosts, 'Hal')
    await set({ state: 'ended' })
    expect(await tryEntering(host)).toEqual([410, 'room_ended'])
  })

  test('in one round trip', async () => {
    const token = await tokenOf(opening, 'Oda')
    app.roundTrips()
    expect(await tryEntering(token)).toEqual(IN)
    expect(app.roundTrips()).toBe(1)
  })
})

describe('where sub-rooms are there as soon as somebody enters', () => {
  beforeEach(() => set({ autoSubrooms: true }))

  test('everybody who is in the room enters any, and makes it', async () => {
    expect(await tryEntering(await tokenOf(plain, 'Ann'), 'new')).toEqual(IN)
    expect(await tryEntering(await tokenOf(plain, 'Ben'), 'new')).toEqual(IN)
    expect(await tryEntering(await tokenOf(plain, 'Cem'))).toEqual(IN)
    expect(await rows(app, 'subrooms ORDER BY name', 'name, title, entered_at')).toEqual([
      { name: 'colour', title: 'Colour corner', entered_at: null },
      { name: 'new', title: 'new', entered_at: app.clock.now },
    ])
  })

  test('who may not be in the room makes none', async () => {
    const tokens = []
    for (const name of ['Wim', 'Rob', 'Ann']) tokens.push(await tokenOf(plain, name))
    await app.db.execute("UPDATE people SET admitted_at = NULL WHERE name = 'Wim'")
    await app.db.execute("UPDATE people SET removed_at = 1 WHERE name = 'Rob'")
    expect(await tryEntering(tokens[0]!, 'new')).toEqual(NOTHING_HERE)
    expect(await tryEntering(tokens[1]!, 'new')).toEqual(NOTHING_HERE)
    await ask(app, 'POST', '/api/blocks', { json: { block: '192.0.2.1' } })
    expect(await tryEntering(tokens[2]!, 'new')).toEqual(NOTHING_HERE)
    expect(await rows(app, 'subrooms', 'name')).toEqual([{ name: 'colour' }])
  })

  test('there are so many and no more; those that are there are entered still', async () => {
    const token = await tokenOf(plain, 'Ann')
    for (let n = 1; n < MAX_ENTERED; n++) expect(await tryEntering(token, `n${n}`)).toEqual(IN)
    expect(await tryEntering(token, 'more')).toEqual(NOTHING_HERE)
    expect(await tryEntering(token, 'n7')).toEqual(IN)
    expect(await rows(app, 'subrooms', 'name')).toHaveLength(MAX_ENTERED)
  })

  test('they go when they are left, and nothing is left of what was said; others stay', async () => {
    const ann = await enter(await tokenOf(plain, 'Ann'), 'said')
    ann.says({ type: 'chat', text: 'here', ref: '1' })
    const ben = await enter(await tokenOf(plain, 'Ben'), 'left')
    const cem = await enter(await tokenOf(plain, 'Cem'), 'stay')
    await app.hub.settled()
    ann.line.lost()
    ben.line.lost()
    await pass(GONE_AFTER + 6 * 60_000, cem)
    await app.minute()
    expect(await rows(app, 'subrooms ORDER BY name', 'name')).toEqual([
      { name: 'colour' },
      { name: 'said' },
      { name: 'stay' },
    ])
    expect(await rows(app, "subroom_people WHERE sub = 'left'")).toEqual([])
    await app.db.execute('DELETE FROM chat')
    app.clock.now += 60_000
    await app.minute()
    expect(await rows(app, 'subrooms ORDER BY name', 'name')).toEqual([{ name: 'colour' }, { name: 'stay' }])
  })
})

describe('what is its own', () => {
  test('people, hands, words and what was said before', async () => {
    const [oda, ola, hal] = [
      await tokenOf(opening, 'Oda'),
      await tokenOf(opening, 'Ola'),
      await tokenOf(hosts, 'Hal'),
    ]
    const outside = await connectedPage(app, hal)
    const one = await enter(oda)
    const two = await enter(ola)
    const welcome = find(two, 'welcome')
    expect(welcome).toMatchObject({
      you: { name: 'Ola', subrooms: true, state: 'admitted' },
      room: { slug: room.slug, title: room.title, lock: null, waitingRoom: false },
      sub: { name: 'colour', title: 'Colour corner' },
      people: [{ name: 'Oda' }, { name: 'Ola' }],
    })
    expect(find(outside, 'welcome')).not.toHaveProperty('sub')
    one.read()
    one.says({ type: 'chat', text: 'between us', ref: '1' })
    one.says({ type: 'hand', raised: true })
    outside.says({ type: 'chat', text: 'to the room', ref: '1' })
    await app.hub.settled()
    expect(types(two)).toEqual(['person.changed', 'chat'])
    expect(types(outside)).toEqual(['chat'])
    const later = find(await enter(hal), 'welcome')
    expect(later.chat!.items.map(item => item.text)).toEqual(['between us'])
    const room2 = find(await connectedPage(app, oda), 'welcome')
    expect(room2.chat!.items.map(item => item.text)).toEqual(['to the room'])
    expect(await rows(app, 'chat ORDER BY sub', 'sub, text')).toEqual([
      { sub: '', text: 'to the room' },
      { sub: 'colour', text: 'between us' },
    ])
  })

  test('messages of another place are not to be edited, deleted or answered from here', async () => {
    const host = await tokenOf(hosts, 'Hal')
    const [outside, inside] = [await connectedPage(app, host), await enter(host)]
    outside.read()
    outside.says({ type: 'chat', text: 'to the room', ref: '1' })
    await app.hub.settled()
    const { id } = find(outside, 'chat').message
    inside.read()
    inside.says({ type: 'chat.edit', id, text: 'changed' })
    inside.says({ type: 'chat.delete', which: { id } })
    inside.says({ type: 'chat', text: 'so?', ref: '2', replyTo: id })
    inside.says({ type: 'chat.delete', which: { all: true } })
    await app.hub.settled()
    expect(
      inside
        .read()
        .map(message => ('code' in message ? message.code : 'message' in message && message.message.replyTo)),
    ).toEqual(['not_found', 'not_found', null, false])
    expect(await rows(app, 'chat', 'text')).toEqual([{ text: 'to the room' }])
  })

  test('its lock: who was in stays, who was not waits and reads why, hosts pass', async () => {
    const [oda, ola, hal] = [
      await tokenOf(opening, 'Oda'),
      await tokenOf(opening, 'Ola'),
      await tokenOf(hosts, 'Hal'),
    ]
    const inside = await enter(oda)
    const host = await enter(hal)
    host.says({ type: 'room.lock', message: 'Private', ref: 'l' })
    await app.hub.settled()
    expect(find(inside, 'room.changed').room.lock).toEqual({ message: 'Private' })
    expect(await rows(app, 'rooms', 'locked_at')).toEqual([{ locked_at: null }])
    const outside = await enter(ola)
    expect(find(outside, 'welcome')).toMatchObject({
      you: { state: 'waiting', waiting: { for: 'unlock', message: 'Private' } },
      people: [],
      chat: null,
    })
    expect(find(await enter(oda), 'welcome').you.state).toBe('admitted')
    expect(find(await enter(hal), 'welcome')).toMatchObject({ waiting: [{ name: 'Ola', for: 'unlock' }] })
    // The room itself is open all the while.
    expect(find(await connectedPage(app, ola), 'welcome').you.state).toBe('admitted')
    host.says({ type: 'room.unlock' })
    await app.hub.settled()
    expect(find(outside, 'welcome').you.state).toBe('admitted')
    host.says({ type: 'room.lock' })
    await app.hub.settled()
    expect(outside.read().filter(({ type }) => type === 'welcome')).toEqual([])
  })

  test('those whom a host lets in come in, locked or not, and may come back', async () => {
    const [ola, hal] = [await tokenOf(opening, 'Ola'), await tokenOf(hosts, 'Hal')]
    await setSub({ lock: {} })
    const outside = await enter(ola)
    const host = await enter(hal)
    expect(find(outside, 'welcome').you.state).toBe('waiting')
    host.read()
    host.says({ type: 'door.admit', who: { all: true }, ref: 'a' })
    await app.hub.settled()
    expect(host.read()).toContainEqual({ type: 'done', about: 'door.admit', ref: 'a' })
    expect(find(outside, 'welcome').you.state).toBe('admitted')
    expect(find(await enter(ola), 'welcome').you.state).toBe('admitted')
  })

  test('nobody locks it who is no host', async () => {
    const page = await enter(await tokenOf(opening, 'Oda'))
    page.read()
    page.says({ type: 'room.lock' })
    await app.hub.settled()
    expect(page.read()).toMatchObject([{ type: 'refused', code: 'forbidden' }])
    expect(await rows(app, 'subrooms', 'locked_at')).toEqual([{ locked_at: null }])
  })
})

describe('what reaches it from the room', () => {
  let [oda, hal]: string[] = []
  let [inside, outside]: TestPage[] = []
  beforeEach(async () => {
    oda = await tokenOf(opening, 'Oda')
    hal = await tokenOf(hosts, 'Hal')
    inside = await enter(oda)
    outside = await connectedPage(app, hal)
    await connectedPage(app, oda)
  })
  const idOf = async (name: string) =>
    (await rows(app, `people WHERE name = '${name}'`, 'id'))[0]!.id as string

  test('a kick, from there or from here', async () => {
    outside!.says({ type: 'person.kick', id: await idOf('Oda'), reason: 'Enough' })
    await app.hub.settled()
    expect(inside!.read().at(-1)).toEqual({ type: 'bye', code: 'removed', reason: 'Enough' })
    const [ola, host] = [await tokenOf(opening, 'Ola'), await enter(hal!)]
    const both = [await connectedPage(app, ola), await enter(ola)]
    host.says({ type: 'person.kick', id: await idOf('Ola') })
    await app.hub.settled()
    for (const page of both) expect(page.read().at(-1)).toEqual({ type: 'bye', code: 'removed' })
  })

  test('permissions: whoever loses what let them in is out of it, and still in the room', async () => {
    const host = await enter(hal!)
    outside!.read()
    await app.db.execute(`UPDATE people SET permissions = '["message"]' WHERE name = 'Hal'`)
    await app.hub.changed(room.id)
    expect(host.read().at(-1)).toEqual({ type: 'bye', code: 'gone' })
    expect(types(outside!)).toEqual(['person.changed'])
  })

  test('the end, a revoked link, and its own end', async () => {
    await ask(app, 'DELETE', `/api/rooms/${room.id}/subrooms/colour`)
    await app.settled()
    expect(inside!.read().at(-1)).toEqual({ type: 'bye', code: 'gone' })
    await make('colour')
    const again = await enter(oda!)
    await ask(app, 'DELETE', `/api/rooms/${room.id}/links/${opening.id}`)
    await app.settled()
    expect(again.read().at(-1)).toEqual({ type: 'bye', code: 'link_revoked' })
    const host = await enter(hal!)
    await set({ state: 'ended' })
    await app.settled()
    expect(host.read().at(-1)).toEqual({ type: 'bye', code: 'room_ended' })
    expect(outside!.read().at(-1)).toEqual({ type: 'bye', code: 'room_ended' })
  })
})

describe('a host', () => {
  const since = async () => (await rows(app, 'rooms', 'host_since'))[0]!.host_since

  test('in a sub-room is one of the room: nobody left while they are there', async () => {
    const token = await tokenOf(hosts, 'Hal')
    const outside = await connectedPage(app, token)
    const came = app.clock.now
    expect(await since()).toBe(came)
    outside.line.lost()
    const inside = await enter(token)
    await pass(2 * GONE_AFTER, inside)
    expect(await since()).toBe(came)
    inside.line.lost()
    await pass(GONE_AFTER)
    expect(await since()).toBeNull()
    expect(await rows(app, 'room_hosts')).toEqual([])
  })

  test('who was in one when the process ended, and does not come back, has left', async () => {
    await enter(await tokenOf(hosts, 'Hal'))
    const again = await testApp({}, { db: app.db })
    again.clock.now = app.clock.now
    await again.hub.start('the next')
    again.clock.now += SETTLED_AFTER
    await again.hub.tick()
    expect([await since(), await rows(app, 'subrooms', 'people')]).toEqual([null, [{ people: 0 }]])
  })
})

describe('the list', () => {
  const listOf = async (page: TestPage) => {
    page.read()
    page.says({ type: 'subrooms', ref: 's' })
    await app.hub.settled()
    return page.read()
  }

  test('says who is where, also after they left', async () => {
    await make('quiet', 'Quiet')
    await setSub({ lock: {} }, 'quiet')
    const host = await connectedPage(app, await tokenOf(hosts, 'Hal'))
    const oda = await enter(await tokenOf(opening, 'Oda'))
    const ola = await enter(await tokenOf(opening, 'Ola'))
    await app.hub.settled()
    const list = (people: number) => [
      {
        type: 'subrooms',
        ref: 's',
        items: [
          { name: 'colour', title: 'Colour corner', people, locked: false },
          { name: 'quiet', title: 'Quiet', people: 0, locked: true },
        ],
      },
    ]
    expect(await listOf(host)).toEqual(list(2))
    ola.line.lost()
    await pass(GONE_AFTER, host, oda)
    expect(await listOf(host)).toEqual(list(1))
    expect(await listOf(oda)).toEqual(list(1))
    expect((await app.hub.snapshot(room.id)).map(({ waitingFor }) => waitingFor)).toEqual([null, null])
  })

  test('is for nobody else, and for nobody any more who was just let out', async () => {
    const ann = await connectedPage(app, await tokenOf(plain, 'Ann'))
    expect(await listOf(ann)).toMatchObject([{ type: 'refused', about: 'subrooms', code: 'forbidden' }])
    const host = await connectedPage(app, await tokenOf(hosts, 'Hal'))
    await app.db.execute(`UPDATE people SET permissions = '["message"]' WHERE name = 'Hal'`)
    expect(await listOf(host)).toMatchObject([{ type: 'subrooms', items: [] }])
  })

  test('counts nobody wrongly for long when the database was away', async () => {
    const oda = await enter(await tokenOf(opening, 'Oda'))
    await app.hub.settled()
    oda.line.lost()
    app.database.state('down')
    await pass(GONE_AFTER)
    app.database.state('up')
    expect(await rows(app, 'subrooms', 'people')).toEqual([{ people: 1 }])
    await pass(1_000)
    expect(await rows(app, 'subrooms', 'people')).toEqual([{ people: 0 }])
  })
})

test('all of it is by index but what is brought along', async () => {
  await set({ autoSubrooms: true })
  const token = await tokenOf(hosts, 'Hal')
  app.roundTrips()
  const page = await enter(token, 'new')
  page.says({ type: 'subrooms' })
  page.says({ type: 'room.lock' })
  await app.hub.settled()
  page.line.lost()
  await pass(GONE_AFTER)
  const plans = await plansOf(app.database)
  expect(plans.length).toBeGreaterThan(8)
  expect(new Set(plans.flatMap(scans))).toEqual(
    new Set(['SCAN json_each VIRTUAL TABLE INDEX 1:', 'SCAN a VIRTUAL TABLE INDEX 1:']),
  )
})

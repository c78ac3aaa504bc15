import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, join, makeInvitation, makeLink, makeRoom } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { addressOf, personFacts, TestRoom } from '../../test/support/live.ts'
import { connectedPage, type TestPage } from '../../test/support/live-page.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { makeUser } from '../../test/support/users.ts'
import { boundsOf } from '../blocks/bounds.ts'
import { signToken } from '../crypto/token.ts'
import { sql } from '../db.ts'
import type { Link } from '../links/schema.ts'
import { networkOf } from '../net/address.ts'
import { joinByInvitation } from '../people/invited.ts'
import type { Room } from '../rooms/schema.ts'
import { LOOK_EVERY } from './conductor.ts'
import { readAll } from './facts.ts'

/** Who is there and may not be there any more goes, by themselves or by where they connect from. */

const ann = personFacts('Ann')
const ben = personFacts('Ben', ['op'])

describe('an address that is kept out', () => {
  let room: TestRoom
  beforeEach(() => {
    room = new TestRoom()
    room.enter('a1', ann)
    room.enter('b1', ben)
    for (const socket of ['a1', 'b1']) room.read(socket)
    room.hosts()
  })

  it('ends what comes from it at once, and who has no other page has left', () => {
    room.enter('a2', ann)
    room.look([ann, ben], room.room, [addressOf('Ann')])
    expect([room.read('a1'), room.read('a2').at(-1), room.read('b1')]).toEqual([
      [{ type: 'bye', code: 'blocked' }],
      { type: 'bye', code: 'blocked' },
      [{ type: 'person.left', seq: expect.any(Number), id: ann.id }],
    ])
    expect([...room.state.people.keys()]).toEqual([ben.id])
  })

  it('leaves somebody there who also comes from another one', () => {
    room.open('a2', { ...ann, name: 'Zoe' })
    room.look([ann, ben], room.room, [addressOf('Ann')])
    expect([room.read('a1').at(-1), [...room.state.sockets.keys()]]).toEqual([
      { type: 'bye', code: 'blocked' },
      ['b1', 'a2'],
    ])
  })

  it('may be that of the only host: then none is there any more', () => {
    room.look([ann, ben], room.room, [addressOf('Ben')])
    expect(room.hosts()).toEqual([false])
  })

  it('that nobody comes from ends nothing', () => {
    room.look([ann, ben], room.room, ['198.51.100.1'])
    expect([room.read('a1'), room.read('b1')]).toEqual([[], []])
  })
})

describe('over a whole process', () => {
  let app: TestApp
  let room: Room
  let link: Link
  beforeEach(async () => {
    app = await testApp()
    room = await makeRoom(app)
    link = await makeLink(app, room.id)
  })
  afterEach(() => app.close())

  const come = async (address: string) => connectedPage(app, (await join(app, link)).token, address)
  const closedAfter = async (ms: number, ...pages: TestPage[]) => {
    app.clock.now += ms
    for (const page of pages) page.says({ type: 'ping' })
    await app.hub.tick()
    return pages.map(({ closed }) => closed)
  }

  it('a block ends the connections that it covers within 10 s, and no others', async () => {
    const pages = [await come('198.51.100.7'), await come('2001:db8::7'), await come('192.0.2.1')]
    for (const block of ['198.51.100.0/24', '2001:db8::/64'])
      expect((await ask(app, 'POST', '/api/blocks', { json: { block } })).status).toBe(201)
    expect(await closedAfter(LOOK_EVERY, ...pages)).toEqual(['blocked', 'blocked', undefined])
  })

  it('one that has ended ends nothing', async () => {
    const page = await come('198.51.100.7')
    const until = new Date(app.clock.now + LOOK_EVERY).toISOString()
    await ask(app, 'POST', '/api/blocks', { json: { block: '198.51.100.7', until } })
    expect(await closedAfter(LOOK_EVERY, page)).toEqual([undefined])
  })

  it('an address that a host keeps out of this room goes, and stays in another one', async () => {
    const other = await makeRoom(app)
    const there = await join(app, await makeLink(app, other.id))
    const pages = [await come('198.51.100.7'), await connectedPage(app, there.token, '198.51.100.7')]
    const { low, high } = boundsOf(networkOf('198.51.100.7')!)
    await app.db.execute(
      sql(
        `INSERT INTO bans (id, room_id, low, high, address, person_id, created_at)
         VALUES ('b', :room, :low, :high, 'x', 'x', 0)`,
        { room: room.id, low, high },
      ),
    )
    expect(await closedAfter(LOOK_EVERY, ...pages)).toEqual(['blocked', undefined])
  })

  it('a user who is disabled goes within 10 s', async () => {
    const user = await makeUser(app, 'guest', { email: 'gil@client.example' })
    await makeInvitation(app, room.id, { kind: 'email', value: 'gil@client.example' })
    const { row } = await joinByInvitation(
      app.db,
      {
        slug: room.slug,
        who: { email: 'gil@client.example', groups: [] },
        account: `user|${user.id}`,
        personId: 'gilgilgilgilgilg',
        name: 'Gil',
        address: undefined,
      },
      app.clock.now,
    )
    const claims = { p: row!.personId!, r: room.id, l: row!.linkId, g: app.clock.now }
    const token = await signToken(app.keys, 'person-token', claims, app.clock.now + 3600_000)
    const page = await connectedPage(app, token)
    expect((await ask(app, 'PATCH', `/api/users/${user.id}`, { json: { disabled: true } })).status).toBe(200)
    expect(await closedAfter(LOOK_EVERY, page)).toEqual(['removed'])
  })

  it('all of it is one round trip, by index but what is brought along', async () => {
    const { person } = await join(app, link)
    app.roundTrips()
    await readAll(app, { roomId: room.id, sub: '' }, [person.id], ['192.0.2.1'], app.clock.now)
    const plans = await plansOf(app.database)
    expect([app.roundTrips(), plans.map(scans)]).toEqual([
      1,
      [['SCAN json_each VIRTUAL TABLE INDEX 1:'], [], ['SCAN a VIRTUAL TABLE INDEX 1:']],
    ])
  })
})

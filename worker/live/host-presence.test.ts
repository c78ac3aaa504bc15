import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { join, makeLink, makeRoom, rows, watch } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { connectedPage, type TestPage } from '../../test/support/live-page.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'
import { hostedPlaces, hostsLeft } from './hosts-store.ts'
import { SETTLED_AFTER } from './hub.ts'
import { GONE_AFTER } from './rules/presence.ts'

/** What the database learns of hosts that come and go, over a whole process. */

let app: TestApp
let room: Room
let hosts: Link
let viewers: Link
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  hosts = await makeLink(app, room.id, { role: 'host' })
  viewers = await makeLink(app, room.id)
})
afterEach(() => app.close())

const come = async (link: Link) => connectedPage(app, (await join(app, link)).token)
const set = (columns: string) => app.db.execute(`UPDATE rooms SET ${columns}`)
const kept = async () =>
  (
    await rows(
      app,
      `rooms WHERE id = '${room.id}'`,
      'host_since AS since, host_left_at AS "left", locked_at AS locked',
    )
  )[0]
const seats = async () => (await rows(app, 'leases', 'person_id')).length

/** Time passes second by second; those pages ping. */
async function pass(ms: number, ...pinging: TestPage[]): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    app.clock.now += Math.min(left, 1_000)
    for (const page of pinging) page.says({ type: 'ping' })
    await app.hub.tick()
    await app.hub.settled()
  }
}

describe('a host', () => {
  it('who comes is written down, and so is that the last one left', async () => {
    const page = await come(hosts)
    const since = app.clock.now
    expect(await kept()).toEqual({ since, left: null, locked: null })
    page.line.lost()
    await pass(GONE_AFTER - 1_000)
    expect(await kept()).toEqual({ since, left: null, locked: null })
    await pass(1_000)
    expect(await kept()).toEqual({ since: null, left: app.clock.now, locked: null })
    await come(hosts)
    expect(await kept()).toEqual({ since: app.clock.now, left: null, locked: null })
  })

  it('who does not, is not: viewers come and go without a statement', async () => {
    app.roundTrips()
    const page = await come(viewers)
    page.line.lost()
    app.roundTrips()
    app.clock.now += GONE_AFTER
    await app.hub.tick()
    expect([await kept(), app.database.statements.map(({ sql }) => sql.slice(0, 6))]).toEqual([
      { since: null, left: null, locked: null },
      ['SELECT'],
    ])
  })

  it('who leaves while the database is away has left when it is back', async () => {
    const page = await come(hosts)
    page.line.lost()
    app.database.state('down')
    await pass(GONE_AFTER)
    app.database.state('up')
    await pass(1_000)
    expect(await kept()).toEqual({ since: null, left: app.clock.now, locked: null })
  })

  it('of another room is nobody here', async () => {
    const other = await makeRoom(app)
    await connectedPage(app, (await join(app, await makeLink(app, other.id, { role: 'host' }))).token)
    expect(await kept()).toEqual({ since: null, left: null, locked: null })
  })
})

describe('when the last host leaves', () => {
  /** Everybody watches, then the host is gone. */
  async function left() {
    const viewer = (await join(app, viewers)).token
    const host = (await join(app, hosts)).token
    const pages = [await connectedPage(app, viewer), await connectedPage(app, host)] as const
    await watch(app, viewer, '192.0.2.1')
    await watch(app, host, '192.0.2.2')
    expect(await seats()).toBe(2)
    pages[1].line.lost()
    await pass(GONE_AFTER, pages[0])
    return pages[0]
  }

  it('a room without a rule goes on', async () => {
    await left()
    expect([await kept(), await seats()]).toEqual([{ since: null, left: app.clock.now, locked: null }, 2])
  })

  it('one that locks itself is locked', async () => {
    await set('autolock = 1')
    await left()
    expect([await kept(), await seats()]).toEqual([
      { since: null, left: app.clock.now, locked: app.clock.now },
      2,
    ])
  })

  it('one that was locked before is locked since then', async () => {
    await left()
    await set('autolock = 1, locked_at = 1, host_since = 1')
    await hostsLeft(app.db, [{ roomId: room.id, sub: '' }], app.clock.now)
    expect((await kept())!.locked).toBe(1)
  })

  it('one where nobody may stay has no seats left but those of who holds `op`', async () => {
    await set('autokick = 1')
    await left()
    const [{ id }] = (await rows(app, `people WHERE link_id = '${hosts.id}'`, 'id')) as [{ id: string }]
    expect(await rows(app, 'leases', 'person_id')).toEqual([{ person_id: id }])
  })

  it('what a host gave or took from a person counts, not what their link says', async () => {
    await left()
    await app.db.execute('DELETE FROM leases')
    const [given, taken] = [(await join(app, viewers)).token, (await join(app, hosts)).token]
    await watch(app, given, '192.0.2.3')
    await watch(app, taken, '192.0.2.4')
    await app.db.execute(
      `UPDATE people SET permissions = CASE link_id WHEN '${viewers.id}' THEN '["op"]' ELSE '["message"]' END`,
    )
    await set('autokick = 1, host_since = 1')
    await hostsLeft(app.db, [{ roomId: room.id, sub: '' }], app.clock.now)
    const kept = await rows(app, 'leases e JOIN people p ON p.id = e.person_id', 'p.link_id')
    expect(kept).toEqual([{ link_id: viewers.id }])
  })

  it('rooms that no host was in, and all others, stay as they are', async () => {
    await watch(app, (await join(app, viewers)).token)
    await set('autokick = 1, autolock = 1')
    await hostsLeft(app.db, [{ roomId: room.id, sub: '' }], app.clock.now)
    await set('host_since = 1')
    await hostsLeft(app.db, [], app.clock.now)
    expect([await kept(), await seats()]).toEqual([{ since: 1, left: null, locked: null }, 1])
  })
})

describe('a process that begins again', () => {
  beforeEach(async () => {
    await set('autokick = 1, autolock = 1, host_since = 1')
    await app.db.execute("INSERT INTO room_hosts SELECT id, '', 1 FROM rooms")
    await watch(app, (await join(app, viewers)).token)
    await app.hub.start('this one')
  })

  it('gives hosts time to come back: then nothing has happened', async () => {
    const viewer = await come(viewers)
    await pass(SETTLED_AFTER - 1_000, viewer)
    const host = await come(hosts)
    await pass(SETTLED_AFTER, viewer, host)
    expect([await kept(), await seats()]).toEqual([{ since: 1, left: null, locked: null }, 1])
  })

  it('takes one who does not for one who left, in a room that others came back to', async () => {
    const viewer = await come(viewers)
    await pass(SETTLED_AFTER - 1_000, viewer)
    expect([(await kept())!.since, await seats()]).toEqual([1, 1])
    await pass(1_000, viewer)
    expect([await kept(), await seats()]).toEqual([
      { since: null, left: app.clock.now, locked: app.clock.now },
      0,
    ])
  })

  it('and in one that nobody came back to, as soon as the database can be asked', async () => {
    await pass(SETTLED_AFTER - 1_000)
    expect((await kept())!.since).toBe(1)
    app.database.state('down')
    await pass(2_000)
    app.database.state('up')
    await pass(1_000)
    expect([await kept(), await seats()]).toEqual([
      { since: null, left: app.clock.now, locked: app.clock.now },
      0,
    ])
  })

  it('does so once', async () => {
    await pass(SETTLED_AFTER)
    await set('host_since = 5')
    await pass(SETTLED_AFTER)
    expect((await kept())!.since).toBe(5)
  })
})

it('all of it is by index but the ids that are brought along, and where hosts are, all of which counts', async () => {
  await come(hosts)
  app.roundTrips()
  await hostedPlaces(app.db)
  await hostsLeft(app.db, [{ roomId: room.id, sub: '' }], 1)
  const plans = await plansOf(app.database)
  expect(plans.map(plan => scans(plan))).toEqual([
    ['SCAN room_hosts'],
    [],
    ['SCAN json_each VIRTUAL TABLE INDEX 1:'],
    ['SCAN json_each VIRTUAL TABLE INDEX 1:'],
  ])
})

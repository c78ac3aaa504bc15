import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { askForSeat, connectedPage } from '../../test/support/live-page.ts'
import { createLog } from '../log.ts'
import { createHub, type Hub } from './hub.ts'
import type { Carried } from './lease.ts'
import { createLease } from './lease.ts'

/** One process carries the live channel; a second one on the same database says so, and waits. */

let app: TestApp
let token: string
beforeEach(async () => {
  app = await testApp()
  token = (await join(app, await makeLink(app, (await makeRoom(app)).id))).token
})
afterEach(() => app.close())

const events = () => app.log.map(line => JSON.parse(line).event).filter(event => event.startsWith('live.'))
const held = async () => (await rows(app, 'live_lease', 'holder, held_until AS until'))[0]

describe('the lease', () => {
  /** A process of that name, and what it was told. */
  function process(name: string) {
    const told: Carried[] = []
    const deps = { db: app.db, log: createLog('debug', line => app.log.push(line)), now: () => app.clock.now }
    return { ...createLease(deps, name, found => told.push(found)), told }
  }
  const pass = async (ms: number, ...leases: { tick(): Promise<void> }[]) => {
    app.clock.now += ms
    for (const lease of leases) await lease.tick()
  }

  it('is the first one’s, for 30 s, renewed each 10', async () => {
    const one = process('one')
    await one.tick()
    expect(await held()).toEqual({ holder: 'one', until: app.clock.now + 30_000 })
    app.roundTrips()
    await pass(9_999, one)
    expect(app.roundTrips()).toBe(0)
    await pass(1, one)
    expect([await held(), one.told]).toEqual([{ holder: 'one', until: app.clock.now + 30_000 }, ['here']])
  })

  it('is not the second one’s, until the first has not renewed it for 30 s', async () => {
    const [one, two] = [process('one'), process('two')]
    await one.tick()
    await two.tick()
    for (const ms of [28_000, 1_999]) await pass(ms, two)
    expect([two.told, (await held())!.holder]).toEqual([['elsewhere'], 'one'])
    await pass(1, two)
    expect([two.told, (await held())!.holder]).toEqual([['elsewhere', 'here'], 'two'])
    // The first was only asleep, and learns of it.
    await one.tick()
    expect(one.told).toEqual(['here', 'elsewhere'])
  })

  it('is the second one’s soon after the first has stopped, and not taken from it by the first', async () => {
    const [one, two] = [process('one'), process('two')]
    await one.tick()
    await two.tick()
    await one.release()
    await pass(2_000, one, two)
    await one.release()
    expect([two.told, await held()]).toEqual([
      ['elsewhere', 'here'],
      { holder: 'two', until: app.clock.now + 30_000 },
    ])
  })

  it('is at once that of the same process after a crash', async () => {
    await process('one').tick()
    const again = process('one')
    await again.tick()
    expect(again.told).toEqual(['here'])
  })

  it('is one’s of many that ask at once', async () => {
    const many = Array.from({ length: 8 }, (_, i) => process(`p${i}`))
    await Promise.all(many.map(lease => lease.tick()))
    expect(many.flatMap(({ told }) => told).filter(found => found === 'here')).toHaveLength(1)
  })

  it('changes nothing while the database is away', async () => {
    const [one, two] = [process('one'), process('two')]
    await one.tick()
    app.database.state('down')
    await two.tick()
    await pass(60_000, one, two)
    await one.release()
    app.database.state('up')
    expect([one.told, two.told]).toEqual([['here'], []])
    expect(events()).toEqual(['live.carried', ...Array(4).fill('live.lease-failed')])
  })
})

describe('a process that does not carry the rooms', () => {
  const takeAway = () =>
    app.db.execute(`UPDATE live_lease SET holder = 'another', held_until = ${app.clock.now + 30_000}`)
  const connect = async () => {
    const { status, code } = await askForSeat(app, `sightline.1, bearer.${token}`)
    return [status, code]
  }

  it('says so, and lets nobody in, before the database is asked', async () => {
    await takeAway()
    await app.hub.start('this one')
    app.roundTrips()
    expect([await connect(), app.roundTrips()]).toEqual([[503, 'live_elsewhere'], 0])
    const { status, body } = await ask(app, 'GET', '/readyz', { token: null })
    expect([status, body.status, body.live]).toEqual([503, 'down', 'elsewhere'])
    expect(events()).toEqual(['live.carried-elsewhere'])
  })

  it.each<[string, string | undefined, number]>([
    ['no token', undefined, 401],
    ['a wrong one', 'x', 401],
  ])('tells that to nobody with %s', async (_, given, status) => {
    await takeAway()
    await app.hub.start('this one')
    expect((await askForSeat(app, given && `sightline.1, bearer.${given}`)).status).toBe(status)
  })

  it('lets people in when the other one is gone', async () => {
    await takeAway()
    await app.hub.start('this one')
    app.clock.now += 30_000
    await app.hub.tick()
    expect([(await connect())[0], events()]).toEqual([204, ['live.carried-elsewhere', 'live.carried']])
  })

  it('sends away who is there when it loses them, so that they come to the other one', async () => {
    await app.hub.start('this one')
    const page = await connectedPage(app, token)
    await takeAway()
    app.clock.now += 10_000
    page.says({ type: 'ping' })
    await app.hub.tick()
    expect([page.closed, page.read().at(-1), await connect()]).toEqual([
      'stopping',
      { type: 'bye', code: 'stopping' },
      [503, 'live_elsewhere'],
    ])
  })
})

it('a process that stops leaves the rooms to the next one', async () => {
  await app.hub.start('this one')
  app.hub.stop()
  await app.hub.settled()
  expect(await held()).toEqual({ holder: 'this one', until: 0 })
})

it('a process that was not asked to carries rooms without a word to the database', async () => {
  const hub: Hub = createHub(() => {
    throw new Error('not needed')
  })
  await hub.tick()
  expect(hub.carries()).toBe(true)
})

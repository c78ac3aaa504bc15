import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, ingestKey, makeRoom, publish, rows } from '../../test/support/api.ts'
import { NOON, omeError, type TestApp, testApp } from '../../test/support/app.ts'
import type { Room } from '../rooms/schema.ts'

/** Orders to an origin: carried out after the answer, and again until it has obeyed. */

let app: TestApp
let room: Room
let hidden: string
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { slug: 'grade' })
  hidden = (await rows(app, 'streams', 'hidden_name'))[0]!.hidden_name as string
})
afterEach(() => app.close())

const end = () => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
const live = async () => publish(app, await ingestKey(app, room.id))
const drops = () => app.origin.calls.filter(call => call.startsWith('DELETE'))
const orders = () => rows(app, 'outbox', 'target, due_at - created_at AS waits, attempts')
/** The minute job, as often as it takes for the orders that fall due by then. */
async function minutes(ms: number) {
  for (const until = app.clock.now + ms; app.clock.now < until; ) {
    app.clock.now += 60_000
    await app.minute()
  }
}

describe('an order', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a room is ended', end],
    ['a room is deleted', () => ask(app, 'DELETE', `/api/rooms/${room.id}`)],
    ['a key is replaced', () => ask(app, 'POST', `/api/rooms/${room.id}/ingest/rotate`)],
    [
      'the schedule is moved into the past',
      () => ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { endsAt: '2026-11-21T11:59:59Z' } }),
    ],
  ])('is carried out at once when %s, and done when the stream is gone', async (_, change) => {
    await live()
    await change()
    await app.quiet()
    expect(drops()).toEqual([`DELETE /v1/vhosts/default/apps/app/streams/${hidden}`])
    expect(await orders()).toEqual([])
    expect(await rows(app, 'publications')).toEqual([])
  })

  it('is given when a room is ended, even if nobody is believed to publish there', async () => {
    await end()
    await app.quiet()
    expect(drops()).toEqual([`DELETE /v1/vhosts/default/apps/app/streams/${hidden}`])
  })

  it('waits twice as long after each failure, five minutes at most, and is never forgotten', async () => {
    app.origin.answer = () => omeError(500)
    await live()
    await end()
    await app.quiet()
    expect(await orders()).toEqual([{ target: hidden, waits: 5_000, attempts: 1 }])
    const waits: unknown[] = []
    let before = 0
    for (let i = 0; i < 9; i++) {
      const [order] = (await rows(app, 'outbox', 'due_at')) as [{ due_at: number }]
      waits.push(order.due_at - (before || NOON))
      app.clock.now = order.due_at + 60_000
      before = app.clock.now
      await app.minute()
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000])
    app.origin.answer = () => Response.json({ message: 'OK', statusCode: 200 })
    await minutes(600_000)
    expect(await orders()).toEqual([])
  })

  it.each([
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['wants another token', () => omeError(401)],
    ['is hidden behind somebody who knows no such path', () => new Response('<h1>404</h1>', { status: 404 })],
    [
      'is somewhere else',
      () => new Response(null, { status: 302, headers: { Location: 'https://elsewhere.example/' } }),
    ],
  ])('stays while the origin %s', async (_, answer) => {
    app.origin.answer = answer
    await live()
    await end()
    await app.quiet()
    expect(await orders()).toEqual([{ target: hidden, waits: 5_000, attempts: 1 }])
  })

  it('is not carried out before it is due', async () => {
    app.origin.answer = () => omeError(500)
    await live()
    await end()
    await app.quiet()
    app.clock.now = NOON + 4_999
    await app.minute()
    expect(drops()).toHaveLength(1)
    app.clock.now = NOON + 60_000
    await app.minute()
    expect(drops()).toHaveLength(2)
  })

  it('to an origin that is no longer there is forgotten', async () => {
    await live()
    await app.db.execute("UPDATE rooms SET origin_id = 'second'")
    await end()
    await app.quiet()
    expect([drops(), await orders()]).toEqual([[], []])
  })
})

describe('two runners', () => {
  it('never carry out the same order at once', async () => {
    const asking: (() => void)[] = []
    app.origin.answer = method =>
      method === 'DELETE'
        ? new Promise(done => asking.push(() => done(omeError(404))))
        : Response.json({ message: 'OK', response: [], statusCode: 200 })
    await app.db.execute(
      `INSERT INTO outbox (kind, origin_id, target, created_at, due_at)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
       SELECT 'drop-stream', 'default', 'name' || i, ${NOON}, ${NOON} FROM n`,
    )
    // Three runners: the minute job, and two requests that drain after their answers.
    const minute = app.minute()
    await Promise.all([end(), end()])
    while (asking.length < 30) await new Promise(setImmediate)
    // As long as a hold lasts, nobody else begins.
    app.clock.now = NOON + 14_999
    await end()
    await new Promise(setImmediate)
    const planted = drops().filter(call => /\/name\d+$/.test(call))
    expect(planted.toSorted()).toEqual([...new Set(planted)].toSorted())
    expect(planted).toHaveLength(30)
    for (const done of asking) done()
    await minute
    await app.settled()
    expect(await orders()).toEqual([])
  })

  it('take over from one that died with the order in its hands', async () => {
    app.origin.answer = () => omeError(500)
    await live()
    await end()
    await app.quiet()
    // Taken at noon + 5 s and never heard of again.
    await app.db.execute(`UPDATE outbox SET due_at = ${NOON + 20_000}, attempts = 2`)
    app.origin.answer = () => omeError(404)
    app.clock.now = NOON + 60_000
    await app.minute()
    expect(await orders()).toEqual([])
  })
})

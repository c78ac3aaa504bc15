import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, ingestKey, join, makeLink, makeRoom, publish, rows, watch } from '../../test/support/api.ts'
import { NOON, omeError, type TestApp, testApp } from '../../test/support/app.ts'
import { type OriginStream, originWith } from '../../test/support/origin.ts'
import { makeUser } from '../../test/support/users.ts'
import type { Room } from '../rooms/schema.ts'

/** What happens without anybody asking. */

const DAY = 86_400_000
const MINUTE = 60_000
const TABLES = ['rooms', 'streams', 'publications', 'links', 'people', 'leases'] as const

let app: TestApp
let streams: Record<string, OriginStream>
beforeEach(() => start())
afterEach(() => app.close())

async function start(env: Record<string, string> = {}) {
  app = await testApp(env)
  streams = {}
  app.origin.answer = originWith(streams)
}
const at = (ms: number) => new Date(NOON + ms).toISOString()
const drops = () => app.origin.calls.filter(call => call.startsWith('DELETE'))
const count = async () =>
  Object.fromEntries(
    await Promise.all(TABLES.map(async table => [table, (await rows(app, table, '1')).length] as const)),
  )
const stateOf = async (room: Room) => (await ask<Room>(app, 'GET', `/api/rooms/${room.id}`)).body.state

/** A room with a publisher and a viewer, on the air at the origin. */
async function onAir(fields: object = {}) {
  const room = await makeRoom(app, fields)
  await publish(app, await ingestKey(app, room.id))
  const hidden = (await rows(app, 'streams', 'room_id, hidden_name')).find(row => row.room_id === room.id)!
  streams[String(hidden.hidden_name)] = { playable: true, createdAt: app.clock.now }
  await watch(app, (await join(app, await makeLink(app, room.id))).token)
  await app.settled()
  app.origin.calls.length = 0
  return { room, hidden: String(hidden.hidden_name) }
}

describe('whose turn it is', () => {
  it('is decided by one update: of many runners one has the job', async () => {
    await Promise.all(Array.from({ length: 8 }, () => app.minute()))
    expect(app.origin.calls).toEqual(['GET /v1/vhosts/default/apps/app/streams'])
    expect(await rows(app, 'jobs')).toEqual([{ name: 'minute', held_until: NOON + 55_000 }])
  })

  it('comes again after 55 seconds, also when the last runner died', async () => {
    await app.minute()
    app.clock.now += 54_999
    await app.minute()
    expect(app.origin.calls).toHaveLength(1)
    app.clock.now += 1
    await app.minute()
    expect(app.origin.calls).toHaveLength(2)
  })

  it('comes again after a failure', async () => {
    app.database.state('down')
    await expect(app.minute()).rejects.toThrow('no answer')
    app.database.state('up')
    await app.minute()
    expect(app.origin.calls).toHaveLength(1)
  })
})

describe('a room past its end', () => {
  it('loses its publisher', async () => {
    const { room, hidden } = await onAir({ endsAt: at(10 * MINUTE) })
    app.clock.now = NOON + 10 * MINUTE - 1
    await app.minute()
    expect([drops(), await stateOf(room)]).toEqual([[], 'live'])
    app.clock.now = NOON + 10 * MINUTE
    await app.db.execute('UPDATE jobs SET held_until = 0')
    await app.minute()
    expect(drops()).toEqual([`DELETE /v1/vhosts/default/apps/app/streams/${hidden}`])
    expect([await rows(app, 'publications'), await rows(app, 'outbox')]).toEqual([[], []])
    expect(await stateOf(room)).toBe('ended')
  })

  it('loses it once, not once a minute', async () => {
    await onAir({ endsAt: at(MINUTE) })
    for (let i = 0; i < 5; i++) {
      app.clock.now += MINUTE
      await app.minute()
    }
    expect(drops()).toHaveLength(1)
  })

  it('loses it later when the origin cannot be asked then', async () => {
    const { hidden } = await onAir({ endsAt: at(MINUTE) })
    app.origin.answer = () => omeError(500)
    app.clock.now += MINUTE
    await app.minute()
    app.origin.answer = originWith(streams)
    app.clock.now += MINUTE
    await app.minute()
    expect([Object.keys(streams), drops().length]).toEqual([[], 2])
    expect(drops()[1]).toContain(hidden)
  })

  it('leaves the publishers of other rooms alone', async () => {
    await onAir({ slug: 'one', endsAt: at(MINUTE) })
    const { hidden } = await onAir({ slug: 'two', endsAt: at(30 * MINUTE) })
    const third = await onAir({ slug: 'three' })
    app.clock.now = NOON + 20 * MINUTE
    await app.minute()
    expect(Object.keys(streams)).toEqual([hidden, third.hidden])
    expect((await count()).publications).toBe(2)
  })
})

describe('belief and truth', () => {
  it('meet without anybody watching: a publisher that vanished is gone', async () => {
    const { room, hidden } = await onAir()
    await app.pass(MINUTE)
    delete streams[hidden]
    expect(await stateOf(room)).toBe('live')
    await app.minute()
    expect(await stateOf(room)).toBe('open')
    expect(app.origin.calls).toEqual([
      'GET /v1/vhosts/default/apps/app/streams',
      `GET /v1/vhosts/default/apps/app/streams/${hidden}`,
    ])
  })

  it('meet the other way round: a publisher whose opening was lost is written down', async () => {
    const { room, hidden } = await onAir()
    await app.db.execute('DELETE FROM publications')
    expect(await stateOf(room)).toBe('open')
    await app.minute()
    expect(await stateOf(room)).toBe('live')
    expect(await rows(app, 'publications', 'address, port, protocol, opened_at, expires_at')).toEqual([
      { address: '192.0.2.1', port: 40_000, protocol: 'unknown', opened_at: NOON, expires_at: null },
    ])
    delete streams[hidden]
    await app.pass(MINUTE)
    await app.minute()
    expect(await stateOf(room)).toBe('open')
  })

  it('cost one list a minute while they agree, however many rooms are on the air', async () => {
    await onAir({ slug: 'one' })
    await onAir({ slug: 'two' })
    streams.somebodyElse = { playable: true }
    app.origin.calls.length = 0
    await app.minute()
    expect(app.origin.calls).toEqual(['GET /v1/vhosts/default/apps/app/streams'])
  })

  it('stay apart while the origin cannot be asked, or says nonsense', async () => {
    const { room } = await onAir()
    await app.pass(MINUTE)
    for (const answer of [
      () => Promise.reject(new TypeError('fetch failed')),
      () => omeError(404),
      () => Response.json({ response: 'none' }),
      () => Response.json({ response: [{ name: 'x' }] }),
    ]) {
      app.origin.answer = answer
      app.clock.now += MINUTE
      await app.minute()
      expect(await stateOf(room)).toBe('live')
    }
  })

  it('do not bring a dropped publisher back, but drop it again', async () => {
    const { hidden } = await onAir({ endsAt: at(MINUTE) })
    app.clock.now += MINUTE
    await app.minute()
    expect(streams).toEqual({})
    // It is there again, by whatever way.
    streams[hidden] = { playable: true }
    for (let i = 0; i < 2; i++) {
      app.clock.now += MINUTE
      await app.minute()
    }
    expect(streams).toEqual({})
  })
})

describe('sweeping', () => {
  it('takes away playback sessions an hour after their end', async () => {
    await onAir()
    const ends = Number((await rows(app, 'leases', 'expires_at'))[0]!.expires_at)
    app.clock.now = ends + 3600_000
    await app.minute()
    expect((await count()).leases).toBe(1)
    app.clock.now += MINUTE
    await app.minute()
    expect((await count()).leases).toBe(0)
  })
})

describe('purging', () => {
  const ended = async (slug: string, fields: object) => {
    const { room } = await onAir({ slug, ...fields })
    return room
  }
  const slugs = async () => (await rows(app, 'rooms', 'slug')).map(row => row.slug)

  it('is not done unless somebody asked for it', async () => {
    await ended('old', { endsAt: at(MINUTE) })
    app.clock.now += 4_000 * DAY
    await app.minute()
    expect(await slugs()).toEqual(['old'])
  })

  it('takes away rooms that ended so many days ago, with all that is in them, and no others', async () => {
    app.close()
    await start({ PURGE_ENDED_AFTER_DAYS: '30' })
    const byHand = await ended('ended-by-hand', {})
    await ask(app, 'PATCH', `/api/rooms/${byHand.id}`, { json: { state: 'ended' } })
    await ended('ended-by-schedule', { endsAt: at(MINUTE) })
    const reopened = await ended('reopened', { endsAt: at(MINUTE) })
    const twice = await ended('ended-again-by-hand', { endsAt: at(MINUTE) })
    await ended('never-ends', {})
    await ended('ends-later', { endsAt: at(2 * DAY) })
    await app.settled()
    app.clock.now = NOON + DAY
    await ask(app, 'PATCH', `/api/rooms/${reopened.id}`, { json: { state: 'open' } })
    await ask(app, 'PATCH', `/api/rooms/${twice.id}`, { json: { state: 'ended' } })

    app.clock.now = NOON + 30 * DAY
    await app.minute()
    expect(await slugs()).toHaveLength(6)
    // The room that was ended by hand a few seconds after noon, and the one whose schedule ended a minute after it.
    app.clock.now += 2 * MINUTE
    await app.minute()
    expect((await slugs()).toSorted()).toEqual([
      'ended-again-by-hand',
      'ends-later',
      'never-ends',
      'reopened',
    ])
    // The viewers' sessions of that day were swept long ago; what is left of links and people belongs to the four.
    expect(await count()).toMatchObject({ rooms: 4, streams: 4, links: 4, people: 4, leases: 0 })
    const orphans = await Promise.all(
      ['streams', 'links', 'people', 'leases'].map(table =>
        rows(app, `${table} WHERE room_id NOT IN (SELECT id FROM rooms)`, '1'),
      ),
    )
    expect(orphans).toEqual([[], [], [], []])
    expect(await rows(app, 'publications WHERE stream_id NOT IN (SELECT id FROM streams)')).toEqual([])
  })
})

it('sweeps sessions, ceremonies and one-time links that have run out', async () => {
  const user = await makeUser(app, 'operator')
  await app.db.executeMultiple(`
    INSERT INTO sessions (hash, id, user_id, via, created_at, seen_at, ends_at)
      VALUES ('old', 'old', '${user.id}', 'passkey', 0, 0, ${NOON});
    INSERT INTO ceremonies (hash, kind, challenge, expires_at) VALUES ('old', 'sign-in', 'x', ${NOON}), ('new', 'sign-in', 'x', ${NOON + 1});
    INSERT INTO one_time_links (id, kind, hash, created_at, expires_at)
      VALUES ('old', 'setup', 'x', 0, ${NOON - 1_801_000}), ('new', 'setup', 'x', 0, ${NOON - 1_800_999});
  `)
  await app.minute()
  expect(await rows(app, 'sessions', 'user_id')).toEqual([{ user_id: user.id }])
  expect(await rows(app, 'ceremonies', 'hash')).toEqual([{ hash: 'new' }])
  expect(await rows(app, 'one_time_links', 'id')).toEqual([{ id: 'new' }])
})

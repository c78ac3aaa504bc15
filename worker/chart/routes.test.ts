import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { sql } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import type { Room } from '../rooms/schema.ts'
import { chartIdOf } from './chart-id.ts'
import type { ChartAnswer, ChartLink } from './schema.ts'
import { makeChartToken } from './token.ts'

const DAY = 86_400_000

let app: TestApp
let room: Room
let host: string
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  host = (await join(app, await makeLink(app, room.id, { role: 'host' }))).token
})
afterEach(() => app.close())

const iso = (ms: number) => new Date(ms).toISOString()
const fromRoom = (token: string | null = host, address?: string) =>
  ask<ChartLink>(app, 'POST', '/api/room/chart', { token, ...(address ? { address } : {}) })
const fromStaff = (id = room.id) => ask<ChartLink>(app, 'POST', `/api/rooms/${id}/chart`)
const tokenIn = ({ body }: { body: ChartLink }) => new URL(body.url).hash.slice(1)
const open = (token: string | null) => ask<ChartAnswer>(app, 'GET', '/api/chart', { token })

test('a host and the staff get a link for a day, in one round trip, and it opens the room’s chart', async () => {
  app.roundTrips()
  const own = await fromRoom()
  expect(app.roundTrips()).toBe(1)
  const chartId = await chartIdOf(app.keys, room.id)
  for (const answer of [own, await fromStaff()]) {
    const { status, headers, body } = answer
    expect({ status, cache: headers['cache-control'], body }).toEqual({
      status: 201,
      cache: 'no-store',
      body: { url: `http://sightline.test/chart#${tokenIn(answer)}`, expiresAt: iso(NOON + DAY) },
    })
    app.roundTrips()
    const opened = await open(tokenIn(answer))
    expect(app.roundTrips()).toBe(1)
    expect(opened).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { chartId, now: NOON },
    })
  }
})

test('the address is the public one where there is one', async () => {
  app.close()
  app = await testApp({ PUBLIC_URL: 'https://review.example' })
  room = await makeRoom(app)
  expect((await ask<ChartLink>(app, 'POST', `/api/rooms/${room.id}/chart`)).body.url).toMatch(
    /^https:\/\/review\.example\/chart#[\w-]+\.[\w-]+\.[\w-]+$/,
  )
})

test('each room has a number of its own, which stays, and is never 0', async () => {
  const ids = await Promise.all(Array.from({ length: 400 }, (_, i) => chartIdOf(app.keys, `room-${i}`)))
  expect(ids.every(id => Number.isInteger(id) && id >= 1 && id <= 65_535)).toBe(true)
  expect(new Set(ids).size).toBeGreaterThan(390)
  expect(await chartIdOf(app.keys, 'room-7')).toBe(ids[7])
})

test('a link ends with its room, if that is sooner', async () => {
  const short = await makeRoom(app, { endsAt: iso(NOON + 600_000) })
  expect((await fromStaff(short.id)).body.expiresAt).toBe(iso(NOON + 600_000))
})

test('the clock tells the time to anybody, and asks no database', async () => {
  app.database.state('down')
  app.clock.now += 17
  expect(await ask(app, 'GET', '/api/clock', { token: null })).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: { now: NOON + 17 },
  })
})

test('the runtime’s own limiter holds for the clock, an address', async () => {
  const asked: string[] = []
  const limited = await testApp(
    {},
    {
      rateLimit: async key => {
        asked.push(key)
        return false
      },
    },
  )
  try {
    const answer = await ask(limited, 'GET', '/api/clock', { token: null, address: '192.0.2.7' })
    expect([answer.status, asked]).toEqual([429, ['clock|192.0.2.7']])
  } finally {
    limited.close()
  }
})

test('no token is logged or kept', async () => {
  const token = tokenIn(await fromRoom())
  await open(token)
  await open(`${token.slice(0, -3)}AAA`)
  const seen = app.log.join('\n') + JSON.stringify([await rows(app, 'limits'), await rows(app, 'audit')])
  expect(seen).not.toContain(token.split('.')[2])
})

describe('no link is made', () => {
  test('for who has no person’s token', async () => {
    for (const token of [null, 'x', app.config.adminToken!, tokenIn(await fromStaff())])
      expect((await fromRoom(token)).status).toBe(401)
  })

  test.each<object>([
    { role: 'presenter' },
    { role: 'reviewer' },
    { role: 'observer' },
    { permissions: ['present', 'message', 'annotate', 'caption', 'token', 'record'] },
  ])('for who has not op: %j', async permissions => {
    const { token } = await join(app, await makeLink(app, room.id, permissions))
    expect(await fromRoom(token)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  test('for a host who lost op, was removed, or whose address is blocked', async () => {
    await ask(app, 'POST', '/api/blocks', { json: { block: '198.51.100.0/24' } })
    expect(await fromRoom(host, '198.51.100.7')).toMatchObject({ status: 403, body: { code: 'blocked' } })
    await app.db.execute(sql(`UPDATE people SET permissions = '["annotate"]'`))
    expect(await fromRoom()).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    await app.db.execute(sql('UPDATE people SET removed_at = :now', { now: NOON }))
    expect(await fromRoom()).toMatchObject({ status: 403, body: { code: 'removed' } })
  })

  test('for a host who asks too often', async () => {
    for (let i = 0; i < LIMITS.chart.tries; i += 1) expect((await fromRoom()).status).toBe(201)
    expect(await fromRoom()).toMatchObject({ status: 429, body: { code: 'too_many' } })
  })

  test('for a room that is not there, or has ended', async () => {
    expect(await fromStaff('aaaaaaaaaaaaaaaa')).toMatchObject({ status: 404 })
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
    expect(await fromStaff()).toMatchObject({ status: 410, body: { code: 'room_ended' } })
    expect(await fromRoom()).toMatchObject({ status: 410, body: { code: 'room_ended' } })
  })
})

describe('nothing is opened', () => {
  test('by what is no chart link’s token', async () => {
    const token = tokenIn(await fromStaff())
    const [head, payload, tag] = token.split('.')
    const wrong = [
      null,
      '',
      'x',
      host,
      app.config.adminToken!,
      `${head}.${payload}`,
      `${head}.${payload}.${tag!.slice(0, -1)}`,
      `${head}.${payload!.slice(0, -2)}AA.${tag}`,
      `${host.split('.')[0]}.${payload}.${tag}`,
      await makeChartToken(app.keys, 'not-an-id', NOON + DAY),
      await makeChartToken(app.keys, 'aaaaaaaaaaaaaaaa', NOON + DAY),
    ]
    for (const one of wrong)
      expect([one, await open(one)]).toMatchObject([one, { status: 401, body: { code: 'unauthenticated' } }])
  })

  test('after a day, or when the room has ended or is gone', async () => {
    const token = tokenIn(await fromStaff())
    app.clock.now += DAY
    expect((await open(token)).status).toBe(401)
    app.clock.now -= DAY
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
    expect(await open(token)).toMatchObject({ status: 410, body: { code: 'room_ended' } })
    await ask(app, 'DELETE', `/api/rooms/${room.id}`)
    expect((await open(token)).status).toBe(401)
  })

  test('with a chart link’s token elsewhere', async () => {
    const token = tokenIn(await fromStaff())
    for (const [method, path] of [
      ['GET', '/api/room'],
      ['POST', '/api/playback'],
      ['GET', '/api/rooms'],
    ] as const)
      expect((await ask(app, method, path, { token })).status).toBe(401)
  })
})

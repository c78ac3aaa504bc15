import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { sql } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import type { Link } from '../links/schema.ts'
import type { JoinAnswer } from '../people/schema.ts'
import type { Room } from '../rooms/schema.ts'
import type { IceAnswer } from './schema.ts'

const SECRET = 'the relay’s secret of the tests'
const env = {
  STUN_URLS: 'stun:turn.example:3479',
  TURN_URLS: 'turn:turn.example:3479?transport=udp,turn:turn.example:3479?transport=tcp',
  TURN_SECRET: SECRET,
  TURN_TTL: '600',
}

let app: TestApp
let room: Room
let link: Link
let joined: JoinAnswer
beforeEach(() => start(env))
afterEach(() => app.close())

async function start(environment: Record<string, string>) {
  app = await testApp(environment)
  room = await makeRoom(app)
  link = await makeLink(app, room.id, { role: 'reviewer' })
  joined = await join(app, link)
}
const startWith = async (environment: Record<string, string>) => {
  app.close()
  await start(environment)
}
const servers = (token: string | null = joined.token, address?: string) =>
  ask<IceAnswer>(app, 'GET', '/api/ice', { token, ...(address ? { address } : {}) })
const iso = (ms: number) => new Date(ms).toISOString()
const change = (text: string, args = {}) =>
  app.db.execute(sql(`UPDATE people SET ${text} WHERE id = :id`, { id: joined.person.id, ...args }))
const relayOf = ({ body }: { body: IceAnswer }) => body.iceServers.find(one => one.username)
const endOf = (answer: { body: IceAnswer }) => Number(relayOf(answer)!.username!.split(':')[0]) * 1000

test('a person with message gets the servers, and a credential of their own, in one round trip', async () => {
  app.roundTrips()
  const { status, headers, body } = await servers()
  expect(app.roundTrips()).toBe(1)
  const username = `${NOON / 1000 + 600}:${joined.person.id}`
  expect({ status, body, cache: headers['cache-control'] }).toEqual({
    status: 200,
    cache: 'no-store',
    body: {
      iceServers: [
        { urls: ['stun:turn.example:3479'] },
        {
          urls: ['turn:turn.example:3479?transport=udp', 'turn:turn.example:3479?transport=tcp'],
          username,
          credential: createHmac('sha1', SECRET).update(username).digest('base64'),
        },
      ],
      relayOnly: false,
      ttl: 600,
    },
  })
})

test('neither secret nor credential is logged or kept', async () => {
  const answer = await servers()
  const seen = app.log.join('\n') + JSON.stringify([await rows(app, 'limits'), await rows(app, 'audit')])
  expect(seen).not.toContain(SECRET)
  expect(seen).not.toContain(relayOf(answer)!.credential)
})

test('without servers there is an empty list, which is enough within one network', async () => {
  await startWith({})
  expect((await servers()).body).toEqual({ iceServers: [], relayOnly: false, ttl: 3600 })
})

test('relay-only is told', async () => {
  await startWith({ ...env, ICE_RELAY_ONLY: 'true' })
  expect((await servers()).body.relayOnly).toBe(true)
})

describe('a credential ends', () => {
  const DAY = 86_400_000
  test('with the person’s token', async () => {
    await startWith({ ...env, TURN_TTL: '86400' })
    app.clock.now += DAY - 90_000
    const answer = await servers()
    expect([endOf(answer), answer.body.ttl]).toEqual([NOON + DAY, 90])
  })

  test.each([
    ['room', '', { endsAt: iso(NOON + 120_500) }],
    ['link', '/links/LINK', { endsAt: iso(NOON + 120_500) }],
  ])('with the %s, in whole seconds', async (_, path, json) => {
    await ask(app, 'PATCH', `/api/rooms/${room.id}${path.replace('LINK', link.id)}`, { json })
    const answer = await servers()
    expect([endOf(answer), answer.body.ttl]).toEqual([NOON + 120_000, 120])
  })
})

describe('refused is', () => {
  test('who has no token, or no genuine one', async () => {
    for (const token of [null, 'x', `${joined.token.slice(0, -2)}AA`, app.config.adminToken!])
      expect((await servers(token)).status).toBe(401)
  })

  test('who is no longer there', async () => {
    await app.db.execute(sql('DELETE FROM people WHERE id = :id', { id: joined.person.id }))
    expect(await servers()).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
  })

  test.each<[what: string, permissions: object]>([
    ['an observer', { role: 'observer' }],
    ['somebody with everything but message', { permissions: ['op', 'present', 'annotate', 'token'] }],
  ])('%s', async (_, permissions) => {
    const other = await join(app, await makeLink(app, room.id, permissions))
    expect(await servers(other.token)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  test('who has lost message, and nobody who was given it', async () => {
    await change(`permissions = '["annotate"]'`)
    expect(await servers()).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    await change(`permissions = '["message"]'`)
    expect((await servers()).status).toBe(200)
  })

  test('who was removed', async () => {
    await change('removed_at = :now', { now: NOON })
    expect(await servers()).toMatchObject({ status: 403, body: { code: 'removed' } })
  })

  test('who waits for the beginning', async () => {
    const later = await makeRoom(app, { startsAt: iso(NOON + 60_000) })
    const early = await join(app, await makeLink(app, later.id, { role: 'host' }))
    expect(await servers(early.token)).toMatchObject({ status: 409, body: { code: 'not_started' } })
  })

  test('who stands before the door, until they are let in', async () => {
    const guarded = await makeRoom(app, { waitingRoom: true })
    const guest = await join(app, await makeLink(app, guarded.id, { role: 'reviewer' }))
    expect(await servers(guest.token)).toMatchObject({ status: 409, body: { code: 'not_admitted' } })
    await app.db.execute(
      sql('UPDATE people SET admitted_at = :now WHERE id = :id', { id: guest.person.id, now: NOON }),
    )
    expect((await servers(guest.token)).status).toBe(200)
  })

  test('whose link was revoked, whose room has ended, whose address is blocked', async () => {
    await ask(app, 'POST', '/api/blocks', { json: { block: '198.51.100.0/24' } })
    expect(await servers(joined.token, '198.51.100.7')).toMatchObject({
      status: 403,
      body: { code: 'blocked' },
    })
    await ask(app, 'DELETE', `/api/rooms/${room.id}/links/${link.id}`)
    expect(await servers()).toMatchObject({ status: 410, body: { code: 'link_revoked' } })
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { ended: true } })
    expect((await servers()).status).toBe(410)
  })

  test('who asks too often, whatever the address; others are not', async () => {
    for (let i = 0; i < LIMITS.ice.tries; i++)
      expect((await servers(joined.token, `192.0.2.${i + 1}`)).status).toBe(200)
    expect(await servers(joined.token, '192.0.2.99')).toMatchObject({
      status: 429,
      headers: { 'retry-after': '600' },
      body: { code: 'too_many' },
    })
    expect((await servers((await join(app, link)).token)).status).toBe(200)
    app.clock.now += LIMITS.ice.window
    expect((await servers()).status).toBe(200)
  })

  test('everybody while the database is away', async () => {
    app.database.state('down')
    expect((await servers()).status).toBe(503)
  })
})

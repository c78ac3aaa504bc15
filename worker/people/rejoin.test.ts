import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, joinRequest, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { verifyToken } from '../crypto/token.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'
import type { JoinAnswer } from './schema.ts'
import { isPersonClaims } from './token.ts'

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const tryJoin = (json: unknown, token: string | null = null) =>
  ask<JoinAnswer>(app, 'POST', '/api/join', { json, token })

describe('joining again with one’s own token', () => {
  let link: Link
  beforeEach(async () => {
    link = await makeLink(app, room.id, { maxUses: 1, pin: '1234', askName: true })
  })
  const once = () => join(app, link, { pin: '1234', name: 'Anna' })

  test('keeps the person, counts no use, asks nothing, and gives a fresh token', async () => {
    const first = await once()
    app.clock.now += 3600_000
    app.roundTrips()
    const { status, body } = await tryJoin(joinRequest(link), first.token)
    expect(app.roundTrips()).toBe(1)
    expect({ status, body }).toEqual({
      status: 200,
      body: { ...first, now: '2026-11-21T13:00:00.000Z', token: expect.any(String) },
    })
    const claims = await verifyToken(app.keys, 'person-token', body.token, app.clock.now, isPersonClaims)
    expect(claims).toMatchObject({ p: first.person.id, g: NOON + 3600_000 })
    expect(await rows(app, 'links', 'uses')).toEqual([{ uses: 1 }])
    expect(await rows(app, 'people')).toHaveLength(1)
  })

  test('still gets the true reason', async () => {
    const { token } = await once()
    await ask(app, 'DELETE', `/api/rooms/${room.id}/links/${link.id}`)
    expect(await tryJoin(joinRequest(link), token)).toMatchObject({
      status: 410,
      body: { code: 'link_revoked' },
    })
  })

  test('does not work with a token that is out, forged or of another link', async () => {
    const { token } = await once()
    const open = await makeLink(app, room.id)
    const stranger = await join(app, open)
    const used = { status: 410, body: { code: 'link_used_up' } }
    expect(await tryJoin(joinRequest(link), stranger.token)).toMatchObject(used)
    expect(await tryJoin(joinRequest(link), `${token.slice(0, -2)}xx`)).toMatchObject(used)
    expect(await tryJoin(joinRequest(link), 'garbage')).toMatchObject(used)
    expect(await tryJoin(joinRequest(link), app.config.adminToken)).toMatchObject(used)
    app.clock.now += 86_400_000
    expect(await tryJoin(joinRequest(link), token)).toMatchObject(used)
  })

  test('a token of another link makes a new person', async () => {
    const open = await makeLink(app, room.id)
    const first = await once()
    const { body } = await tryJoin(joinRequest(open), first.token)
    expect(body.person.id).not.toBe(first.person.id)
    expect(await rows(app, 'people')).toHaveLength(2)
  })

  test('the token does not stand in for the secret', async () => {
    const { token } = await once()
    const stranger = { status: 404, body: { code: 'not_found' } }
    expect(await tryJoin(joinRequest(link, { secret: 'x' }), token)).toMatchObject(stranger)
    expect(await tryJoin(joinRequest(link, { slug: 'other' }), token)).toMatchObject(stranger)
    await app.db.execute('UPDATE links SET key_version = 2')
    expect(await tryJoin(joinRequest(link), token)).toMatchObject(stranger)
  })

  test('a removed person is told so, and does not become a new one', async () => {
    const { token } = await once()
    await app.db.execute('UPDATE people SET removed_at = 1')
    const silent = await tryJoin(joinRequest(link), token)
    expect(silent).toMatchObject({ status: 403, body: { code: 'removed' } })
    expect(silent.body).not.toHaveProperty('reason')
    await app.db.execute("UPDATE people SET removed_reason = 'Not on the list'")
    expect(await tryJoin(joinRequest(link), token)).toMatchObject({
      status: 403,
      body: { code: 'removed', reason: 'Not on the list' },
    })
  })

  test('what a host wrote to somebody is not told with anything else, nor to others', async () => {
    const { token } = await once()
    await app.db.execute("UPDATE people SET removed_reason = 'Not on the list'")
    await app.db.execute('UPDATE links SET revoked_at = 1')
    for (const bearer of [token, null]) {
      const { status, body } = await tryJoin(joinRequest(link), bearer)
      expect({ status, body }).toMatchObject({ status: 410, body: { code: 'link_revoked' } })
      expect(body).not.toHaveProperty('reason')
    }
  })
})

test('with a new SIGHTLINE_SECRET the links, PINs and people of the old one still count', async () => {
  const link = await makeLink(app, room.id, { pin: '1234' })
  const { token, person } = await join(app, link, { pin: '1234' })
  const old = { secret: app.config.secret, db: app.db }
  const next = await testApp({
    SIGHTLINE_SECRET: 'the secret after, long enough for anybody at all',
    SIGHTLINE_SECRET_PREVIOUS: old.secret,
  })
  try {
    for (const table of ['rooms', 'streams', 'links', 'people'])
      for (const row of await rows(app, table)) {
        const names = Object.keys(row)
        await next.db.execute({
          sql: `INSERT INTO ${table} (${names}) VALUES (${names.map(n => `:${n}`)})`,
          args: row as Record<string, string>,
        })
      }
    const again = await ask<JoinAnswer>(next, 'POST', '/api/join', { json: joinRequest(link), token })
    expect(again).toMatchObject({ status: 200, body: { person } })
    expect(await join(next, link, { pin: '1234' })).toMatchObject({ state: 'admitted' })
    const wrong = await ask(next, 'POST', '/api/join', {
      json: joinRequest(link, { pin: '4321' }),
      token: null,
    })
    expect(wrong).toMatchObject({ status: 403, body: { code: 'pin_wrong' } })
  } finally {
    next.close()
  }
})

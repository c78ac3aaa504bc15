import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { blockKey } from '../blocks/bounds.ts'
import { sql } from '../db.ts'
import type { Link } from '../links/schema.ts'
import type { JoinAnswer } from '../people/schema.ts'
import type { Room } from '../rooms/schema.ts'
import { MADE_AN_HOUR } from './rule.ts'
import type { Invitation, InvitationList } from './schema.ts'

const HOUR = 3600_000
const at = (ms: number) => new Date(NOON + ms).toISOString()

let app: TestApp
let room: Room
let hostLink: Link
let host: JoinAnswer
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { slug: 'reel' })
  hostLink = await makeLink(app, room.id, { label: 'Host', role: 'host' })
  host = await join(app, hostLink, { name: 'Ann' })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const comeAs = async (fields: object, in_: Room = room) =>
  join(app, await makeLink(app, in_.id, { label: 'Some', ...fields }), { name: 'Ben' })
const guest = (...permissions: string[]) => comeAs({ permissions })
const invite = (by: JoinAnswer, json: object = {}) =>
  ask<Invitation & { code: string }>(app, 'POST', '/api/room/links', { json, token: by.token })
const extend = (by: JoinAnswer, id: string, endsAt = at(48 * HOUR)) =>
  ask<Invitation & { code: string }>(app, 'PATCH', `/api/room/links/${id}`, {
    json: { endsAt },
    token: by.token,
  })
const revoke = (by: JoinAnswer, id: string) =>
  ask<{ code: string }>(app, 'DELETE', `/api/room/links/${id}`, { token: by.token })
const list = async (by: JoinAnswer) =>
  (await ask<InvitationList>(app, 'GET', '/api/room/links', { token: by.token })).body
const brief = ({ status, body }: { status: number; body?: { code?: string } }) => [status, body?.code]
const set = (what: string) => app.db.execute(`UPDATE ${what}`)

/** What only an owner may make it. */
async function openEverything({ id }: Link): Promise<string> {
  await set(`links SET opens = 'everything' WHERE id = '${id}'`)
  return id
}

describe('who invites', () => {
  it('makes a link for a day that a reviewer comes through, in one round trip, and says who made it', async () => {
    app.roundTrips()
    const { status, body } = await invite(host, { name: 'Cem' })
    // The audit's row is the second.
    expect(app.roundTrips()).toBe(2)
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^[a-z2-7]{16}$/),
        label: 'Cem',
        role: 'reviewer',
        permissions: ['message', 'annotate'],
        name: 'Cem',
        startsAt: null,
        endsAt: at(24 * HOUR),
        maxUses: null,
        uses: 0,
        state: 'active',
        opens: 'room',
        madeBy: { id: host.person.id, name: 'Ann' },
        createdAt: at(0),
        url: expect.stringMatching(/^http:\/\/sightline\.test\/r\/reel#[a-z2-7]{48}$/),
      },
    })
    const url = new URL(body.url!)
    const joined = await ask<JoinAnswer>(app, 'POST', '/api/join', {
      json: { slug: 'reel', secret: url.hash.slice(1) },
      token: null,
    })
    expect(joined.body).toMatchObject({ person: { name: 'Cem' }, permissions: ['message', 'annotate'] })
    expect(
      await rows(
        app,
        "audit WHERE action = 'link.create' AND actor_kind = 'person'",
        'actor_name, room_id, target_id',
      ),
    ).toEqual([{ actor_name: 'Ann', room_id: room.id, target_id: body.id }])
  })

  it('asks for the name of who comes through a link without one', async () => {
    const url = new URL((await invite(host)).body.url!)
    const come = (json: object) =>
      ask<JoinAnswer & { code: string; needs: object }>(app, 'POST', '/api/join', {
        json: { slug: 'reel', secret: url.hash.slice(1), ...json },
        token: null,
      })
    expect((await come({})).body).toMatchObject({ needs: { name: true, pin: false } })
    expect((await come({ name: 'Dee' })).body).toMatchObject({ person: { name: 'Dee' } })
  })

  it.each<[string, string[], object, string[], string | null]>([
    ['as far as they hold a reviewer’s permissions', ['token', 'message'], {}, ['message'], null],
    ['nothing, where they hold nothing of it', ['token'], {}, [], null],
    ['what they hold', ['token', 'present'], { permissions: ['present'] }, ['present'], null],
    ['their own right to invite', ['token'], { permissions: ['token'] }, ['token'], null],
    ['less than they hold', ['token', 'message', 'annotate'], { role: 'observer' }, [], 'observer'],
  ])('gives %s', async (_, own, asked, permissions, role) => {
    const { body } = await invite(await guest(...own), asked)
    expect({ permissions: body.permissions, role: body.role }).toEqual({ permissions, role })
  })

  it.each<[string, string[], object, [number, string]]>([
    ['without token', ['message', 'op', 'present'], {}, [403, 'forbidden']],
    ['a host, without being one', ['token', 'message', 'present'], { role: 'host' }, [403, 'not_held']],
    [
      'a presenter, without presenting',
      ['token', 'message', 'annotate'],
      { role: 'presenter' },
      [403, 'not_held'],
    ],
    ['somebody with captions', ['token'], { permissions: ['caption'] }, [403, 'not_held']],
    [
      'a host’s equal with one thing more',
      ['token', 'op'],
      { permissions: ['op', 'record'] },
      [403, 'not_held'],
    ],
    ['into sub-rooms that they do not enter', ['token'], { opens: 'subrooms' }, [403, 'not_held']],
    ['until yesterday', ['token'], { endsAt: at(-HOUR) }, [400, 'invalid']],
    ['until now', ['token'], { endsAt: at(0) }, [400, 'invalid']],
    [
      'for a time that ends before it starts',
      ['token'],
      { startsAt: at(9), endsAt: at(8) },
      [400, 'invalid'],
    ],
    ['into every room', ['token', 'op'], { opens: 'everything' }, [400, 'invalid']],
    ['by a role and by permissions', ['token'], { role: 'observer', permissions: [] }, [400, 'invalid']],
    ['with a field that is none', ['token'], { madeBy: 'x' }, [400, 'invalid']],
  ])('invites nobody %s', async (_, own, asked, answer) => {
    const by = await guest(...own)
    const before = await rows(app, 'links', 'id')
    expect(brief(await invite(by, asked))).toEqual(answer)
    expect(await rows(app, 'links', 'id')).toEqual(before)
  })

  it('gives no more time than they have themselves', async () => {
    const by = await comeAs({ permissions: ['token'], endsAt: at(2 * HOUR) })
    expect((await invite(by)).body.endsAt).toBe(at(2 * HOUR))
    expect((await invite(by, { endsAt: at(HOUR) })).body.endsAt).toBe(at(HOUR))
    const { body } = await invite(by, { endsAt: at(HOUR) })
    expect((await extend(by, body.id)).body.endsAt).toBe(at(2 * HOUR))
  })

  it('opens sub-rooms where their own link does, or a host', async () => {
    expect((await invite(host, { opens: 'subrooms' })).body.opens).toBe('subrooms')
    const by = await comeAs({ permissions: ['token'], opens: 'subrooms' })
    expect((await invite(by, { opens: 'subrooms' })).body.opens).toBe('subrooms')
  })

  it('may be whoever presents, where the room says so', async () => {
    const by = await comeAs({ role: 'presenter' })
    expect(brief(await invite(by))).toEqual([403, 'forbidden'])
    await set('rooms SET unrestricted_tokens = 1')
    const seen = await ask<JoinAnswer>(app, 'GET', '/api/room', { token: by.token })
    expect(seen.body.permissions).toEqual(['present', 'message', 'annotate', 'token'])
    expect((await invite(by)).status).toBe(201)
    expect(brief(await invite(await comeAs({ role: 'reviewer' })))).toEqual([403, 'forbidden'])
  })

  it('does it no more than so often an hour', async () => {
    const by = await guest('token')
    for (let i = 0; i < MADE_AN_HOUR; i++) expect((await invite(by)).status).toBe(201)
    expect(brief(await invite(by))).toEqual([429, 'too_many'])
    expect((await invite(host)).status).toBe(201)
    app.clock.now += HOUR
    expect((await invite(by)).status).toBe(201)
  })

  it.each<[string, string, [number, string]]>([
    ['was removed', 'people SET removed_at = 1', [403, 'removed']],
    ['lost the permission a moment ago', `people SET permissions = '["op","message"]'`, [403, 'forbidden']],
    [
      'is a host no more, and lost all it brought',
      `people SET permissions = '["message","annotate"]'`,
      [403, 'forbidden'],
    ],
    ['came through a link that was taken back', 'links SET revoked_at = 1', [410, 'link_revoked']],
    ['came through a link that has ended', `links SET ends_at = ${NOON}`, [410, 'link_ended']],
    ['is in a room that has ended', `rooms SET ended_at = ${NOON}`, [410, 'room_ended']],
    ['is in a room that has not begun', `rooms SET starts_at = ${NOON + 1}`, [409, 'not_started']],
  ])('invites nobody who %s', async (_, change, answer) => {
    const { body } = await invite(host)
    await set(change)
    expect(brief(await invite(host))).toEqual(answer)
    expect(brief(await extend(host, body.id))).toEqual(answer)
    expect(brief(await revoke(host, body.id))).toEqual(answer)
    expect(brief(await ask(app, 'GET', '/api/room/links', { token: host.token }))).toEqual(answer)
  })

  it('invites nobody from before the door', async () => {
    await set('rooms SET waiting_room = 1')
    expect(brief(await invite(await guest('token')))).toEqual([409, 'not_admitted'])
  })
})

describe('who sees what', () => {
  it('a host all links of the room but not of other rooms; others what they made', async () => {
    const other = await makeRoom(app, { slug: 'other' })
    await makeLink(app, other.id, { label: 'Elsewhere' })
    await set(`links SET opens = 'everything' WHERE label = 'Elsewhere'`)
    await openEverything(await makeLink(app, room.id, { label: 'Every room' }))
    const by = await guest('token', 'message')
    await invite(by, { label: 'Mine' })
    await invite(host, { label: 'Theirs' })
    const labels = async (of: JoinAnswer) => (await list(of)).items.map(link => link.label).toSorted()
    expect(await labels(host)).toEqual(['Host', 'Mine', 'Some', 'Theirs'])
    expect(await labels(by)).toEqual(['Mine'])
  })

  it('the secret only of what is not stronger than they are', async () => {
    const by = await guest('op', 'token', 'message')
    const secrets = (await list(by)).items.map(link => [link.label, link.url !== null])
    expect(secrets.toSorted()).toEqual([
      ['Host', false],
      ['Some', true],
    ])
  })
})

describe('a link of the room', () => {
  it('is extended and revoked by who made it and by a host', async () => {
    const by = await guest('token')
    const mine = (await invite(by)).body
    const { status, body } = await extend(by, mine.id, at(30 * HOUR))
    expect({ status, endsAt: body.endsAt }).toEqual({ status: 200, endsAt: at(30 * HOUR) })
    expect((await extend(host, mine.id, at(31 * HOUR))).body.endsAt).toBe(at(31 * HOUR))
    expect((await revoke(by, mine.id)).status).toBe(204)
    expect(await rows(app, `links WHERE id = '${mine.id}'`, 'revoked_at')).toEqual([{ revoked_at: NOON }])
    const second = (await invite(by)).body
    expect((await revoke(host, second.id)).status).toBe(204)
  })

  it.each<[string, (app: TestApp) => Promise<{ by: JoinAnswer; id: string }>, [number, string]]>([
    [
      'of another maker, by no host',
      async () => ({ by: await guest('token', 'message', 'annotate'), id: (await invite(host)).body.id }),
      [404, 'not_found'],
    ],
    [
      'of another room, by a host of this one',
      async app => {
        const other = await makeRoom(app, { slug: 'other' })
        return { by: host, id: (await makeLink(app, other.id)).id }
      },
      [404, 'not_found'],
    ],
    [
      'of another room, made by the same person’s other self',
      async app => {
        const other = await makeRoom(app, { slug: 'other' })
        const there = await comeAs({ role: 'host' }, other)
        return { by: host, id: (await invite(there)).body.id }
      },
      [404, 'not_found'],
    ],
    [
      'that opens every room',
      async app => ({ by: host, id: await openEverything(await makeLink(app, room.id)) }),
      [404, 'not_found'],
    ],
    [
      'that may more than they do',
      async () => ({ by: await guest('op', 'token'), id: hostLink.id }),
      [403, 'not_held'],
    ],
    ['they came through', async () => ({ by: host, id: hostLink.id }), [409, 'own_link']],
    ['that is none', async () => ({ by: host, id: 'a'.repeat(16) }), [404, 'not_found']],
  ])('is not changed: one %s', async (_, situation, answer) => {
    const { by, id } = await situation(app)
    const before = await rows(app, 'links', 'id, ends_at, revoked_at, version')
    expect(brief(await extend(by, id))).toEqual(answer)
    expect(brief(await revoke(by, id))).toEqual(answer)
    expect(await rows(app, 'links', 'id, ends_at, revoked_at, version')).toEqual(before)
  })

  it.each([at(0), at(-1), 'soon', null])('gets no end like %s', async endsAt => {
    const { body } = await invite(host)
    const answer = await ask<{ code: string }>(app, 'PATCH', `/api/room/links/${body.id}`, {
      json: { endsAt },
      token: host.token,
    })
    expect(brief(answer)).toEqual([400, 'invalid'])
  })
})

describe('a link that is stronger than what its maker came through now gives', () => {
  const stateOf = async (id: string) => (await list(host)).items.find(link => link.id === id)?.state ?? 'gone'

  it('ends with a change of that one', async () => {
    const link = await makeLink(app, room.id, { label: 'Hosts', role: 'host' })
    const by = await join(app, link, { name: 'Ben' })
    const strong = await invite(by, { role: 'host' })
    const weak = await invite(by, { role: 'observer' })
    const json = { permissions: ['token', 'message'] }
    await ask(app, 'PATCH', `/api/rooms/${room.id}/links/${link.id}`, { json: { label: 'Clients' } })
    expect(await stateOf(strong.body.id)).toBe('active')
    await ask(app, 'PATCH', `/api/rooms/${room.id}/links/${link.id}`, { json })
    expect([await stateOf(strong.body.id), await stateOf(weak.body.id)]).toEqual(['gone', 'active'])
  })

  it('ends with a change of a room user', async () => {
    const path = `/api/rooms/${room.id}/users`
    const user = { name: 'eve', password: 'geheim und lang', role: 'host' }
    const { id } = (await ask<{ id: string }>(app, 'POST', path, { json: user })).body
    const { body } = await ask<JoinAnswer>(app, 'POST', '/api/join', {
      json: { slug: room.slug, username: user.name, password: user.password },
      token: null,
    })
    const strong = await invite(body, { role: 'host' })
    expect(await stateOf(strong.body.id)).toBe('active')
    await ask(app, 'PATCH', `${path}/${id}`, { json: { role: 'reviewer' } })
    expect(await stateOf(strong.body.id)).toBe('gone')
  })
})

it('nobody invites from an address that is kept out of the room', async () => {
  await app.db.execute(
    sql(
      `INSERT INTO bans (id, room_id, low, high, address, person_id, created_at)
       VALUES ('ban', :room, :key, :key, '127.0.0.1', 'nobody', 0)`,
      { room: room.id, key: blockKey('127.0.0.1') },
    ),
  )
  const before = await rows(app, 'links', 'id, ends_at, revoked_at')
  expect(brief(await invite(host))).toEqual([403, 'blocked'])
  for (const { id } of before) expect((await revoke(host, String(id))).status).toBe(403)
  expect(await rows(app, 'links', 'id, ends_at, revoked_at')).toEqual(before)
})

it('finds everything by index', async () => {
  const plan = await app.db.execute(
    sql('EXPLAIN QUERY PLAN SELECT COUNT(*) FROM links o WHERE o.room_id = :r AND o.made_by = :p', {
      r: 'x',
      p: 'y',
    }),
  )
  expect(plan.rows.map(row => row.detail)).toEqual([expect.stringContaining('links_by_maker')])
})

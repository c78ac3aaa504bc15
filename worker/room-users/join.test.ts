import { pbkdf2Sync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Answer,
  ask,
  importGroup,
  joinRequest,
  makeLink,
  playback,
  rows,
} from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import type { JoinAnswer } from '../people/schema.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

/** A hash that costs little. */
const kept = (password: string) => ({
  type: 'pbkdf2',
  hash: 'sha-256',
  key: pbkdf2Sync(password, Buffer.from('0011', 'hex'), 10, 32, 'sha256').toString('hex'),
  salt: '0011',
  iterations: 10,
})
const group = {
  users: {
    ada: { password: kept('ada-pass'), permissions: 'op' },
    ben: {
      password: { type: 'bcrypt', key: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' },
      permissions: 'present',
    },
    fay: { permissions: 'op' },
  },
  'wildcard-user': { password: kept('all-pass'), permissions: 'message' },
}
const bring = (definition: object = group, name?: string) => importGroup(app, definition, name)
const join = (username: string, password: string, fields: object = {}, address = '127.0.0.1') =>
  ask<JoinAnswer & { code?: string }>(app, 'POST', '/api/join', {
    json: { slug: 'grade', username, password, ...fields },
    token: null,
    address,
  })
const outcome = ({ status, body }: Answer<{ code?: string }>) =>
  body.code ? `${status} ${body.code}` : status
const linkOf = async (label: string) =>
  String((await rows(app, 'links', 'id, label')).find(link => link.label === label)!.id)
const change = (label: string, json: object) =>
  rows(app, 'rooms', 'id').then(async ([room]) =>
    ask(app, 'PATCH', `/api/rooms/${room!.id}/links/${await linkOf(label)}`, { json }),
  )

describe('a name and its password', () => {
  test('let in as the link does, in two round trips', async () => {
    await bring()
    app.roundTrips()
    const { status, body } = await join('ada', 'ada-pass')
    expect([status, app.roundTrips()]).toEqual([200, 2])
    const { token, person, permissions, state, room } = body
    expect([person.name, permissions, state, room.slug]).toEqual([
      'ada',
      ['op', 'present', 'message', 'annotate', 'caption', 'token'],
      'admitted',
      'grade',
    ])
    expect((await ask(app, 'GET', '/api/room', { token })).status).toBe(200)
    expect(await playback(app, token)).toMatchObject({
      webrtc: { url: expect.stringContaining('/app/grade') },
    })
  })

  test('of every kind', async () => {
    await bring()
    expect((await join('ben', 'U*U')).body).toMatchObject({ person: { name: 'ben' } })
    expect((await join('Zoë Ström', 'all-pass')).body).toMatchObject({
      person: { name: 'Zoë Ström' },
      permissions: ['message', 'annotate'],
    })
  })

  test('are the same person each time; who only has the password of all is somebody new', async () => {
    await bring()
    const who = async (name: string, password: string) => (await join(name, password)).body.person.id
    expect(await who('ada', 'ada-pass')).toBe(await who('ada', 'ada-pass'))
    expect(await who('zoe', 'all-pass')).not.toBe(await who('zoe', 'all-pass'))
    expect(await rows(app, 'links l', 'label, uses')).toEqual(
      expect.arrayContaining([
        { label: 'ada', uses: 1 },
        { label: 'Everybody else', uses: 2 },
      ]),
    )
  })

  test('stand before the same doors as who comes through a link, but for hosts', async () => {
    const { id } = await bring({ ...group, autolock: true })
    expect((await join('zoe', 'all-pass')).body).toMatchObject({
      state: 'waiting',
      waiting: { for: 'unlock' },
    })
    expect((await join('ada', 'ada-pass')).body).toMatchObject({ state: 'admitted', waiting: null })
    await ask(app, 'PATCH', `/api/rooms/${id}`, { json: { lock: null, waitingRoom: true } })
    expect((await join('ben', 'U*U')).body).toMatchObject({ state: 'waiting', waiting: { for: 'admission' } })
  })

  test('are recorded', async () => {
    const { id } = await bring()
    await join('ada', 'ada-pass')
    await app.settled()
    expect(
      await rows(app, 'audit', 'action, outcome, actor_kind, actor_name, target_name, room_id'),
    ).toContainEqual({
      action: 'person.join',
      outcome: 'done',
      actor_kind: 'person',
      actor_name: 'ada',
      target_name: 'ada',
      room_id: id,
    })
  })
})

describe('a right password still does not let in', () => {
  test.each<[string, object, string]>([
    ['by a revoked link', { revoked: true }, '410 link_revoked'],
    ['by one that has ended', { endsAt: '2026-11-21T12:00:00Z' }, '410 link_ended'],
  ])('%s', async (_, fields, why) => {
    await bring()
    await change('ada', fields)
    expect([outcome(await join('ada', 'ada-pass')), outcome(await join('ada', 'other'))]).toEqual([
      why,
      '404 not_found',
    ])
    await app.settled()
    expect(await rows(app, 'audit', 'action, params')).toContainEqual({
      action: 'person.refused',
      params: JSON.stringify({ reason: why.slice(4) }),
    })
  })

  test('who was removed, whoever lets them in again by another name', async () => {
    await bring()
    const { person } = (await join('ada', 'ada-pass')).body
    await app.db.execute('UPDATE people SET removed_at = 1')
    expect(outcome(await join('ada', 'ada-pass'))).toBe('403 removed')
    expect(await rows(app, 'people', 'id')).toEqual([{ id: person.id }])
  })

  test('beyond the uses of the link, but for who was in', async () => {
    await bring()
    await change('Everybody else', { maxUses: 1 })
    await change('ada', { maxUses: 1 })
    expect([outcome(await join('zoe', 'all-pass')), outcome(await join('yan', 'all-pass'))]).toEqual([
      200,
      '410 link_used_up',
    ])
    expect([outcome(await join('ada', 'ada-pass')), outcome(await join('ada', 'ada-pass'))]).toEqual([
      200, 200,
    ])
  })

  test('in a room that has ended', async () => {
    await bring({ ...group, expires: '2026-11-21T12:00:00Z' })
    expect(outcome(await join('ada', 'ada-pass'))).toBe('410 room_ended')
  })

  test('from a blocked address, where a password is not even looked at', async () => {
    await bring()
    await ask(app, 'POST', '/api/blocks', { json: { block: '198.51.100.0/24' } })
    for (const password of ['ada-pass', 'wrong'])
      expect(outcome(await join('ada', password, {}, '198.51.100.7'))).toBe('403 blocked')
  })

  test('in a room that is elsewhere, which says where', async () => {
    const there = {
      status: 409,
      body: { code: 'elsewhere', location: 'https://other.example.org/r/grade' },
    }
    const { id } = await bring({ ...group, redirect: there.body.location })
    expect([await join('ada', 'ada-pass'), await join('ada', 'wrong')]).toMatchObject([
      there,
      { status: 404 },
    ])
    // Of a public one strangers know.
    await ask(app, 'PATCH', `/api/rooms/${id}`, { json: { public: true } })
    expect([await join('ada', 'ada-pass'), await join('ada', 'wrong')]).toMatchObject([there, there])
    const link = await makeLink(app, id)
    expect(await ask(app, 'POST', '/api/join', { json: joinRequest(link), token: null })).toMatchObject(there)
    expect(await rows(app, 'people')).toEqual([])
  })

  test('when it is changed while it is looked at', async () => {
    await bring()
    const { execute, batch } = app.db
    let batches = 0
    app.db.batch = async (...args) => {
      // Between finding and entering.
      if (++batches === 2) await execute("UPDATE room_users SET password = '{}' WHERE name = 'ada'")
      return batch(...args)
    }
    expect(outcome(await join('ada', 'ada-pass'))).toBe('404 not_found')
    app.db.batch = batch
    expect(await rows(app, 'people')).toEqual([])
  })
})

describe('strangers', () => {
  test('get one answer for everything that is wrong, after the same round trip', async () => {
    await bring()
    await bring({ users: { ada: { password: kept('other-pass'), permissions: 'op' } } }, 'other')
    const seen = async (username: string, password: string, slug = 'grade') => {
      app.roundTrips()
      const { status, headers, body } = await join(username, password, { slug }, '192.0.2.1')
      const { 'x-request-id': _, ...rest } = headers
      return { trips: app.roundTrips(), status, headers: rest, body }
    }
    const expected = await seen('ada', 'wrong', 'nowhere')
    expect([expected.status, expected.trips, (expected.body as { code?: string }).code]).toEqual([
      404,
      1,
      'not_found',
    ])
    const tries: [string, string, string?][] = [
      ['ada', 'wrong'],
      ['ada', ''],
      ['ada', 'ada-pass '],
      ['ada', 'all-pass'],
      ['ada', 'other-pass'],
      ['ada', 'ada-pass', 'other'],
      ['Ada', 'ada-pass'],
      ['fay', ''],
      ['fay', 'all-pass'],
      ['zoe', 'ada-pass'],
      ['zoe', 'all-pass', 'other'],
      // Nobody said that people may come without a name.
      ['', 'all-pass'],
      ['ada', 'ada-pass', 'GRADE'],
      ['ada', 'ada-pass', ''],
      ['ada', 'ada-pass', 'gr\u0000ade'],
    ]
    for (const [username, password, slug] of tries)
      expect({ username, password, ...(await seen(username, password, slug)) }).toEqual({
        username,
        password,
        ...expected,
      })
    expect(await rows(app, 'people')).toEqual([])
  })

  test.each<[object, string, string]>([
    [{ username: 'ada' }, 'password', 'is required'],
    [{ password: 'x' }, 'username', 'is required'],
    [{ username: 'ada', password: 'x', secret: 'y' }, 'username', 'cannot be given together with secret'],
    [{ username: 'ada', password: 'x', token: 'y' }, 'username', 'cannot be given together with token'],
    [{ token: 'x', secret: 'y' }, 'token', 'cannot be given together with secret'],
    [{ secret: 'x', password: 'y' }, 'password', 'cannot be given together with secret'],
    [{ username: 'ada', password: 'x', name: 'y' }, 'name', 'cannot be given together with username'],
    [{ username: 'ada', password: 'x', pin: '1234' }, 'pin', 'cannot be given together with username'],
    [{ token: 'x', pin: '1234' }, 'pin', 'cannot be given together with token'],
    [{ username: 'x'.repeat(81), password: 'x' }, 'username', 'must have at most 80 characters'],
    [{ username: 'a\u202eb', password: 'x' }, 'username', 'must be one line without control characters'],
    [{ username: 'ada', password: 'x'.repeat(501) }, 'password', 'must have at most 500 characters'],
    [{ username: 'ada', password: null }, 'password', 'must be text'],
    [{ token: 'x'.repeat(8193) }, 'token', 'must have at most 8192 characters'],
  ])('%j is refused before the database is asked', async (fields, field, detail) => {
    app.roundTrips()
    const answer = await ask(app, 'POST', '/api/join', { token: null, json: { slug: 'grade', ...fields } })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid' } })
    expect(answer.body.errors).toContainEqual({ field, detail })
    expect(app.roundTrips()).toBe(0)
  })
})

describe('people without a name', () => {
  test('come in where the room says so, called as their link is', async () => {
    await bring({ ...group, 'allow-anonymous': true })
    expect((await join('', 'all-pass')).body).toMatchObject({ person: { name: 'Everybody else' } })
  })

  test('or where it has a user for them', async () => {
    await bring({ users: { '': { password: { type: 'wildcard' }, permissions: 'observe' } } })
    const [one, two] = [await join('', 'x'), await join('', '')]
    expect(one.body).toMatchObject({ person: { name: 'People without a name' }, permissions: [] })
    expect(one.body.person.id).not.toBe(two.body.person.id)
  })
})

describe('guessing', () => {
  test('ends after five tries at a name from an address, for a quarter of an hour, right or wrong', async () => {
    await bring()
    const tries: unknown[] = []
    for (const password of ['1', '2', '3', '4', '5', 'ada-pass'])
      tries.push(outcome(await join('ada', password)))
    expect(tries).toEqual([...Array(5).fill('404 not_found'), '429 too_many'])
    const { headers } = await join('ada', 'ada-pass')
    expect(headers['retry-after']).toBe('900')
    // Others, and from elsewhere, are not kept out.
    expect([
      outcome(await join('ben', 'U*U')),
      outcome(await join('ada', 'ada-pass', {}, '192.0.2.9')),
    ]).toEqual([200, 200])
    app.clock.now += 15 * 60_000
    expect(outcome(await join('ada', 'ada-pass'))).toBe(200)
  })

  test('does so for rooms and names that are not there, so that it does not tell', async () => {
    await bring()
    for (const [name, slug] of [
      ['ada', 'nowhere'],
      ['fay', 'grade'],
    ] as const) {
      const tries: unknown[] = []
      for (let i = 0; i < 6; i++) tries.push(outcome(await join(name, 'x', { slug }, '192.0.2.3')))
      expect(tries).toEqual([...Array(5).fill('404 not_found'), '429 too_many'])
    }
  })

  test('is not made good by a password of one’s own', async () => {
    await bring()
    const tries: unknown[] = []
    for (let i = 0; i < 6; i++) {
      tries.push(outcome(await join('ada', 'x')))
      await join('ben', 'U*U')
    }
    expect(tries.at(-1)).toBe('429 too_many')
  })

  test('of many names from an address ends too', async () => {
    await bring()
    for (let i = 0; i < 30; i++) expect(outcome(await join(`name${i}`, 'x'))).toBe('404 not_found')
    expect(outcome(await join('ben', 'U*U'))).toBe('429 too_many')
    expect(outcome(await join('ben', 'U*U', {}, '192.0.2.9'))).toBe(200)
  })

  test('from everywhere has one turn in five seconds', async () => {
    await bring()
    const from = (n: number, password = 'x') => join('ada', password, {}, `192.0.2.${n}`)
    for (let i = 0; i < 20; i++) await from(i)
    expect([outcome(await from(100)), outcome(await from(101, 'ada-pass'))]).toEqual([
      '404 not_found',
      '429 too_many',
    ])
    app.clock.now += 5_000
    expect(outcome(await from(101, 'ada-pass'))).toBe(200)
  })

  test('gives back what a right password took', async () => {
    await bring()
    for (let i = 0; i < 12; i++) expect(outcome(await join('ada', 'ada-pass'))).toBe(200)
    for (let i = 0; i < 4; i++) await join('ada', 'x')
    expect(outcome(await join('ada', 'ada-pass'))).toBe(200)
  })
})

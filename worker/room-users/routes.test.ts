import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, importGroup, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import type { RoomUser } from './schema.ts'

let app: TestApp
let roomId: string
beforeEach(async () => {
  app = await testApp()
  roomId = (await makeRoom(app, { slug: 'grade' })).id
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const users = (method: string, json?: object, id = '', headers: Record<string, string> = {}) =>
  ask<RoomUser>(app, method, `/api/rooms/${roomId}/users${id && `/${id}`}`, {
    ...(json ? { json } : {}),
    headers,
  })
const add = async (json: object) => (await users('POST', json)).body
const join = async (username: string, password: string, address?: string) => {
  const json = { slug: 'grade', username, password }
  const { status, body } = await ask(app, 'POST', '/api/join', {
    json,
    token: null,
    ...(address ? { address } : {}),
  })
  return body.code ?? status
}

describe('a room user', () => {
  test('is made, seen, changed and removed', async () => {
    const made = await users('POST', { name: 'ada', password: 'first-pass', role: 'reviewer' })
    expect([made.status, made.headers.location]).toEqual([201, `/api/rooms/${roomId}/users/${made.body.id}`])
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[a-z2-7]{16}$/),
      roomId,
      name: 'ada',
      password: 'pbkdf2',
      role: 'reviewer',
      permissions: ['message', 'annotate'],
      groupAdmin: false,
      state: 'active',
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    })
    const { id } = made.body
    expect((await users('GET', undefined, id)).body).toEqual(made.body)
    expect((await users('GET')).body).toEqual({ items: [made.body], next: null })
    expect(await join('ada', 'first-pass')).toBe(200)

    expect((await users('PATCH', { password: 'second-pass', permissions: ['op'] }, id)).body).toMatchObject({
      role: null,
      permissions: ['op'],
    })
    expect([await join('ada', 'first-pass'), await join('ada', 'second-pass')]).toEqual(['not_found', 200])

    expect((await users('DELETE', undefined, id)).status).toBe(204)
    expect([await join('ada', 'second-pass'), (await users('GET', undefined, id)).status]).toEqual([
      'not_found',
      404,
    ])
    expect(await rows(app, 'links', 'id, revoked_at IS NOT NULL AS revoked')).toEqual([{ id, revoked: 1 }])
    // The name is free.
    expect((await users('POST', { name: 'ada' })).status).toBe(201)
  })

  test('without a password does not come in; with any, whoever says the name', async () => {
    const { id } = await add({ name: 'ada' })
    expect(await join('ada', '')).toBe('not_found')
    expect((await users('PATCH', { anyPassword: true }, id)).body.password).toBe('wildcard')
    expect(await join('ada', '')).toBe(200)
    expect((await users('PATCH', { password: null }, id)).body.password).toBeNull()
    expect(await join('ada', '')).toBe('not_found')
  })

  test('may be everybody else, or whoever has no name', async () => {
    await add({ name: null, password: 'everybody', role: 'reviewer' })
    await add({ name: '', anyPassword: true })
    await add({ name: 'ada', password: 'ada-password' })
    const { items } = (await users('GET')).body as unknown as { items: RoomUser[] }
    expect(items.map(({ name }) => name)).toEqual([null, '', 'ada'])
    expect([
      await join('zoe', 'everybody'),
      await join('', 'x'),
      await join('ada', 'everybody'),
      await join('ada', 'ada-password'),
    ]).toEqual([200, 200, 'not_found', 200])
  })

  test('is kept out and let in again', async () => {
    const { id } = await add({ name: 'ada', password: 'ada-password' })
    expect((await users('PATCH', { revoked: true }, id)).body.state).toBe('revoked')
    expect(await join('ada', 'ada-password')).toBe('link_revoked')
    expect((await users('PATCH', { revoked: false }, id)).body.state).toBe('active')
    expect(await join('ada', 'ada-password')).toBe(200)
  })

  test('is changed only by who has seen the latest', async () => {
    const made = await users('POST', { name: 'ada', password: 'first-pass' })
    const { id } = made.body
    const seen = { 'if-match': made.headers.etag! }
    expect((await users('PATCH', { password: 'second-pass' }, id, seen)).status).toBe(200)
    expect([
      (await users('PATCH', { password: 'third-pass' }, id, seen)).status,
      (await users('DELETE', undefined, id, seen)).status,
    ]).toEqual([412, 412])
    expect([await join('ada', 'third-pass'), await join('ada', 'second-pass')]).toEqual(['not_found', 200])
  })
})

describe('refused', () => {
  test('a name that is taken, whatever kind it is', async () => {
    for (const name of ['ada', '', null]) {
      expect((await users('POST', { name })).status).toBe(201)
      expect(await users('POST', { name })).toMatchObject({ status: 409, body: { code: 'name_taken' } })
    }
    expect(await rows(app, 'links')).toHaveLength(3)
  })

  test('what is in another room, or none', async () => {
    const { id } = await add({ name: 'ada', password: 'ada-password' })
    const other = await makeRoom(app, { slug: 'other' })
    for (const [method, json] of [['GET'], ['PATCH', { password: 'another-pass' }], ['DELETE']] as const)
      expect(
        (await ask(app, method, `/api/rooms/${other.id}/users/${id}`, json ? { json } : {})).status,
      ).toBe(404)
    for (const method of ['GET', 'POST'])
      expect(
        (
          await ask(
            app,
            method,
            '/api/rooms/aaaaaaaaaaaaaaaa/users',
            method === 'POST' ? { json: { name: 'x' } } : {},
          )
        ).status,
      ).toBe(404)
    expect(await join('ada', 'ada-password')).toBe(200)
  })

  test('a link that is no room user', async () => {
    const link = await ask(app, 'POST', `/api/rooms/${roomId}/links`, { json: { label: 'x' } })
    const id = String(link.body.id)
    expect([
      (await users('GET', undefined, id)).status,
      (await users('PATCH', { role: 'host' }, id)).status,
      (await users('DELETE', undefined, id)).status,
    ]).toEqual([404, 404, 404])
    expect(await rows(app, 'links', 'role, revoked_at')).toEqual([{ role: 'observer', revoked_at: null }])
  })

  test.each<[object, string]>([
    [{}, 'name: is required'],
    [{ name: 7 }, 'name'],
    [{ name: 'x'.repeat(81) }, 'name: must have at most 80 characters'],
    [{ name: 'a', password: 'short' }, 'password: must have at least 8 characters'],
    [{ name: 'a', password: 'x'.repeat(501) }, 'password: must have at most 500 characters'],
    [{ name: 'a', anyPassword: false }, 'anyPassword: must be true or left out'],
    [
      { name: 'a', anyPassword: true, password: 'long-enough' },
      'anyPassword: cannot be given together with password',
    ],
    [{ name: 'a', role: 'host', permissions: [] }, 'permissions: cannot be given together with role'],
    [{ name: 'a', permissions: ['admin'] }, 'permissions.0: must be one of op'],
    [{ name: 'a', hash: 'x' }, 'hash: is not known here'],
  ])('%j', async (json, detail) => {
    expect(await users('POST', json)).toMatchObject({
      status: 400,
      body: { code: 'invalid', detail: expect.stringContaining(detail) },
    })
  })
})

describe('one’s own password', () => {
  const set = (fields: object = {}, address = '192.0.2.1') =>
    ask(app, 'POST', '/api/room-users/password', {
      token: null,
      address,
      json: { slug: 'grade', username: 'ada', password: 'first-pass', newPassword: 'second-pass', ...fields },
    })

  test('is changed by who knows it, and recorded', async () => {
    const { id } = await add({ name: 'ada', password: 'first-pass' })
    expect((await set()).status).toBe(204)
    expect([await join('ada', 'first-pass'), await join('ada', 'second-pass')]).toEqual(['not_found', 200])
    await app.settled()
    expect(
      await rows(
        app,
        "audit WHERE action = 'room-user.password'",
        'actor_kind, actor_name, target_id, room_id, params',
      ),
    ).toEqual([{ actor_kind: 'person', actor_name: 'ada', target_id: id, room_id: roomId, params: '{}' }])
  })

  test('is not changed by anybody else, with one answer for all that is wrong', async () => {
    const ada = await add({ name: 'ada', password: 'first-pass' })
    await add({ name: null, password: 'everybody' })
    await add({ name: 'any', anyPassword: true })
    await add({ name: 'none' })
    const wrong: object[] = [
      { password: 'wrong' },
      { slug: 'nowhere' },
      { username: 'zoe', password: 'everybody' },
      { username: 'any', password: 'x' },
      { username: 'none', password: '' },
      { username: '', password: '' },
    ]
    for (const [at, fields] of wrong.entries())
      expect({ fields, ...(await set(fields, `198.51.100.${at}`)) }).toMatchObject({
        fields,
        status: 404,
        body: { code: 'not_found' },
      })
    await users('PATCH', { revoked: true }, ada.id)
    expect((await set()).status).toBe(404)
    await users('PATCH', { revoked: false }, ada.id)
    expect(await join('ada', 'first-pass')).toBe(200)
  })

  test('counts as a try', async () => {
    await add({ name: 'ada', password: 'first-pass' })
    const tries: number[] = []
    for (let i = 0; i < 5; i++) tries.push((await set({ password: 'wrong' })).status)
    expect([...tries, (await set()).status]).toEqual([404, 404, 404, 404, 404, 429])
    expect(await join('ada', 'first-pass', '192.0.2.1')).toBe('too_many')
  })

  test('is not there where another server knows the passwords', async () => {
    await importGroup(
      app,
      {
        authServer: 'https://auth.example.org/',
        users: { ada: { password: 'first-pass', permissions: 'op' } },
      },
      'away',
    )
    expect((await set({ slug: 'away' })).status).toBe(404)
  })

  test.each<[object, string]>([
    [{ newPassword: 'short' }, 'newPassword: must have at least 8 characters'],
    [{ newPassword: undefined }, 'newPassword: is required'],
    [{ password: undefined }, 'password: is required'],
    [{ token: 'x' }, 'token: is not known here'],
  ])('%j', async (fields, detail) => {
    expect(await set(fields)).toMatchObject({ status: 400, body: { code: 'invalid', detail } })
  })

  test('and nobody’s password is ever told', async () => {
    await add({ name: 'ada', password: 'first-pass' })
    await set()
    await set({ password: 'first-pass' })
    await app.settled()
    const kept = JSON.stringify([await rows(app, 'room_users'), await rows(app, 'audit'), app.log])
    expect(kept).not.toMatch(/(first|second)-pass/)
  })
})

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { isPassword } from '../room-users/password.ts'
import type { Room } from '../rooms/schema.ts'

const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/galene/${name}.json`, import.meta.url), 'utf8'))

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const bring = (definition: unknown, fields: object = {}) =>
  ask<Room>(app, 'POST', '/api/import/galene', { json: { name: 'grade', definition, ...fields } })
const take = async (id: string) =>
  (
    await ask<{ name: string; definition: Record<string, unknown> }>(
      app,
      'GET',
      `/api/rooms/${id}/export/galene`,
    )
  ).body

describe('a group that comes in', () => {
  test('is a room, in one round trip', async () => {
    app.roundTrips()
    const { status, headers, body } = await bring(fixture('whole'))
    // Whether the caller is blocked, the room with all that is in it, the audit.
    expect(app.roundTrips()).toBe(3)
    expect([status, headers.location, headers.etag]).toEqual([
      201,
      `/api/rooms/${body.id}`,
      expect.stringMatching(/^"1-/),
    ])
    expect(body).toMatchObject({
      slug: 'grade',
      title: 'Tuesday grade',
      links: 15,
      maxViewers: 12,
      chatHistoryMs: 7_200_000,
      lock: { message: '' },
      autolock: true,
      codecs: ['vp9', 'h264', 'opus'],
      authServer: 'https://auth.example.org/check',
    })
    expect((await ask(app, 'GET', `/api/rooms/${body.id}`)).body).toEqual(body)
  })

  test('has a link for each user and each key', async () => {
    await bring(fixture('whole'))
    expect(
      await rows(
        app,
        'links l LEFT JOIN room_users u ON u.link_id = l.id LEFT JOIN room_keys k ON k.id = l.id',
        'l.label, l.role, l.fixed_name, u.name, u.admin, k.position',
      ),
    ).toEqual(
      expect.arrayContaining([
        { label: 'ada', role: 'host', fixed_name: 'ada', name: 'ada', admin: 0, position: null },
        { label: 'ben', role: null, fixed_name: 'ben', name: 'ben', admin: 0, position: null },
        { label: 'fay', role: null, fixed_name: 'fay', name: 'fay', admin: 1, position: null },
        {
          label: 'People without a name',
          role: 'observer',
          fixed_name: null,
          name: '',
          admin: 0,
          position: null,
        },
        { label: 'Everybody else', role: 'reviewer', fixed_name: null, name: null, admin: 0, position: null },
        { label: 'Tokens: shared', role: 'observer', fixed_name: null, name: null, admin: null, position: 0 },
        { label: 'Tokens 2', role: 'observer', fixed_name: null, name: null, admin: null, position: 1 },
      ]),
    )
  })

  test('leaves no password in plain and no shared key readable', async () => {
    await bring(fixture('whole'))
    const users = await rows(app, 'room_users', 'name, password')
    const cleo = JSON.parse(String(users.find(({ name }) => name === 'cleo')!.password))
    expect(cleo).toMatchObject({ type: 'pbkdf2', iterations: 100_000 })
    expect(await isPassword(cleo, 'cleo-pass', 'node')).toBe(true)
    const kept = JSON.stringify([users, await rows(app, 'room_keys'), await rows(app, 'audit'), app.log])
    expect(kept).not.toMatch(/(cleo|dora|gus|hal|everybody)-pass/)
    const [shared] = fixture('whole').authKeys as { k: string }[]
    expect(kept).not.toContain(shared!.k)
  })

  test('goes out again', async () => {
    const { body } = await bring(fixture('whole'))
    const { name, definition } = await take(body.id)
    const {
      users = {},
      'wildcard-user': _others,
      authKeys,
      redirect: _,
      ...rest
    } = fixture('whole') as Record<string, Record<string, object>> & {
      authKeys: { use?: string; key_ops?: string[] }[]
    }
    expect(name).toBe('grade')
    expect(definition).toEqual({
      ...rest,
      'not-before': '2026-11-21T13:00:00.000Z',
      expires: '2026-11-21T19:30:00.000Z',
      authKeys: authKeys.map(({ use: _, key_ops: __, ...key }) => key),
      users: {
        ...users,
        cleo: { ...users.cleo, password: expect.objectContaining({ type: 'pbkdf2' }) },
        dora: { ...users.dora, password: expect.objectContaining({ type: 'pbkdf2' }) },
        gus: { password: expect.objectContaining({ type: 'pbkdf2' }), permissions: 'op' },
        hal: { password: expect.objectContaining({ type: 'pbkdf2' }), permissions: 'observe' },
      },
      'wildcard-user': { permissions: 'message', password: expect.objectContaining({ type: 'pbkdf2' }) },
    })
    const again = await bring(definition, { name: 'again' })
    expect((await take(again.body.id)).definition).toEqual(definition)
  })

  test('may have a name that is no slug', async () => {
    expect((await bring({}, { name: 'Clients/Reel 3' })).body).toMatchObject({
      slug: 'clients-reel-3',
      title: 'Clients/Reel 3',
    })
    expect((await bring({}, { name: 'Clients/Reel 3', slug: 'reel' })).body).toMatchObject({ slug: 'reel' })
  })

  test('with its secrets kept out of the audit', async () => {
    const { body } = await bring(fixture('whole'))
    await take(body.id)
    expect(await rows(app, 'audit', 'action, outcome, room_id, params')).toEqual([
      {
        action: 'room.import',
        outcome: 'done',
        room_id: body.id,
        params: JSON.stringify({ name: 'grade', users: 10, keys: 5 }),
      },
      { action: 'room.export', outcome: 'done', room_id: body.id, params: '{}' },
    ])
  })
})

describe('refused', () => {
  test('a name that is taken, leaving nothing behind', async () => {
    await makeRoom(app, { slug: 'grade' })
    expect(await bring(fixture('whole'))).toMatchObject({ status: 409, body: { code: 'slug_taken' } })
    expect([await rows(app, 'links'), await rows(app, 'room_users'), await rows(app, 'room_keys')]).toEqual([
      [],
      [],
      [],
    ])
  })

  test('a definition, with all that is wrong by its path and none of it repeated', async () => {
    const wrong = { users: { ada: { password: { type: 'plain', kee: 'geheim' } } }, authKey: ['geheim'] }
    const answer = await bring(wrong)
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 'invalid',
        errors: [
          { field: 'definition.users.ada.password.key', detail: 'is required' },
          { field: 'definition.users.ada.password.kee', detail: 'is not known here' },
          { field: 'definition.authKey', detail: 'is not known here' },
        ],
      },
    })
    await app.settled()
    expect(JSON.stringify([answer.body, await rows(app, 'audit'), app.log])).not.toContain('geheim')
    expect(await rows(app, 'rooms')).toEqual([])
  })

  test.each<[object, string]>([
    [{ definition: {} }, 'name: is required'],
    [{ name: '', definition: {} }, 'name: must not be empty'],
    [{ name: '/x', definition: {} }, 'name: must not begin or end with a slash'],
    [{ name: 'a/../b', definition: {} }, 'name: must not have an empty part, . or .. between slashes'],
    [{ name: '.x', definition: {} }, 'name: must not begin with a dot'],
    [{ name: 'x' }, 'definition: is required'],
    [{ name: 'x', definition: '{}' }, 'definition: must be an object'],
    [{ name: 'x', definition: {}, owner: 1 }, 'owner: is not known here'],
    [{ name: 'x', slug: 'X', definition: {} }, 'slug: must be 1 to 64 of a–z, 0–9 and -'],
  ])('%j', async (json, detail) => {
    expect(await ask(app, 'POST', '/api/import/galene', { json })).toMatchObject({
      status: 400,
      body: { code: 'invalid', detail },
    })
  })

  test('a file of more than half a megabyte; a usual one may have more than other requests', async () => {
    const users = (n: number) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`${i}`.repeat(20), {}]))
    expect((await bring({ users: users(400), comment: 'x'.repeat(2000) })).status).toBe(201)
    expect(await bring({ comment: 'x'.repeat(530_000) })).toMatchObject({ status: 413 })
    expect((await ask(app, 'POST', '/api/rooms', { json: { title: 'x'.repeat(70_000) } })).status).toBe(413)
  })

  test('an export of no room', async () => {
    expect((await ask(app, 'GET', '/api/rooms/aaaaaaaaaaaaaaaa/export/galene')).status).toBe(404)
  })
})

test('on Workers, a hash that they cannot compute', async () => {
  const workers = await testApp({}, { runtime: 'workerd' })
  const password = { type: 'pbkdf2', hash: 'sha-256', key: 'a'.repeat(64), salt: 'aa', iterations: 600_000 }
  const definition = { users: { ada: { password } } }
  const answer = await ask(workers, 'POST', '/api/import/galene', { json: { name: 'grade', definition } })
  expect(answer).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'definition.users.ada.password.iterations' }] },
  })
  await workers.settled()
  workers.close()
})

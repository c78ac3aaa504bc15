import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeInvitation, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type RequestOptions, type TestApp, testApp } from '../../test/support/app.ts'
import { accounts, answerSignIn, audited, givePasskey, signInOptions } from '../../test/support/passkeys.ts'
import { makeUser, signIn, type TestUser } from '../../test/support/users.ts'
import type { MadeApiKey } from '../api-keys/schema.ts'
import { sql } from '../db.ts'
import { keyRights, type Right, type Role, roles } from './rights.ts'
import type { Invitation, InvitedUser, User, UserList } from './schema.ts'

let app: TestApp
let owner: TestUser
let admin: TestUser
beforeEach(async () => {
  app = await testApp()
  owner = await makeUser(app, 'owner')
  admin = await makeUser(app, 'admin')
})
afterEach(async () => {
  await app.settled()
  app.close()
})

/** A call of a user's page. */
const as = <T = User>(who: TestUser, method: string, path: string, options: RequestOptions = {}) =>
  ask<T>(app, method, path, { token: null, ...options, headers: { ...who.headers, ...options.headers } })
const invite = (who: TestUser, json: object) => as<InvitedUser>(who, 'POST', '/api/users', { json })
const change = (who: TestUser, id: string, json: object, headers: Record<string, string> = {}) =>
  as(who, 'PATCH', `/api/users/${id}`, { json, headers })
const get = async (id: string) => (await as(owner, 'GET', `/api/users/${id}`)).body
const signedIn = async (who: TestUser) => (await as(who, 'GET', '/api/session')).status

describe('inviting', () => {
  test('makes a user who has not come yet, and a link that is shown this once', async () => {
    const json = { name: ' Vera ', email: 'Vera@Post.Example', role: 'operator' }
    const { status, headers, body } = await invite(admin, json)
    expect({ status, location: headers.location, cache: headers['cache-control'], body }).toEqual({
      status: 201,
      location: `/api/users/${body.user.id}`,
      cache: 'no-store',
      body: {
        user: {
          id: expect.stringMatching(/^[a-z2-7]{16}$/),
          name: 'Vera',
          email: 'vera@post.example',
          role: 'operator',
          state: 'invited',
          oidc: false,
          passkeys: 0,
          sessions: 0,
          lastSeenAt: null,
          invitationEndsAt: new Date(NOON + 72 * 3600_000).toISOString(),
          createdAt: new Date(NOON).toISOString(),
          updatedAt: new Date(NOON).toISOString(),
        },
        invitation: {
          url: expect.stringMatching(/^http:\/\/sightline\.test\/admin\/welcome#[\w-]+\.[\w-]+\.[\w-]{43}$/),
          expiresAt: new Date(NOON + 72 * 3600_000).toISOString(),
        },
      },
    })
    const secret = new URL(body.invitation.url).hash.slice(1)
    expect(JSON.stringify(await rows(app, 'one_time_links'))).not.toContain(secret)
    expect((await audited(app)).at(-1)).toEqual({
      action: 'user.invite',
      outcome: 'done',
      actor_kind: 'user',
      actor_id: admin.id,
      target_id: body.user.id,
    })
  })

  test.each<[object, string]>([
    [{ name: 'Gus', role: 'guest' }, 'email'],
    [{ name: 'Gus', role: 'guest', email: null }, 'email'],
    [{ name: '', role: 'operator' }, 'name'],
    [{ name: 'x'.repeat(81), role: 'operator' }, 'name'],
    [{ name: 'a\u202eb', role: 'operator' }, 'name'],
    [{ role: 'operator' }, 'name'],
    [{ name: 'Vera' }, 'role'],
    [{ name: 'Vera', role: 'root' }, 'role'],
    [{ name: 'Vera', role: ['owner'] }, 'role'],
    [{ name: 'Vera', role: 'operator', email: 'vera' }, 'email'],
    [{ name: 'Vera', role: 'operator', email: 'vera@localhost' }, 'email'],
    [{ name: 'Vera', role: 'operator', email: 'a@b.example, c@d.example' }, 'email'],
    [{ name: 'Vera', role: 'operator', email: `${'x'.repeat(250)}@b.example` }, 'email'],
    [{ name: 'Vera', role: 'operator', id: 'mine' }, 'id'],
    [{ name: 'Vera', role: 'operator', subject: 'x' }, 'subject'],
  ])('%j is refused for its %s', async (json, field) => {
    const answer = await invite(owner, json)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field }] } })
    expect(await rows(app, 'users')).toHaveLength(2)
  })

  test('with an address that somebody has, in whatever letters, makes nobody', async () => {
    await invite(admin, { name: 'Vera', email: 'vera@post.example', role: 'operator' })
    const before = [await accounts(app), await rows(app, 'one_time_links')]
    const all = await Promise.all(
      ['vera@post.example', 'VERA@post.EXAMPLE', ' vera@post.example '].map(email =>
        invite(admin, { name: 'Eve', email, role: 'admin' }),
      ),
    )
    for (const answer of all) expect(answer).toMatchObject({ status: 409, body: { code: 'email_taken' } })
    expect([await accounts(app), await rows(app, 'one_time_links')]).toEqual(before)
  })

  test('ten at once with one address makes one of them', async () => {
    const json = { name: 'Vera', email: 'vera@post.example', role: 'operator' }
    const all = await Promise.all(Array.from({ length: 10 }, () => invite(admin, json)))
    expect(all.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
    expect(await rows(app, 'users')).toHaveLength(3)
  })

  test('again gives another link; a disabled user gets none, and nobody one who is not there', async () => {
    const { id } = (await invite(admin, { name: 'Vera', role: 'operator' })).body.user
    const again = () => as<Invitation>(admin, 'POST', `/api/users/${id}/invitation`)
    expect((await again()).status).toBe(201)
    await change(admin, id, { disabled: true })
    expect(await again()).toMatchObject({ status: 409, body: { code: 'disabled' } })
    expect((await as(admin, 'POST', '/api/users/aaaaaaaaaaaaaaaa/invitation')).status).toBe(404)
    expect(await rows(app, 'one_time_links WHERE revoked_at IS NULL')).toEqual([])
  })
})

/** Who may do what to whom; machines with an admin's rights count as an admin, but recover nobody. */
describe.each(['owner', 'admin', 'token', 'key'] as const)('%s', kind => {
  const own = kind === 'owner' ? 'owner' : 'admin'
  const may = (...those: Role[]) => own === 'owner' || !those.includes('owner')
  /** A key is no stronger than an admin, though an owner has made it. */
  let key: string
  beforeEach(async () => {
    const json = { name: 'Robot', rights: keyRights.filter(right => right !== 'settings') }
    key = (await as<{ secret: string }>(owner, 'POST', '/api/keys', { json })).body.secret
  })
  const options = (): RequestOptions => {
    if (kind === 'token') return {}
    if (kind === 'key') return { token: key }
    return { token: null, headers: (kind === 'owner' ? owner : admin).headers }
  }
  const tooHigh = { status: 403, body: { code: 'role_too_high' } }

  test.each(roles)('inviting, changing, recovering and removing %s', async role => {
    const email = `${role}@post.example`
    const json = { name: 'New', role, email }
    const invited = await ask<InvitedUser>(app, 'POST', '/api/users', { ...options(), json })
    if (!may(role)) expect(invited).toMatchObject(tooHigh)
    else expect(invited.status).toBe(201)
    const { id } = await makeUser(app, role, { email: 'x@post.example' })
    const path = `/api/users/${id}`
    const before = await accounts(app)
    const answers = [
      await ask(app, 'PATCH', path, { ...options(), json: { name: 'Changed' } }),
      await ask(app, 'PATCH', path, { ...options(), json: { disabled: true } }),
      await ask(app, 'PATCH', path, { ...options(), json: { disabled: false } }),
      await ask(app, 'POST', `${path}/invitation`, options()),
      await ask(app, 'DELETE', path, options()),
    ]
    if (may(role)) {
      // Nobody is recovered by a machine.
      const link = kind === 'owner' || kind === 'admin' ? 201 : 403
      return expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, link, 204])
    }
    for (const answer of answers) expect(answer).toMatchObject(tooHigh)
    expect(await accounts(app)).toEqual(before)
  })

  test.each(roles.flatMap(before => roles.map(after => [before, after] as const)))(
    'making an owner, admin, operator or guest of another: from %s to %s',
    async (before, after) => {
      const { id } = await makeUser(app, before, { email: 'x@post.example' })
      const answer = await ask(app, 'PATCH', `/api/users/${id}`, { ...options(), json: { role: after } })
      if (may(before, after)) expect(answer).toMatchObject({ status: 200, body: { role: after } })
      else expect(answer).toMatchObject(tooHigh)
      expect((await get(id)).role).toBe(may(before, after) ? after : before)
    },
  )
})

describe('a key with users:write', () => {
  const keyWith = async (rights: Right[]) =>
    (await as<MadeApiKey>(owner, 'POST', '/api/keys', { json: { name: 'HR', rights } })).body.secret
  const tooHigh = { status: 403, body: { code: 'role_too_high' } }

  test('alone makes and changes guests, and nobody with rights that it has not', async () => {
    const token = await keyWith(['users:write', 'settings'])
    const operator = await makeUser(app, 'operator', { email: 'x@post.example' })
    const { id: guest } = await makeUser(app, 'guest', { email: 'g@post.example' })
    const before = await accounts(app)
    const calls: [string, string, object?][] = [
      ...(['owner', 'admin', 'operator'] as const).map(
        role => ['POST', '/api/users', { name: 'Mallory', role }] as [string, string, object],
      ),
      ['PATCH', `/api/users/${operator.id}`, { role: 'guest' }],
      ['PATCH', `/api/users/${operator.id}`, { disabled: true }],
      ['PATCH', `/api/users/${guest}`, { role: 'operator' }],
      ['PATCH', `/api/users/${admin.id}`, { name: 'x' }],
      ['DELETE', `/api/users/${admin.id}`],
      ['POST', `/api/users/${admin.id}/invitation`],
    ]
    for (const [method, path, json] of calls)
      expect(await ask(app, method, path, { token, ...(json && { json }) })).toMatchObject(tooHigh)
    expect([await accounts(app), await rows(app, 'one_time_links')]).toEqual([before, []])
    const json = { name: 'Gus', role: 'guest', email: 'gus@post.example' }
    expect((await ask(app, 'POST', '/api/users', { token, json })).status).toBe(201)
  })

  test.each(['passkey', 'provider'])(
    'and all others makes no link for who has come, by %s, and one for who has not',
    async way => {
      const token = await keyWith([...keyRights])
      const { id } = (await invite(admin, { name: 'Vera', role: 'admin' })).body.user
      const path = `/api/users/${id}/invitation`
      expect((await ask(app, 'POST', path, { token })).status).toBe(201)
      if (way === 'passkey') await givePasskey(app, id)
      else await app.db.execute(`UPDATE users SET issuer = 'https://id', subject = '1' WHERE id = '${id}'`)
      const before = await rows(app, 'one_time_links')
      for (const by of [{ token }, {}])
        expect(await ask(app, 'POST', path, by)).toMatchObject({
          status: 403,
          body: { code: 'recovery_by_user' },
        })
      expect(await rows(app, 'one_time_links')).toEqual(before)
      expect((await as(admin, 'POST', path)).status).toBe(201)
    },
  )
})

describe('changing', () => {
  test('two admins at once: one of them is told that it changed meanwhile', async () => {
    const { id } = await makeUser(app, 'operator')
    const { headers } = await as(admin, 'GET', `/api/users/${id}`)
    const tag = { 'if-match': headers.etag! }
    const all = await Promise.all([
      change(admin, id, { name: 'One' }, tag),
      change(owner, id, { name: 'Two' }, tag),
      change(owner, id, { disabled: true }, tag),
    ])
    expect(all.map(({ status }) => status).sort()).toEqual([200, 412, 412])
    expect((await rows(app, `users WHERE id = '${id}'`, 'version'))[0]).toEqual({ version: 2 })
    const stale = await as(owner, 'DELETE', `/api/users/${id}`, { headers: tag })
    expect(stale).toMatchObject({ status: 412, body: { code: 'changed_meanwhile' } })
    expect((await change(owner, id, { name: 'x' }, { 'if-match': '"nonsense"' })).status).toBe(412)
  })

  test('to an address that somebody has, or gets at the same time, changes nothing', async () => {
    const [one, two] = [await makeUser(app, 'operator'), await makeUser(app, 'operator')]
    const all = await Promise.all([one, two].map(u => change(admin, u.id, { email: 'a@post.example' })))
    expect(all.map(({ status, body }) => [status, (body as { code?: string }).code]).sort()).toEqual([
      [200, undefined],
      [409, 'email_taken'],
    ])
    const before = await accounts(app)
    const loser = all[0]!.status === 409 ? one : two
    expect((await change(admin, loser.id, { email: 'A@post.example', name: 'x' })).status).toBe(409)
    expect(await accounts(app)).toEqual(before)
  })

  test.each([
    ['operator', null, { role: 'guest' }, 409],
    ['operator', 'x@post.example', { role: 'guest', email: null }, 409],
    ['guest', 'x@post.example', { email: null }, 409],
    ['guest', 'x@post.example', { email: null, role: 'operator' }, 200],
    ['operator', null, { role: 'guest', email: 'x@post.example' }, 200],
    ['operator', 'x@post.example', { email: null }, 200],
  ] as const)('an address is required of a guest: %s with %j, %j: %i', async (role, email, json, status) => {
    const { id } = await makeUser(app, role, { email })
    const answer = await change(admin, id, json)
    expect(answer.status).toBe(status)
    if (status === 409) expect(answer.body).toMatchObject({ code: 'email_required' })
  })

  test('into a guest ends their sessions: a guest has none', async () => {
    const user = await makeUser(app, 'operator', { email: 'x@post.example' })
    await change(admin, user.id, { role: 'guest' })
    expect([await signedIn(user), await rows(app, `sessions WHERE user_id = '${user.id}'`)]).toEqual([
      401,
      [],
    ])
  })

  test('into an owner ends their sessions and keeps their passkeys', async () => {
    const user = await makeUser(app, 'admin')
    const before = await rows(app, 'passkeys')
    expect((await change(owner, user.id, { role: 'owner' })).status).toBe(200)
    expect([await signedIn(user), await rows(app, 'passkeys')]).toEqual([401, before])
    const again = { ...user, headers: { ...user.headers, cookie: await signIn(app, user.id) } }
    expect((await change(owner, user.id, { role: 'owner', name: 'x' })).status).toBe(200)
    expect(await signedIn(again)).toBe(200)
  })

  test.each([
    ['was invited and has not come', ''],
    [
      'the identity provider alone signs in',
      "UPDATE users SET issuer = 'https://id', subject = '1' WHERE id = :id",
    ],
  ])('into an owner nobody who %s: they need a passkey of their own', async (_, text) => {
    const { id } = (await invite(admin, { name: 'Vera', role: 'admin' })).body.user
    if (text) await app.db.execute(sql(text, { id }))
    await signIn(app, id)
    const before = [await accounts(app), await rows(app, 'one_time_links')]
    const refused = { status: 409, body: { code: 'own_passkey_needed' } }
    for (const more of [{}, { name: 'x' }, { disabled: true }])
      expect(await change(owner, id, { role: 'owner', ...more })).toMatchObject(refused)
    expect([await accounts(app), await rows(app, 'one_time_links')]).toEqual(before)
    await givePasskey(app, id)
    expect((await change(owner, id, { role: 'owner' })).status).toBe(200)
  })

  test('rights follow at the next call', async () => {
    const user = await makeUser(app, 'admin')
    expect((await as(user, 'GET', '/api/users')).status).toBe(200)
    await change(owner, user.id, { role: 'operator' })
    expect((await as(user, 'GET', '/api/users')).status).toBe(403)
    expect((await as(user, 'GET', '/api/rooms')).status).toBe(200)
  })
})

describe('disabling', () => {
  test('signs out at once, everywhere, and stops links; enabling gives none of it back', async () => {
    const user = await makeUser(app, 'operator', { name: 'Vera' })
    const elsewhere = { ...user, headers: { ...user.headers, cookie: await signIn(app, user.id) } }
    await as(admin, 'POST', `/api/users/${user.id}/invitation`)
    app.clock.now = NOON + 1000
    const { status, body } = await change(admin, user.id, { disabled: true })
    expect([status, body]).toEqual([
      200,
      {
        id: user.id,
        name: 'Vera',
        email: null,
        role: 'operator',
        state: 'disabled',
        oidc: false,
        passkeys: 1,
        sessions: 0,
        lastSeenAt: null,
        invitationEndsAt: null,
        createdAt: new Date(NOON).toISOString(),
        updatedAt: new Date(NOON + 1000).toISOString(),
      },
    ])
    expect([await signedIn(user), await signedIn(elsewhere)]).toEqual([401, 401])
    expect((await audited(app)).at(-1)).toMatchObject({ action: 'user.disable', target_id: user.id })
    await change(admin, user.id, { disabled: false })
    expect([await signedIn(user), await signedIn(elsewhere)]).toEqual([401, 401])
    expect(await rows(app, 'one_time_links WHERE revoked_at IS NULL')).toEqual([])
    expect((await audited(app)).at(-1)).toMatchObject({ action: 'user.enable', target_id: user.id })
  })

  test('takes their place in rooms, and enabling gives it back, but not what a host took', async () => {
    const room = await makeRoom(app, { slug: 'grade' })
    const other = await makeRoom(app, { slug: 'other' })
    for (const { id } of [room, other])
      await makeInvitation(app, id, { kind: 'email', value: 'vera@post.example' })
    const user = await makeUser(app, 'operator', { email: 'vera@post.example' })
    const { authenticator, jar } = await givePasskey(app, user.id)
    for (const slug of ['grade', 'other'])
      expect(
        (await answerSignIn(app, jar, authenticator.get(await signInOptions(app, jar)), { room: slug }))
          .status,
      ).toBe(200)
    await app.db.execute(`UPDATE people SET removed_at = 5 WHERE room_id = '${other.id}'`)
    const removed = async () =>
      (await rows(app, 'people', 'room_id, removed_at'))
        .map(row => [row.room_id === room.id, row.removed_at])
        .sort()
    app.clock.now = NOON + 1000
    await change(admin, user.id, { disabled: true })
    expect(await removed()).toEqual([
      [false, 5],
      [true, NOON + 1000],
    ])
    app.clock.now = NOON + 2000
    await change(admin, user.id, { disabled: true })
    await change(admin, user.id, { disabled: false })
    expect(await removed()).toEqual([
      [false, 5],
      [true, null],
    ])
  })
})

test.each([
  ['disabling', (user: TestUser) => change(admin, user.id, { disabled: true })],
  ['removing', (user: TestUser) => as(admin, 'DELETE', `/api/users/${user.id}`)],
])(
  '%s takes their place in rooms also from whom the identity provider signs in, and nobody else’s',
  async (_, end) => {
    const room = await makeRoom(app)
    const { id: linkId } = await makeInvitation(app, room.id, { kind: 'domain', value: 'post.example' })
    const user = await makeUser(app, 'operator')
    await app.db.execute(`UPDATE users SET issuer = 'https://id', subject = 'vera' WHERE id = '${user.id}'`)
    for (const [person, account] of [
      ['a', 'oidc|https://id|vera'],
      ['b', 'oidc|https://id|bob'],
      ['c', null],
    ])
      await app.db.execute(
        sql(
          `INSERT INTO people (id, room_id, link_id, name, joined_at, account)
           VALUES (:person, :roomId, :linkId, 'x', 0, :account)`,
          { person: person!, roomId: room.id, linkId, account: account! },
        ),
      )
    expect((await end(user)).status).toBeLessThan(300)
    expect(await rows(app, 'people ORDER BY id', 'id, removed_at')).toEqual([
      { id: 'a', removed_at: app.clock.now },
      { id: 'b', removed_at: null },
      { id: 'c', removed_at: null },
    ])
  },
)

test('removing takes passkeys, sessions, links and the place in rooms along, and nobody else’s', async () => {
  const before = await accounts(app)
  const user = await makeUser(app, 'operator')
  await as(admin, 'POST', `/api/users/${user.id}/invitation`)
  expect((await as(admin, 'DELETE', `/api/users/${user.id}`)).status).toBe(204)
  expect([await accounts(app), await rows(app, 'one_time_links')]).toEqual([before, []])
  expect(await signedIn(user)).toBe(401)
  for (const method of ['GET', 'PATCH', 'DELETE'])
    expect(
      (await as(admin, method, `/api/users/${user.id}`, method === 'PATCH' ? { json: {} } : {})).status,
    ).toBe(404)
})

test('sessions are counted as long as they let somebody in', async () => {
  const user = await makeUser(app, 'operator')
  await signIn(app, user.id)
  await app.db.execute(sql('UPDATE sessions SET ends_at = :ends', { ends: NOON + 9 * 3600_000 }))
  const counted = async (ms: number) => {
    app.clock.now = NOON + ms
    const { body } = await ask<UserList>(app, 'GET', '/api/users')
    const [listed] = body.items.filter(({ id }) => id === user.id)
    const { body: one } = await ask<User>(app, 'GET', `/api/users/${user.id}`)
    return [listed!.sessions, one.sessions]
  }
  const idle = app.config.session.idleMs
  expect([await counted(idle - 1), await counted(idle)]).toEqual([
    [2, 2],
    [0, 0],
  ])
  await app.db.execute(sql('UPDATE sessions SET seen_at = :seen', { seen: NOON + 9 * 3600_000 - 2 }))
  expect([await counted(9 * 3600_000 - 1), await counted(9 * 3600_000)]).toEqual([
    [2, 2],
    [0, 0],
  ])
})

test('the list is paged, newest first, each user once', async () => {
  for (let i = 0; i < 7; i++) {
    app.clock.now += i % 2
    await makeUser(app, 'operator', { name: `Operator ${i}` })
  }
  const ids: string[] = []
  let next: string | null = ''
  let pages = 0
  while (next !== null) {
    const path: string = `/api/users?limit=4${next && `&cursor=${next}`}`
    const { body } = await as<UserList>(admin, 'GET', path)
    ids.push(...body.items.map(user => user.id))
    next = body.next
    pages++
  }
  const all = await rows(app, 'users ORDER BY created_at DESC, id DESC', 'id')
  expect([pages, ids]).toEqual([3, all.map(row => row.id)])
  for (const query of ['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'cursor=1.x', 'q=x', 'limit=1&limit=2'])
    expect((await as(admin, 'GET', `/api/users?${query}`)).status).toBe(400)
})

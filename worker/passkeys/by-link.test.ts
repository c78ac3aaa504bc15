import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { NOON, SECRET, type TestApp, testApp } from '../../test/support/app.ts'
import { flags, type Wrongs } from '../../test/support/authenticator.ts'
import {
  accounts,
  audited,
  givePasskey,
  makeByLink,
  mintedSecret,
  newAuthenticator,
  newBrowser,
  optionsFor,
  signInBy,
  signInOptions,
} from '../../test/support/passkeys.ts'
import { fromPage } from '../../test/support/sign-in.ts'
import { makeUser, type TestUser } from '../../test/support/users.ts'
import { createKeys } from '../crypto/keys.ts'
import { mintStartToken } from '../users/mint.ts'
import { makeOneTimeLink } from '../users/one-time-link.ts'
import type { Invitation, InvitedUser } from '../users/schema.ts'
import { CEREMONY_MS } from './ceremony.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const fragment = (url: string) => new URL(url).hash.slice(1)

/** The set-up link that a start prints. */
async function setupLink(): Promise<string> {
  const token = await mintStartToken(SECRET, app.clock.now)
  const { status, body } = await ask<Invitation>(app, 'POST', '/api/setup-link', { token })
  expect(status).toBe(201)
  return fragment(body.url)
}

async function invite(role = 'operator', name = 'Vera'): Promise<{ id: string; secret: string }> {
  const json = { name, role, ...(role === 'guest' && { email: 'vera@client.example' }) }
  const { body } = await ask<InvitedUser>(app, 'POST', '/api/users', { json })
  return { id: body.user.id, secret: fragment(body.invitation.url) }
}

async function inviteAgain(id: string, by?: TestUser): Promise<string> {
  const { headers } = by ?? (await makeUser(app, 'admin'))
  const path = `/api/users/${id}/invitation`
  return fragment((await ask<Invitation>(app, 'POST', path, { token: null, headers })).body.url)
}

const look = (secret: string) => fromPage(app, newBrowser(), 'POST', '/api/auth/link', { secret })
const use = (secret: string, name?: string, authenticator = newAuthenticator(), jar = newBrowser()) =>
  makeByLink(app, jar, authenticator, secret, name === undefined ? {} : { name })

const NOTHING = {
  type: 'urn:sightline:problem:not_found',
  title: 'Not found',
  status: 404,
  code: 'not_found',
  detail: 'There is nothing here, or it is not for you.',
}

/** What a link that opens nothing is told, at all three of its calls, whatever is wrong with it. */
async function opensNothing(secret: string): Promise<void> {
  const before = await accounts(app)
  const links = await rows(app, 'one_time_links ORDER BY id')
  const credential = { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'x' } }
  const calls: [string, object][] = [
    ['/api/auth/link', { secret }],
    ['/api/auth/link/options', { secret, name: 'Eve' }],
    ['/api/auth/link/passkey', { secret, response: credential }],
  ]
  for (const [path, json] of calls) {
    const { status, body } = await fromPage(app, newBrowser(), 'POST', path, json)
    expect({ path, status, body }).toEqual({ path, status: 404, body: NOTHING })
  }
  expect(await rows(app, 'ceremonies')).toEqual([])
  expect([await accounts(app), await rows(app, 'one_time_links ORDER BY id')]).toEqual([before, links])
}

describe('a set-up link', () => {
  test('makes the first owner, their passkey and their session', async () => {
    const secret = await setupLink()
    expect((await look(secret)).body).toEqual({
      kind: 'setup',
      name: null,
      role: 'owner',
      expiresAt: new Date(NOON + 30 * 60_000).toISOString(),
    })
    const [authenticator, jar] = [newAuthenticator(), newBrowser()]
    const options = await optionsFor(app, jar, '/api/auth/link/options', { secret, name: 'Olga' })
    expect(options).toMatchObject({
      rp: { name: 'Sightline', id: 'sightline.test' },
      user: { id: expect.stringMatching(/^[\w-]{22}$/), name: 'Olga', displayName: 'Olga' },
      attestation: 'none',
      excludeCredentials: [],
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
    })
    const response = authenticator.create(options, { flags: flags.synced })
    const json = { secret, passkeyName: 'Work laptop', response }
    const { status, body } = await fromPage(app, jar, 'POST', '/api/auth/link/passkey', json)
    const [owner, ...more] = await rows(app, 'users')
    expect([status, body]).toEqual([201, { user: { id: owner!.id, name: 'Olga', role: 'owner' } }])
    expect([owner, more]).toEqual([
      {
        id: expect.stringMatching(/^[a-z2-7]{16}$/),
        name: 'Olga',
        email: null,
        role: 'owner',
        issuer: null,
        subject: null,
        disabled_at: null,
        version: 1,
        created_at: NOON,
        updated_at: NOON,
      },
      [],
    ])
    expect(await rows(app, 'passkeys')).toEqual([
      {
        id: expect.stringMatching(/^[a-z2-7]{16}$/),
        credential_id: authenticator.credentialId,
        user_id: owner!.id,
        public_key: expect.stringMatching(/^[\w-]{103}$/),
        counter: 0,
        transports: '["internal"]',
        portable: 1,
        backed_up: 1,
        name: 'Work laptop',
        created_at: NOON,
        last_used_at: null,
      },
    ])
    expect(jar.set.at(-1)).toMatch(/^__Host-sightline=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect((await fromPage(app, jar, 'GET', '/api/session')).body).toMatchObject({ role: 'owner' })
    const columns = 'action, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, params'
    expect((await audited(app, columns)).at(-1)).toEqual({
      action: 'setup.used',
      outcome: 'done',
      actor_kind: 'user',
      actor_id: owner!.id,
      actor_name: 'Olga',
      target_kind: 'user',
      target_id: owner!.id,
      params: '{"passkey":"Work laptop","link":"setup","madeBy":"Start (start)"}',
    })
    expect((await signInBy(app, newBrowser(), authenticator, { flags: flags.synced })).status).toBe(200)
    await opensNothing(secret)
  })

  test('wants a name', async () => {
    const secret = await setupLink()
    const answer = await fromPage(app, newBrowser(), 'POST', '/api/auth/link/options', { secret })
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'name', detail: 'is required' }] },
    })
  })

  test('opens nothing once there is an owner, even a disabled one', async () => {
    const [printed, minted] = [await setupLink(), await mintedSecret(app)]
    await makeUser(app, 'owner')
    await app.db.execute('UPDATE users SET disabled_at = 1')
    await opensNothing(printed)
    await opensNothing(minted)
    const token = await mintStartToken(SECRET, app.clock.now)
    const answer = await ask(app, 'POST', '/api/setup-link', { token })
    expect(answer).toMatchObject({ status: 409, body: { code: 'owner_exists' } })
  })

  test('stops when the next start prints another', async () => {
    const before = await setupLink()
    const now = await setupLink()
    await opensNothing(before)
    expect((await use(now, 'Olga')).status).toBe(201)
  })

  test('begun before there was an owner makes no second one', async () => {
    const [one, other] = [await setupLink(), await mintedSecret(app)]
    const jar = newBrowser()
    const options = await optionsFor(app, jar, '/api/auth/link/options', { secret: other, name: 'Eve' })
    expect((await use(one, 'Olga')).status).toBe(201)
    const before = await accounts(app)
    const json = { secret: other, response: newAuthenticator().create(options) }
    expect((await fromPage(app, jar, 'POST', '/api/auth/link/passkey', json)).status).toBe(404)
    expect(await accounts(app)).toEqual(before)
  })

  test.each(['token', 'owner', 'admin'] as const)('is not given to %s', async kind => {
    const who = kind === 'token' ? {} : { token: null, headers: (await makeUser(app, kind)).headers }
    const answer = await ask(app, 'POST', '/api/setup-link', who)
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await rows(app, 'one_time_links')).toEqual([])
  })

  test('of two, both in use at once, makes one owner', async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => mintedSecret(app)))
    const all = await Promise.all(secrets.map(secret => use(secret, 'Olga')))
    expect(all.map(answer => answer.status).sort()).toEqual([201, ...Array(7).fill(404)])
    const { users, passkeys, sessions } = await accounts(app)
    expect([users!.length, passkeys!.length, sessions!.length]).toEqual([1, 1, 1])
  })
})

test.each([
  ['set-up', async () => [await setupLink(), 'Olga'] as const],
  ['an invitation', async () => [(await invite()).secret, undefined] as const],
  ['a guest’s invitation', async () => [(await invite('guest')).secret, undefined] as const],
  ['recovery', async () => [await mintedSecret(app, (await makeUser(app, 'admin')).id), undefined] as const],
])('a link for %s, used twenty times at once, makes one passkey', async (_, make) => {
  const [secret, name] = await make()
  const before = await accounts(app)
  const begun = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const jar = newBrowser()
      const fields = name === undefined ? { secret } : { secret, name }
      const options = await optionsFor(app, jar, '/api/auth/link/options', fields)
      return { jar, json: { secret, response: newAuthenticator().create(options) } }
    }),
  )
  const all = await Promise.all(
    begun.map(({ jar, json }) => fromPage(app, jar, 'POST', '/api/auth/link/passkey', json)),
  )
  expect(all.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(404)])
  const { users, passkeys } = await accounts(app)
  expect(passkeys).toHaveLength(before.passkeys!.length + 1)
  expect(users!.filter(row => row.role === 'owner')).toHaveLength(name ? 1 : 0)
  await opensNothing(secret)
  const told = await audited(app, 'outcome, action, COUNT(*) OVER (PARTITION BY outcome) AS n')
  const refused = told.filter(row => row.outcome === 'refused')
  expect(refused[0]!.n).toBeGreaterThanOrEqual(19)
})

describe('an invitation', () => {
  test('makes the passkey of who is invited, and signs them in', async () => {
    const { id, secret } = await invite('admin')
    expect((await look(secret)).body).toEqual({
      kind: 'invite',
      name: 'Vera',
      role: 'admin',
      expiresAt: new Date(NOON + 72 * 3600_000).toISOString(),
    })
    const jar = newBrowser()
    const { status, body } = await use(secret, undefined, newAuthenticator(), jar)
    expect([status, body]).toEqual([201, { user: { id, name: 'Vera', role: 'admin' } }])
    expect((await fromPage(app, jar, 'GET', '/api/session')).body).toMatchObject({ user: { id } })
    expect(await rows(app, 'passkeys', 'user_id, name')).toEqual([{ user_id: id, name: 'Passkey' }])
    expect((await audited(app)).at(-1)).toEqual({
      action: 'passkey.add',
      outcome: 'done',
      actor_kind: 'user',
      actor_id: id,
      target_id: id,
    })
    await opensNothing(secret)
  })

  test('of a guest makes a passkey and no session', async () => {
    const { id, secret } = await invite('guest')
    const jar = newBrowser()
    expect((await use(secret, undefined, newAuthenticator(), jar)).body).toEqual({
      user: { id, name: 'Vera', role: 'guest' },
    })
    expect([jar.cookies.size, await rows(app, 'sessions')]).toEqual([0, []])
  })

  test('does not let who is invited choose another name or role', async () => {
    const { id, secret } = await invite()
    expect((await use(secret, 'Olga the owner')).body).toEqual({
      user: { id, name: 'Vera', role: 'operator' },
    })
    expect(await rows(app, 'users', 'name, role')).toEqual([{ name: 'Vera', role: 'operator' }])
  })

  test('stops when another is made', async () => {
    const { id, secret } = await invite()
    const another = await inviteAgain(id)
    await opensNothing(secret)
    expect((await use(another)).status).toBe(201)
  })

  test('ends after 72 hours', async () => {
    const { secret } = await invite()
    app.clock.now = NOON + 72 * 3600_000 - 1
    expect((await look(secret)).status).toBe(200)
    app.clock.now++
    await opensNothing(secret)
  })

  test.each([
    ['disabled', (id: string) => ask(app, 'PATCH', `/api/users/${id}`, { json: { disabled: true } })],
    ['removed', (id: string) => ask(app, 'DELETE', `/api/users/${id}`)],
  ])('of a %s user opens nothing', async (_, change) => {
    const { id, secret } = await invite()
    expect((await change(id)).status).toBeLessThan(300)
    await opensNothing(secret)
  })

  test('of a user who was disabled and enabled again opens nothing: it was taken back', async () => {
    const { id, secret } = await invite()
    for (const disabled of [true, false]) await ask(app, 'PATCH', `/api/users/${id}`, { json: { disabled } })
    await opensNothing(secret)
  })

  test.each(['disabled', 'removed'])(
    'of a user who is %s between options and answer is not used up',
    async how => {
      const { id, secret } = await invite()
      const jar = newBrowser()
      const options = await optionsFor(app, jar, '/api/auth/link/options', { secret })
      const change =
        how === 'disabled' ? 'UPDATE users SET disabled_at = 1' : `DELETE FROM users WHERE id = '${id}'`
      await app.db.execute(change)
      const before = await accounts(app)
      const json = { secret, response: newAuthenticator().create(options) }
      expect((await fromPage(app, jar, 'POST', '/api/auth/link/passkey', json)).status).toBe(404)
      expect(await accounts(app)).toEqual(before)
      expect((await rows(app, 'one_time_links', 'used_at')).every(row => row.used_at === null)).toBe(true)
    },
  )

  test('that the database does not know opens nothing, however well signed', async () => {
    const { id } = await invite()
    const link = await makeOneTimeLink(createKeys(SECRET), 'invite', id, NOON)
    await opensNothing(link.secret)
  })
})

describe('recovery', () => {
  test('adds a passkey, signs the user out everywhere else, and is recorded as such', async () => {
    const user = await makeUser(app, 'owner', { name: 'Olga' })
    const other = await makeUser(app, 'admin')
    const secret = await mintedSecret(app, user.id)
    expect((await look(secret)).body).toEqual({
      kind: 'recover',
      name: 'Olga',
      role: 'owner',
      expiresAt: new Date(NOON + 30 * 60_000).toISOString(),
    })
    const signedIn = async (who: { headers: Record<string, string> }) =>
      (await ask(app, 'GET', '/api/session', { token: null, headers: who.headers })).status
    expect([await signedIn(user), await signedIn(other)]).toEqual([200, 200])
    const jar = newBrowser()
    expect((await use(secret, undefined, newAuthenticator(), jar)).status).toBe(201)
    expect([await signedIn(user), await signedIn(other)]).toEqual([401, 200])
    expect((await fromPage(app, jar, 'GET', '/api/session')).status).toBe(200)
    expect(await rows(app, `passkeys WHERE user_id = '${user.id}'`)).toHaveLength(2)
    expect((await audited(app)).at(-1)).toEqual({
      action: 'recovery.used',
      outcome: 'done',
      actor_kind: 'user',
      actor_id: user.id,
      target_id: user.id,
    })
    await opensNothing(secret)
  })

  test('of somebody whom the provider signs in is called one, ends their sessions, and says who made it', async () => {
    const user = await makeUser(app, 'operator', { name: 'Ada' })
    await app.db.execute('DELETE FROM passkeys')
    await app.db.execute("UPDATE users SET issuer = 'https://id.example', subject = '1'")
    const admin = await makeUser(app, 'admin', { name: 'Ann' })
    const secret = await inviteAgain(user.id, admin)
    expect((await look(secret)).body).toMatchObject({ kind: 'recover' })
    expect((await use(secret)).status).toBe(201)
    const seen = await ask(app, 'GET', '/api/session', { token: null, headers: user.headers })
    expect(seen.status).toBe(401)
    const told = await audited(app, 'action, actor_name, params')
    expect(told.at(-1)).toEqual({
      action: 'recovery.used',
      actor_name: 'Ada',
      params: `{"passkey":"Passkey","link":"recover","madeBy":"Ann (user ${admin.id})"}`,
    })
  })

  test.each([
    ['the automation token', async () => (await invite()).secret, 'Automation token (token)'],
    [
      'nobody known, far from the database',
      async () => mintedSecret(app, (await makeUser(app, 'admin')).id),
      null,
    ],
  ])('or an invitation is recorded with who made it: %s', async (_, make, madeBy) => {
    expect((await use(await make())).status).toBe(201)
    const [{ params }] = (await audited(app, 'params')).slice(-1) as [{ params: string }]
    expect(JSON.parse(params).madeBy).toBe(madeBy)
  })

  test.each([
    ['their id', (user: { id: string }) => user.id, true],
    ['their e-mail address', () => 'olga@post.example', true],
    ['their e-mail address in other letters', () => 'Olga@POST.example', true],
    ['being the only owner', () => 'owner', true],
    ['being the only owner in other letters', () => 'Owner', false],
    ['another role', () => 'admin', false],
    ['a name, though only they have it', () => 'Olga', false],
    ['an id that nobody has', () => 'aaaaaaaaaaaaaaaa', false],
    ['an address that nobody has', () => 'nobody@post.example', false],
    ['what a database might take for all', () => '%', false],
    ['what a database might take for code', () => "' OR 1=1 --", false],
  ])('finds its user by %s', async (_, name, found) => {
    const user = await makeUser(app, 'owner', { name: 'Olga', email: 'olga@post.example' })
    for (const role of ['admin', 'operator'] as const) await makeUser(app, role, { name: 'Vera' })
    const secret = await mintedSecret(app, name(user))
    if (!found) return opensNothing(secret)
    expect((await use(secret)).body).toEqual({ user: { id: user.id, name: 'Olga', role: 'owner' } })
  })

  test('by “owner” opens nothing while there are several, and counts none that is disabled', async () => {
    const one = await makeUser(app, 'owner', { name: 'Olga' })
    const other = await makeUser(app, 'owner', { name: 'owner' })
    const secret = await mintedSecret(app, 'owner')
    await opensNothing(secret)
    await app.db.execute(`UPDATE users SET disabled_at = 1 WHERE id = '${other.id}'`)
    expect((await use(secret)).body).toMatchObject({ user: { id: one.id } })
  })

  test('by “owner” opens nothing while there is none', async () => {
    await makeUser(app, 'admin', { name: 'owner' })
    await opensNothing(await mintedSecret(app, 'owner'))
  })

  describe('by what can be given to somebody else opens nothing once it may have been', () => {
    const as = (who: TestUser, json: object) => ({ token: null, headers: who.headers, json })
    const EMAIL = 'olga@post.example'

    test('a name means nobody, so renaming makes it mean nobody else', async () => {
      await makeUser(app, 'owner', { name: 'Sam' })
      const admin = await makeUser(app, 'admin', { name: 'Sam' })
      const secret = await mintedSecret(app, 'Sam')
      app.clock.now++
      await ask(app, 'PATCH', `/api/users/${admin.id}`, as(admin, { name: 'Sam B' }))
      await opensNothing(secret)
    })

    test('an address that an admin puts on another user, and on one they invite', async () => {
      const admin = await makeUser(app, 'admin')
      const other = await makeUser(app, 'admin')
      const secret = await mintedSecret(app, EMAIL)
      app.clock.now++
      const moved = await ask(app, 'PATCH', `/api/users/${other.id}`, as(admin, { email: EMAIL }))
      expect(moved.status).toBe(200)
      await opensNothing(secret)
      await ask(app, 'PATCH', `/api/users/${other.id}`, as(admin, { email: null }))
      const invited = { name: 'Eve', role: 'admin', email: EMAIL }
      expect((await ask(app, 'POST', '/api/users', as(admin, invited))).status).toBe(201)
      await opensNothing(secret)
    })

    test('an address of a user who was changed meanwhile, while their id still means them', async () => {
      const admin = await makeUser(app, 'admin', { email: EMAIL })
      const [byAddress, byId] = [await mintedSecret(app, EMAIL), await mintedSecret(app, admin.id)]
      app.clock.now++
      await ask(app, 'PATCH', `/api/users/${admin.id}`, as(admin, { name: 'Olga' }))
      await opensNothing(byAddress)
      expect((await use(byId)).status).toBe(201)
    })

    test('“owner”, when another one has become it', async () => {
      const one = await makeUser(app, 'owner')
      const other = await makeUser(app, 'admin')
      const secret = await mintedSecret(app, 'owner')
      app.clock.now++
      for (const [who, whom, role] of [
        [one, other, 'owner'],
        [one, one, 'admin'],
      ] as const)
        await ask(app, 'PATCH', `/api/users/${whom.id}`, as(who, { role }))
      await opensNothing(secret)
    })

    test('between options and answer', async () => {
      const admin = await makeUser(app, 'admin', { email: EMAIL })
      const secret = await mintedSecret(app, EMAIL)
      const jar = newBrowser()
      const options = await optionsFor(app, jar, '/api/auth/link/options', { secret })
      app.clock.now++
      await ask(app, 'PATCH', `/api/users/${admin.id}`, as(admin, { name: 'Olga' }))
      const before = await accounts(app)
      const json = { secret, response: newAuthenticator().create(options) }
      expect((await fromPage(app, jar, 'POST', '/api/auth/link/passkey', json)).status).toBe(404)
      expect(await accounts(app)).toEqual(before)
    })
  })

  test('takes an id for an id, though another user is called so', async () => {
    const user = await makeUser(app, 'operator')
    await makeUser(app, 'owner', { name: user.id })
    expect((await look(await mintedSecret(app, user.id))).body).toMatchObject({ role: 'operator' })
  })

  test('of a disabled user opens nothing', async () => {
    const user = await makeUser(app, 'admin')
    await app.db.execute('UPDATE users SET disabled_at = 1')
    await opensNothing(await mintedSecret(app, user.id))
  })

  test('ends after half an hour', async () => {
    const secret = await mintedSecret(app, (await makeUser(app, 'admin')).id)
    app.clock.now = NOON + 30 * 60_000 - 1
    expect((await look(secret)).status).toBe(200)
    app.clock.now++
    await opensNothing(secret)
  })

  test('that was used stays used for as long as its link is genuine, whatever is swept', async () => {
    app.clock.now = NOON + 1
    const user = await makeUser(app, 'admin')
    const secret = await inviteAgain(user.id)
    expect((await use(secret)).status).toBe(201)
    // Its row says when it ends to the ms, the link to the second.
    app.clock.now = NOON + 30 * 60_000 + 1
    await app.minute()
    await opensNothing(secret)
  })

  test('made by an admin stops when another is made', async () => {
    const user = await makeUser(app, 'admin')
    const [before, now] = [await inviteAgain(user.id), await inviteAgain(user.id)]
    await opensNothing(before)
    expect((await look(now)).body).toMatchObject({ kind: 'recover' })
  })

  test('from before its user became an owner opens nothing: an admin made it', async () => {
    const owner = await makeUser(app, 'owner')
    const { id } = await makeUser(app, 'operator')
    const secret = await inviteAgain(id)
    const raised = { token: null, headers: owner.headers, json: { role: 'owner' } }
    expect((await ask(app, 'PATCH', `/api/users/${id}`, raised)).status).toBe(200)
    await opensNothing(secret)
  })
})

describe('a newer link ends the older ones', () => {
  let now: number
  /** Nothing of what follows happens in the same moment. */
  const later = () => {
    app.clock.now++
  }
  let admin: TestUser
  beforeEach(async () => {
    admin = await makeUser(app, 'admin')
    now = app.clock.now
  })

  const ways = {
    minted: (id: string) => mintedSecret(app, id),
    made: (id: string) => inviteAgain(id, admin),
  }
  const pairs = (['minted', 'made'] as const).flatMap(first =>
    (['minted', 'made'] as const).map(second => [first, second] as const),
  )

  test.each(pairs)('when it is used: one %s before one %s', async (first, second) => {
    const { id } = await makeUser(app, 'admin')
    const older = await ways[first](id)
    later()
    const newer = await ways[second](id)
    later()
    expect((await use(newer)).status).toBe(201)
    await opensNothing(older)
  })

  test.each(pairs)(
    'and an older one that is used ends the newer too: %s before %s',
    async (first, second) => {
      const { id } = await makeUser(app, 'admin')
      const older = await ways[first](id)
      later()
      const newer = await ways[second](id)
      later()
      // One that was made has ended the older ones already.
      if (second === 'made') return opensNothing(older)
      expect((await use(older)).status).toBe(201)
      await opensNothing(newer)
    },
  )

  test('an invitation beside a recovery, and a recovery beside an invitation', async () => {
    const { id, secret: invitation } = await invite()
    later()
    const recovery = await mintedSecret(app, id)
    later()
    expect((await use(recovery)).status).toBe(201)
    await opensNothing(invitation)
    later()
    const again = await inviteAgain(id, admin)
    later()
    expect((await use(again)).status).toBe(201)
    await opensNothing(invitation)
  })

  test('one minted after another was used opens', async () => {
    const { id } = await makeUser(app, 'admin')
    expect((await use(await mintedSecret(app, id))).status).toBe(201)
    later()
    expect((await use(await mintedSecret(app, id))).status).toBe(201)
  })

  test('of one user, and of nobody else', async () => {
    const [one, other] = [await makeUser(app, 'admin'), await makeUser(app, 'admin')]
    const kept = [await mintedSecret(app, other.id), (await invite()).secret]
    later()
    expect((await use(await mintedSecret(app, one.id))).status).toBe(201)
    for (const secret of kept) expect((await look(secret)).status).toBe(200)
  })

  test('of ten in use at once one makes a passkey', async () => {
    const { id } = await makeUser(app, 'admin')
    const made = await inviteAgain(id, admin)
    const secrets = [made, ...(await Promise.all(Array.from({ length: 9 }, () => mintedSecret(app, id))))]
    later()
    const all = await Promise.all(secrets.map(secret => use(secret)))
    expect(all.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(404)])
    for (const secret of secrets) await opensNothing(secret)
  })

  test('begun before the newer one was used, it is not used up', async () => {
    const { id } = await makeUser(app, 'admin')
    const older = await mintedSecret(app, id)
    const jar = newBrowser()
    const options = await optionsFor(app, jar, '/api/auth/link/options', { secret: older })
    later()
    const newer = await mintedSecret(app, id)
    later()
    expect((await use(newer)).status).toBe(201)
    const before = await accounts(app)
    const json = { secret: older, response: newAuthenticator().create(options) }
    expect((await fromPage(app, jar, 'POST', '/api/auth/link/passkey', json)).status).toBe(404)
    expect(await accounts(app)).toEqual(before)
  })

  test('also when the newer one’s row has come to its end', async () => {
    const { id, secret: invitation } = await invite()
    app.clock.now = now + 72 * 3600_000 - 2
    const older = await mintedSecret(app, id)
    later()
    expect((await use(invitation)).status).toBe(201)
    app.clock.now += 29 * 60_000
    await app.minute()
    await opensNothing(older)
  })

  test('but not one that could not be made: the one before still opens', async () => {
    const { id, secret } = await invite()
    await app.db.execute("UPDATE users SET disabled_at = 1 WHERE name = 'Vera'")
    const path = `/api/users/${id}/invitation`
    expect((await ask(app, 'POST', path, { token: null, headers: admin.headers })).status).toBe(409)
    await app.db.execute('UPDATE users SET disabled_at = NULL')
    expect((await use(secret)).status).toBe(201)
  })
})

describe('a link signed with the previous secret', () => {
  const PREVIOUS = 'the secret before, long enough for anybody too'

  test('works while that secret is still known', async () => {
    app.close()
    app = await testApp({ SIGHTLINE_SECRET_PREVIOUS: PREVIOUS })
    expect((await use(await mintedSecret(app, undefined, PREVIOUS), 'Olga')).status).toBe(201)
  })

  test('opens nothing when it is not', async () => {
    await opensNothing(await mintedSecret(app, undefined, PREVIOUS))
  })
})

describe('what is no link opens nothing', () => {
  test.each([
    ['nothing', async () => ''],
    ['a word', async () => 'x'],
    ['three words', async () => 'x.y.z'],
    ['the start token', () => mintStartToken(SECRET, NOON)],
    ['the automation token', async () => app.config.adminToken!],
    ['the secret', async () => SECRET],
    [
      'another deployment’s',
      () => mintedSecret(app, undefined, 'a secret of somebody else, also long enough'),
    ],
    ['one without a signature', async () => (await mintedSecret(app)).replace(/\.[^.]*$/, '.')],
    [
      'one with another’s signature',
      async () => {
        const [head, payload] = (await mintedSecret(app)).split('.')
        return [head, payload, (await mintedSecret(app)).split('.')[2]].join('.')
      },
    ],
    [
      'one that says it is of another kind',
      async () => {
        const [head, payload, tag] = (await invite()).secret.split('.')
        const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString())
        const other = Buffer.from(JSON.stringify({ ...claims, k: 'recover' })).toString('base64url')
        return [head, other, tag].join('.')
      },
    ],
  ])('%s', async (_, secret) => {
    await opensNothing(await secret())
  })
})

describe('the passkey of a link, made wrongly', () => {
  const FAILED = {
    type: 'urn:sightline:problem:passkey_failed',
    title: 'Not allowed',
    status: 403,
    code: 'passkey_failed',
    detail: 'The passkey was not made, or not in time, or is known already. Open the link and try again.',
  }

  test.each<[string, Wrongs]>([
    ['on another page', { origin: 'https://evil.example' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['of another type', { type: 'webauthn.get' }],
    ['for another challenge', { challenge: 'YW5vdGhlcg' }],
    ['without user verification', { flags: flags.unverified }],
    ['without user presence', { flags: flags.absent }],
  ])('%s, is refused and leaves the link', async (_, wrong) => {
    const { secret } = await invite()
    const before = await accounts(app)
    const { status, body } = await makeByLink(app, newBrowser(), newAuthenticator(), secret, { wrong })
    expect({ status, body }).toEqual({ status: 403, body: FAILED })
    expect(await accounts(app)).toEqual(before)
    expect((await audited(app)).at(-1)).toEqual({
      action: 'passkey.add',
      outcome: 'refused',
      actor_kind: 'stranger',
      actor_id: null,
      target_id: null,
    })
    expect((await use(secret)).status).toBe(201)
  })

  test.each(['late', 'from another browser', 'for a sign-in', 'for another link', 'twice for one challenge'])(
    '%s, is refused and leaves the link',
    async how => {
      const { secret } = await invite()
      const other = await invite('admin', 'Ann')
      const jar = newBrowser()
      let sender = jar
      let options = await optionsFor(app, jar, '/api/auth/link/options', { secret })
      if (how === 'late') app.clock.now += CEREMONY_MS
      if (how === 'from another browser') sender = newBrowser()
      if (how === 'for a sign-in')
        options = {
          ...(await signInOptions(app, jar)),
          user: { id: Buffer.from(other.id).toString('base64url') },
        }
      if (how === 'for another link')
        options = await optionsFor(app, jar, '/api/auth/link/options', { secret: other.secret })
      const json = { secret, response: newAuthenticator().create(options) }
      const send = () => fromPage(app, sender, 'POST', '/api/auth/link/passkey', json)
      if (how === 'twice for one challenge') {
        const cookies = new Map(jar.cookies)
        const wrong = { ...json, response: newAuthenticator().create({ ...options, challenge: 'x' }) }
        await fromPage(app, jar, 'POST', '/api/auth/link/passkey', wrong)
        jar.cookies = cookies
      }
      const before = await accounts(app)
      expect(await send()).toMatchObject({ status: 403, body: FAILED })
      expect(await accounts(app)).toEqual(before)
      expect((await use(secret)).status).toBe(201)
    },
  )

  test.each(['invite', 'recover', 'setup'] as const)(
    'with a credential that is known already, is refused and does not use the link up (%s)',
    async kind => {
      const user = await makeUser(app, 'admin')
      const { authenticator } = await givePasskey(app, user.id)
      const secret =
        kind === 'invite'
          ? (await invite()).secret
          : await mintedSecret(app, kind === 'setup' ? undefined : user.id)
      const before = await accounts(app)
      const name = kind === 'setup' ? 'Olga' : undefined
      expect((await use(secret, name, authenticator)).status).toBe(403)
      expect(await accounts(app)).toEqual(before)
      expect((await use(secret, name)).status).toBe(201)
    },
  )
})

test('trying links is limited by the address, before any is looked at', async () => {
  const jar = newBrowser()
  const secret = await setupLink()
  const all = await Promise.all(
    Array.from({ length: 25 }, () => fromPage(app, jar, 'POST', '/api/auth/link', { secret: 'x' })),
  )
  expect(all.map(({ status }) => status).sort()).toEqual([...Array(20).fill(404), ...Array(5).fill(429)])
  expect((await fromPage(app, jar, 'POST', '/api/auth/link', { secret })).status).toBe(429)
  expect((await look(secret)).status).toBe(200)
})

test('what is tried with links that open nothing is counted for the audit', async () => {
  const jar = newBrowser()
  for (const path of ['link', 'link/options', 'link'])
    await fromPage(app, jar, 'POST', `/api/auth/${path}`, { secret: 'x' })
  app.clock.now += 60_000
  await app.minute()
  const [told] = await audited(app, 'action, address, params')
  expect([told!.action, told!.address, JSON.parse(String(told!.params))]).toEqual([
    'strangers.failed',
    jar.address,
    {
      'post /api/auth/link not_found': 2,
      'post /api/auth/link/options not_found': 1,
      since: new Date(NOON).toISOString(),
      addresses: 1,
      from: [`${jar.address} (3)`],
    },
  ])
})

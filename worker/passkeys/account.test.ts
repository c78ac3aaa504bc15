import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { type Authenticator, flags, type Wrongs } from '../../test/support/authenticator.ts'
import {
  accounts,
  audited,
  givePasskey,
  mintedSecret,
  newAuthenticator,
  newBrowser,
  optionsFor,
  signInBy,
  signInOptions,
} from '../../test/support/passkeys.ts'
import { fromPage, type Jar } from '../../test/support/sign-in.ts'
import { makeUser, type TestUser } from '../../test/support/users.ts'
import { CEREMONY_MS } from './ceremony.ts'
import type { Passkey, PasskeyList } from './schema.ts'

let app: TestApp
let user: TestUser
let authenticator: Authenticator
/** The browser of the user, signed in. */
let jar: Jar
beforeEach(async () => {
  app = await testApp()
  user = await makeUser(app, 'operator', { name: 'Vera' })
  ;({ authenticator, jar } = await givePasskey(app, user.id))
  await app.db.execute("DELETE FROM passkeys WHERE public_key = ''")
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']
const OPTIONS = '/api/account/passkey/options'
const options = (of = jar) => optionsFor(app, of, OPTIONS)
const post = <T = Passkey>(response: unknown, fields: object = {}, of = jar) =>
  fromPage<T>(app, of, 'POST', '/api/account/passkeys', { response, ...fields })
const add = async (made = newAuthenticator(), wrong: Wrongs = {}, fields: object = {}) =>
  post(made.create(await options(), wrong), fields)
const list = async (of = jar) =>
  (await fromPage<PasskeyList>(app, of, 'GET', '/api/account/passkeys')).body.items

describe('adding a passkey', () => {
  test('is told whose, and which authenticators have one already', async () => {
    expect(await options()).toMatchObject({
      user: { id: Buffer.from(user.id).toString('base64url'), name: 'Vera' },
      excludeCredentials: [{ id: authenticator.credentialId, type: 'public-key' }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    expect(await rows(app, 'ceremonies', 'kind, user_id, link_id, expires_at')).toEqual([
      { kind: 'add', user_id: user.id, link_id: null, expires_at: NOON + CEREMONY_MS },
    ])
  })

  test('makes one that signs in, named, and recorded', async () => {
    const roaming = newAuthenticator()
    app.clock.now = NOON + 1000
    const { status, headers, body } = await add(roaming, { flags: flags.synced }, { name: ' Key ring ' })
    const made = {
      id: expect.stringMatching(/^[a-z2-7]{16}$/),
      name: 'Key ring',
      backedUp: true,
      transports: ['internal'],
      createdAt: new Date(NOON + 1000).toISOString(),
      lastUsedAt: null,
    }
    expect([status, body, headers.get('location')]).toEqual([201, made, `/api/account/passkeys/${body.id}`])
    expect((await list())[1]).toEqual(made)
    expect((await audited(app, 'action, outcome, actor_id, target_id, target_name, params')).at(-1)).toEqual({
      action: 'passkey.add',
      outcome: 'done',
      actor_id: user.id,
      target_id: body.id,
      target_name: 'Key ring',
      params: '{}',
    })
    app.clock.now = NOON + 5000
    expect((await signInBy(app, newBrowser(), roaming, { flags: flags.synced })).status).toBe(200)
    expect((await list())[1]!.lastUsedAt).toBe(new Date(NOON + 5000).toISOString())
  })

  test.each<[string, unknown, string[]]>([
    ['all there are', ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal', 'cable'], TRANSPORTS],
    ['none', [], []],
    ['nothing', undefined, []],
    ['what is no transport', ['internal', 7, null, 'x'.repeat(500), '<b>', 'usb'], ['internal', 'usb']],
    ['a text', 'internal', []],
    ['an object', { length: 3 }, []],
    ['a number', 7, []],
    ['one thousands of times', Array(2000).fill('usb'), ['usb']],
  ])('keeps of its transports what there is: %s', async (_, said, kept) => {
    const answer = newAuthenticator().create(await options())
    const response = { ...answer, response: { ...answer.response, transports: said } }
    const { status, body } = await post(response)
    expect([status, body.transports]).toEqual([201, kept])
    expect((await list()).find(({ id }) => id === body.id)!.transports).toEqual(kept)
  })
})

describe('a wrong answer adds nothing, is recorded, and is told one thing', () => {
  const wrongs: [string, () => Promise<() => ReturnType<typeof post<object>>>][] = [
    ...Object.entries<Wrongs>({
      'for another page': { origin: 'https://evil.example' },
      'for another relying party': { rpId: 'evil.example' },
      'of another type': { type: 'webauthn.get' },
      'for another challenge': { challenge: 'YW5vdGhlcg' },
      'without user verification': { flags: flags.unverified },
      'without user presence': { flags: flags.absent },
      'that says it is backed up and may not be': { flags: 0x05 | 0x10 },
    }).map(([name, wrong]): (typeof wrongs)[number] => [name, async () => () => add(undefined, wrong)]),
    [
      'late',
      async () => {
        const response = newAuthenticator().create(await options())
        app.clock.now += CEREMONY_MS
        // The session is noted as seen.
        await fromPage(app, jar, 'GET', '/api/session')
        await app.settled()
        return () => post(response)
      },
    ],
    [
      'sent again',
      async () => {
        const response = newAuthenticator().create(await options())
        const cookies = new Map(jar.cookies)
        await post(response)
        jar.cookies = cookies
        return () => post(response)
      },
    ],
    ['with a credential that is known already', async () => () => add(authenticator)],
    [
      'with the credential of another user',
      async () => {
        const other = await givePasskey(app, (await makeUser(app, 'admin')).id)
        return () => add(other.authenticator)
      },
    ],
    [
      'with a sign-in’s challenge',
      async () => {
        const begun = await signInOptions(app, jar)
        return () => post(newAuthenticator().create({ ...begun, user: { id: 'x' } }))
      },
    ],
    [
      'with a link’s challenge',
      async () => {
        const secret = await mintedSecret(app, user.id)
        const begun = await optionsFor(app, jar, '/api/auth/link/options', { secret })
        return () => post(newAuthenticator().create(begun))
      },
    ],
    [
      'with another user’s challenge, though with their ceremony’s cookie',
      async () => {
        const other = await givePasskey(app, (await makeUser(app, 'admin')).id)
        const begun = await options(other.jar)
        const name = '__Host-sightline-ceremony'
        jar.cookies.set(name, other.jar.cookies.get(name)!)
        return () => post(newAuthenticator().create(begun))
      },
    ],
    [
      'with what a sign-in answers',
      async () => {
        const begun = await options()
        return () => post(authenticator.get({ challenge: begun.challenge }))
      },
    ],
    [
      'without a ceremony',
      async () => () => post(newAuthenticator().create({ challenge: 'x', user: { id: 'x' } })),
    ],
  ]
  test.each(wrongs)('%s', async (_, prepare) => {
    const attempt = await prepare()
    const before = await accounts(app)
    const { status, body } = await attempt()
    expect([status, body]).toEqual([
      403,
      {
        type: 'urn:sightline:problem:passkey_failed',
        title: 'Not allowed',
        status: 403,
        code: 'passkey_failed',
        detail: 'The passkey was not made, or not in time, or is known already. Try again.',
      },
    ])
    expect(await accounts(app)).toEqual(before)
    expect((await audited(app)).at(-1)).toEqual({
      action: 'passkey.add',
      outcome: 'refused',
      actor_kind: 'user',
      actor_id: user.id,
      target_id: null,
    })
  })

  test('the same credential by two users at once is one user’s', async () => {
    const other = await givePasskey(app, (await makeUser(app, 'admin')).id)
    const made = newAuthenticator()
    const answers = [await options(), await options(other.jar)].map(begun => made.create(begun))
    const all = await Promise.all([post(answers[0]), post(answers[1], {}, other.jar)])
    expect(all.map(({ status }) => status).sort()).toEqual([201, 403])
  })
})

describe('somebody whom the identity provider alone signs in', () => {
  const throughProvider = () =>
    app.db.execute("UPDATE users SET issuer = 'https://id.example', subject = '1'")

  test('makes no passkey by themselves, and one by a link that an admin gives them', async () => {
    await throughProvider()
    await app.db.execute('DELETE FROM passkeys')
    const before = await accounts(app)
    const { status, body } = await fromPage(app, jar, 'POST', OPTIONS, {})
    expect([status, body]).toEqual([
      403,
      {
        type: 'urn:sightline:problem:passkey_by_invitation',
        title: 'Not allowed',
        status: 403,
        code: 'passkey_by_invitation',
        detail:
          'The identity provider signs you in. For a passkey beside it, ask an owner or admin for a one-time link.',
      },
    ])
    expect([await accounts(app), await rows(app, "ceremonies WHERE kind = 'add'")]).toEqual([before, []])
    const given = await givePasskey(app, user.id)
    expect((await post(newAuthenticator().create(await options(given.jar)), {}, given.jar)).status).toBe(201)
  })

  test('nor when they gave up their passkey after they began', async () => {
    await throughProvider()
    const response = newAuthenticator().create(await options())
    const [{ id }] = (await list()) as [Passkey]
    expect((await fromPage(app, jar, 'DELETE', `/api/account/passkeys/${id}`)).status).toBe(204)
    expect((await post<object>(response)).status).toBe(403)
    expect(await list()).toEqual([])
  })
})

describe('passkeys', () => {
  test('are renamed and removed by their owner alone', async () => {
    const { id } = (await add()).body
    const other = await givePasskey(app, (await makeUser(app, 'owner')).id)
    const path = `/api/account/passkeys/${id}`
    const before = await accounts(app)
    for (const [method, json] of [['PATCH', { name: 'x' }], ['DELETE']] as const)
      expect((await fromPage(app, other.jar, method, path, json)).status).toBe(404)
    expect(await accounts(app)).toEqual(before)
    expect((await fromPage(app, jar, 'PATCH', path, { name: 'Key ring' })).body).toMatchObject({
      name: 'Key ring',
    })
    for (const name of ['', ' ', 'x'.repeat(61), 'a\nb', 7])
      expect((await fromPage(app, jar, 'PATCH', path, { name })).status).toBe(400)
    expect((await fromPage(app, jar, 'DELETE', path)).status).toBe(204)
    expect(await list()).toHaveLength(1)
    expect((await fromPage(app, jar, 'DELETE', path)).status).toBe(404)
  })

  test('of which all are removed at once: one stays', async () => {
    for (let i = 0; i < 4; i++) await add()
    const ids = (await list()).map(({ id }) => id)
    const all = await Promise.all(ids.map(id => fromPage(app, jar, 'DELETE', `/api/account/passkeys/${id}`)))
    expect(all.map(({ status }) => status).sort()).toEqual([204, 204, 204, 204, 409])
    expect(await list()).toHaveLength(1)
  })

  test('may all be removed by who signs in through an identity provider', async () => {
    await app.db.execute("UPDATE users SET issuer = 'https://id.example', subject = '1'")
    const [{ id }] = (await list()) as [Passkey]
    expect((await fromPage(app, jar, 'DELETE', `/api/account/passkeys/${id}`)).status).toBe(204)
  })
})

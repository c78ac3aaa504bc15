import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeInvitation, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { type Authenticator, flags, type Wrongs } from '../../test/support/authenticator.ts'
import {
  accounts,
  answerSignIn,
  audited,
  givePasskey,
  newAuthenticator,
  newBrowser,
  optionsFor,
  signInBy,
  signInOptions,
} from '../../test/support/passkeys.ts'
import { fromPage, type Jar } from '../../test/support/sign-in.ts'
import { makeUser, type TestUser } from '../../test/support/users.ts'
import { CEREMONY_MS } from './ceremony.ts'

let app: TestApp
let user: TestUser
let authenticator: Authenticator
/** A browser that has not signed in. */
let jar: Jar
beforeEach(async () => {
  app = await testApp()
  user = await makeUser(app, 'operator', { name: 'Vera' })
  authenticator = (await givePasskey(app, user.id)).authenticator
  jar = newBrowser()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const REFUSED = {
  status: 403,
  body: {
    type: 'urn:sightline:problem:sign_in_failed',
    title: 'Not allowed',
    status: 403,
    code: 'sign_in_failed',
    detail: 'That passkey does not open this. Try again, or ask an administrator for an invitation.',
  },
}

/** Everything of an answer but what differs anyway. */
const seen = ({ status, headers, body }: Awaited<ReturnType<typeof answerSignIn>>) => {
  const { 'x-request-id': _, 'set-cookie': __, ...rest } = Object.fromEntries(headers)
  return { status, headers: rest, body }
}

const passkey = async () => {
  const all = await rows(app, `passkeys WHERE credential_id = '${authenticator.credentialId}'`)
  return all[0]!
}

describe('signing in', () => {
  test('begins with options that name nobody, and a cookie', async () => {
    const options = await signInOptions(app, jar)
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: 'sightline.test',
      timeout: 240_000,
      userVerification: 'required',
    })
    expect(jar.set).toEqual([
      expect.stringMatching(
        /^__Host-sightline-ceremony=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      ),
    ])
    expect(await rows(app, 'ceremonies')).toEqual([
      {
        hash: expect.stringMatching(/^[\w-]{43}$/),
        kind: 'sign-in',
        challenge: options.challenge,
        user_id: null,
        link_id: null,
        data: null,
        expires_at: NOON + CEREMONY_MS,
      },
    ])
    expect(JSON.stringify(await rows(app, 'ceremonies'))).not.toContain(
      jar.cookies.get('__Host-sightline-ceremony'),
    )
  })

  test('ends with a session, what is known of the passkey, and a row in the audit', async () => {
    app.clock.now = NOON + 60_000
    const before = await rows(app, 'sessions')
    const { status, body, headers } = await signInBy(app, jar, authenticator)
    expect({ status, body, cache: headers.get('cache-control') }).toEqual({
      status: 200,
      body: { user: { id: user.id, name: 'Vera', role: 'operator' } },
      cache: 'no-store',
    })
    const session = expect.stringMatching(
      /^__Host-sightline=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    const taken = '__Host-sightline-ceremony=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict'
    expect(jar.set).toEqual([taken, session])
    const begun = (await rows(app, 'sessions')).filter(row => !before.some(old => old.id === row.id))
    expect(begun).toEqual([
      {
        hash: expect.stringMatching(/^[\w-]{43}$/),
        id: expect.stringMatching(/^[a-z2-7]{16}$/),
        user_id: user.id,
        via: 'passkey',
        address: jar.address,
        user_agent: 'Tests',
        created_at: NOON + 60_000,
        seen_at: NOON + 60_000,
        ends_at: NOON + 60_000 + 12 * 3600_000,
      },
    ])
    expect(begun[0]!.hash).not.toBe(jar.cookies.get('__Host-sightline'))
    expect(await passkey()).toMatchObject({ counter: 0, backed_up: 0, last_used_at: NOON + 60_000 })
    expect(await rows(app, 'ceremonies')).toEqual([])
    const columns =
      'action, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, params, address'
    expect((await audited(app, columns)).at(-1)).toEqual({
      action: 'session.sign-in',
      outcome: 'done',
      actor_kind: 'user',
      actor_id: user.id,
      actor_name: 'Vera',
      target_kind: 'passkey',
      target_id: (await passkey()).id,
      params: '{"response":"set"}',
      address: jar.address,
    })
    expect((await fromPage(app, jar, 'GET', '/api/session')).body).toMatchObject({
      kind: 'user',
      user: { id: user.id },
    })
  })

  test('ends the session this browser had, and no other', async () => {
    await signInBy(app, jar, authenticator)
    const first = new Map(jar.cookies)
    const others = await rows(app, 'sessions')
    await signInBy(app, jar, authenticator)
    expect(await rows(app, 'sessions')).toHaveLength(others.length)
    expect((await fromPage(app, jar, 'GET', '/api/session')).status).toBe(200)
    expect((await fromPage(app, { ...jar, cookies: first }, 'GET', '/api/session')).status).toBe(401)
  })

  test('that fails leaves the session this browser had', async () => {
    await signInBy(app, jar, authenticator)
    const before = await accounts(app)
    expect((await signInBy(app, jar, authenticator, { forged: true })).status).toBe(403)
    expect(await accounts(app)).toEqual(before)
    expect((await fromPage(app, jar, 'GET', '/api/session')).status).toBe(200)
  })
})

describe('a wrong answer is refused like any other, recorded, and changes nothing', () => {
  // Made before what must not change is looked at.
  type Wrong = (
    other: Awaited<ReturnType<typeof givePasskey>>,
  ) => Promise<() => ReturnType<typeof answerSignIn>>
  const told = (wrong: Wrongs): Wrong => {
    return async () => () => signInBy(app, jar, authenticator, wrong)
  }
  const changed = (change: (answer: ReturnType<Authenticator['get']>) => unknown): Wrong => {
    return async () => async () =>
      answerSignIn(app, jar, change(authenticator.get(await signInOptions(app, jar))))
  }
  const b64 = (text: string) => Buffer.from(text).toString('base64url')

  test.each<[string, Wrong]>([
    ['for another page', told({ origin: 'https://evil.example' })],
    ['for the same host under another scheme', told({ origin: 'https://sightline.test' })],
    ['for the same host at another port', told({ origin: 'http://sightline.test:8080' })],
    ['for another relying party', told({ rpId: 'evil.example' })],
    ['for a relying party below ours', told({ rpId: 'a.sightline.test' })],
    ['of another type', told({ type: 'webauthn.create' })],
    ['without user verification', told({ flags: flags.unverified })],
    ['without user presence', told({ flags: flags.absent })],
    ['signed by another key', told({ forged: true })],
    ['without a user handle', told({ userHandle: null })],
    ['with an empty user handle', told({ userHandle: '' })],
    ['with a user handle that is no text', told({ userHandle: '_w' })],
    [
      'with a user handle in another form',
      changed(a => ({ ...a, response: { ...a.response, userHandle: 7 } })),
    ],
    [
      'with the handle of another user',
      async other => () => signInBy(app, jar, authenticator, { userHandle: other.authenticator.userHandle }),
    ],
    [
      'with the passkey of another user',
      async other => async () => {
        const answer = authenticator.get(await signInOptions(app, jar))
        return answerSignIn(app, jar, {
          ...answer,
          id: other.authenticator.credentialId,
          rawId: other.authenticator.credentialId,
        })
      },
    ],
    ['by a passkey that nobody has', async () => () => signInBy(app, jar, newAuthenticator())],
    ['for a challenge of its own', told({ challenge: b64('a challenge like any other') })],
    [
      'for the challenge of another browser',
      async () => async () => {
        const options = await signInOptions(app, newBrowser())
        await signInOptions(app, jar)
        return answerSignIn(app, jar, authenticator.get(options))
      },
    ],
    [
      'from a browser without the cookie',
      async () => async () => {
        const options = await signInOptions(app, jar)
        jar.cookies.clear()
        return answerSignIn(app, jar, authenticator.get(options))
      },
    ],
    [
      'from another browser',
      async () => async () => {
        const options = await signInOptions(app, jar)
        return answerSignIn(app, newBrowser(), authenticator.get(options))
      },
    ],
    [
      'for the challenge before the last',
      async () => async () => {
        const options = await signInOptions(app, jar)
        await signInOptions(app, jar)
        return answerSignIn(app, jar, authenticator.get(options))
      },
    ],
    [
      'for the challenge before the last, with its cookie',
      async () => async () => {
        const options = await signInOptions(app, jar)
        const cookies = new Map(jar.cookies)
        await signInOptions(app, jar)
        jar.cookies = cookies
        return answerSignIn(app, jar, authenticator.get(options))
      },
    ],
    [
      'five minutes later',
      async () => async () => {
        const options = await signInOptions(app, jar)
        app.clock.now += CEREMONY_MS
        return answerSignIn(app, jar, authenticator.get(options))
      },
    ],
    [
      'sent again',
      async () => {
        const options = await signInOptions(app, jar)
        const cookies = new Map(jar.cookies)
        const answer = authenticator.get(options)
        expect((await answerSignIn(app, jar, answer)).status).toBe(200)
        return () => answerSignIn(app, { ...jar, cookies }, answer)
      },
    ],
    [
      'right, after a wrong one for the same challenge',
      async () => async () => {
        const options = await signInOptions(app, jar)
        const cookies = new Map(jar.cookies)
        await answerSignIn(app, jar, authenticator.get(options, { forged: true }))
        return answerSignIn(app, { ...jar, cookies }, authenticator.get(options))
      },
    ],
    [
      'for the challenge of adding a passkey',
      async other => async () => {
        const options = await optionsFor(app, other.jar, '/api/account/passkey/options')
        return answerSignIn(app, other.jar, authenticator.get({ challenge: options.challenge }))
      },
    ],
    ['whose "may be backed up" has changed', told({ flags: flags.portable })],
    ['that says it is backed up and may not be', told({ flags: 0x05 | 0x10 })],
    [
      'of a disabled user',
      async () => {
        await app.db.execute(`UPDATE users SET disabled_at = 1 WHERE id = '${user.id}'`)
        return () => signInBy(app, jar, authenticator)
      },
    ],
    [
      'of a removed passkey',
      async () => {
        await app.db.execute(`DELETE FROM passkeys WHERE user_id = '${user.id}'`)
        return () => signInBy(app, jar, authenticator)
      },
    ],
    [
      'of a removed user',
      async () => {
        await app.db.execute(`DELETE FROM users WHERE id = '${user.id}'`)
        return () => signInBy(app, jar, authenticator)
      },
    ],
  ])('%s', async (_, prepare) => {
    const other = await givePasskey(app, (await makeUser(app, 'admin')).id)
    const attempt = await prepare(other)
    const before = await accounts(app)
    const said = (await audited(app)).length
    const answer = await attempt()
    const { cache, ...plain } = { ...seen(answer), cache: answer.headers.get('cache-control') }
    expect({ status: plain.status, body: plain.body, cache }).toEqual({ ...REFUSED, cache: 'no-store' })
    expect(answer.headers.getSetCookie().filter(line => /^__Host-sightline=/.test(line))).toEqual([])
    expect(await accounts(app)).toEqual(before)
    const told = (await audited(app)).slice(said)
    expect(told.at(-1)).toMatchObject({
      action: 'session.sign-in',
      outcome: 'refused',
      actor_kind: 'stranger',
      actor_id: null,
    })
    expect(await rows(app, "limits WHERE key LIKE 'sign-in-failed%'", 'count')).not.toEqual([])
  })

  test('the answers tell a stranger nothing', async () => {
    const unknown = seen(await signInBy(app, newBrowser(), newAuthenticator()))
    const forged = seen(await signInBy(app, newBrowser(), authenticator, { forged: true }))
    const late = seen(await answerSignIn(app, newBrowser(), authenticator.get({ challenge: 'x' })))
    await app.db.execute('UPDATE users SET disabled_at = 1')
    const disabled = seen(await signInBy(app, newBrowser(), authenticator))
    expect([forged, late, disabled]).toEqual([unknown, unknown, unknown])
  })
})

describe('the counter', () => {
  const at = async (counter: number) => (await signInBy(app, newBrowser(), authenticator, { counter })).status

  test('rises, or stays zero for good', async () => {
    expect([await at(0), await at(0), await at(7), (await passkey()).counter]).toEqual([200, 200, 200, 7])
  })

  test.each([0, 6, 7])('refuses %i after 7: the authenticator was copied', async counter => {
    await at(7)
    expect([await at(counter), (await passkey()).counter, await at(8)]).toEqual([403, 7, 200])
  })

  test('lets in one of many copies that answer at once', async () => {
    const before = (await rows(app, 'sessions')).length
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const jar = newBrowser()
        return [jar, authenticator.get(await signInOptions(app, jar), { counter: 9 })] as const
      }),
    )
    const all = await Promise.all(answers.map(([jar, answer]) => answerSignIn(app, jar, answer)))
    expect(all.map(answer => answer.status).sort()).toEqual([200, ...Array(9).fill(403)])
    expect(await rows(app, 'sessions')).toHaveLength(before + 1)
  })
})

test('whether a passkey is backed up is noted at each use', async () => {
  const synced = await givePasskey(app, user.id, { flags: flags.portable })
  authenticator = synced.authenticator
  const state = async () => [(await passkey()).portable, (await passkey()).backed_up]
  expect(await state()).toEqual([1, 0])
  await signInBy(app, newBrowser(), authenticator, { flags: flags.synced })
  expect(await state()).toEqual([1, 1])
  await signInBy(app, newBrowser(), authenticator, { flags: flags.portable })
  expect(await state()).toEqual([1, 0])
  expect((await signInBy(app, newBrowser(), authenticator)).status).toBe(403)
})

test('the public address is where passkeys are for, whatever name was called', async () => {
  const own = await testApp({ PUBLIC_URL: 'https://review.example' })
  const there = await makeUser(own, 'operator')
  const answer = await own.request('POST', '/api/auth/passkey/options', { token: null })
  expect(await answer.json()).toMatchObject({ options: { rpId: 'review.example' } })
  expect(there.role).toBe('operator')
  own.close()
})

describe('a guest', () => {
  const guest = async (email: string) => {
    const { id } = await makeUser(app, 'guest', { name: 'Gus', email })
    return (await givePasskey(app, id)).authenticator
  }

  test('watches a room that invites their address, without a session', async () => {
    const room = await makeRoom(app, { slug: 'grade' })
    await makeInvitation(app, room.id, { kind: 'email', value: 'gus@client.example' })
    const key = await guest('gus@client.example')
    const sessions = await rows(app, 'sessions')
    const answer = await answerSignIn(app, jar, key.get(await signInOptions(app, jar)), { room: 'grade' })
    expect(answer).toMatchObject({
      status: 200,
      body: { person: { name: 'Gus' }, token: expect.any(String) },
    })
    expect(jar.cookies.size).toBe(0)
    expect(await rows(app, 'sessions')).toEqual(sessions)
  })

  test('runs nothing, and is told what they are invited to; it is no failed sign-in', async () => {
    const key = await guest('gus@client.example')
    const [sessions, blocks] = [await rows(app, 'sessions'), await rows(app, 'blocks')]
    jar.address = '198.51.100.7'
    for (let i = 0; i < 25; i++) {
      const { status, body, headers } = await signInBy(app, jar, key)
      expect({
        status,
        body,
        set: headers.getSetCookie().filter(line => /^__Host-sightline=/.test(line)),
      }).toEqual({
        status: 403,
        body: {
          type: 'urn:sightline:problem:guest_only',
          title: 'Not allowed',
          status: 403,
          code: 'guest_only',
          detail: 'You are invited to watch. Open the review your host told you about and choose Sign in.',
        },
        set: [],
      })
    }
    expect([
      await rows(app, 'sessions'),
      await rows(app, 'blocks'),
      await rows(app, "limits WHERE key LIKE 'sign-in-failed%'"),
    ]).toEqual([sessions, blocks, []])
    const columns = 'action, outcome, actor_kind, actor_name, params'
    expect((await audited(app, columns)).at(-1)).toEqual({
      action: 'session.sign-in',
      outcome: 'refused',
      actor_kind: 'user',
      actor_name: 'Gus',
      params: '{"response":"set","code":"guest_only"}',
    })
  })

  test.each<[string, Wrongs]>([
    ['signed by another key', { forged: true }],
    ['of a copy, whose counter does not rise', { counter: 3 }],
  ])('is no guest with an answer %s', async (_, wrong) => {
    const key = await guest('gus@client.example')
    expect((await signInBy(app, newBrowser(), key, { counter: 3 })).body.code).toBe('guest_only')
    const { body } = await signInBy(app, newBrowser(), key, { counter: 4, ...wrong })
    expect(body.code).toBe('sign_in_failed')
    expect(await rows(app, "limits WHERE key LIKE 'sign-in-failed%'")).toHaveLength(1)
  })

  test.each([
    ['a room that invites somebody else', 'grade'],
    ['no room', 'nowhere'],
    ['what cannot be a room', '../grade?\u0000'],
  ])('does not watch %s', async (_, slug) => {
    const room = await makeRoom(app, { slug: 'grade' })
    await makeInvitation(app, room.id, { kind: 'email', value: 'ann@client.example' })
    const key = await guest('gus@client.example')
    const answer = await answerSignIn(app, jar, key.get(await signInOptions(app, jar)), { room: slug })
    expect(answer).toMatchObject({ status: 403, body: { code: 'not_invited' } })
    expect(await rows(app, 'people')).toEqual([])
  })
})

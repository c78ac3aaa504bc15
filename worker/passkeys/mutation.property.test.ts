import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SECRET, type TestApp, testApp } from '../../test/support/app.ts'
import type { Authenticator } from '../../test/support/authenticator.ts'
import { change } from '../../test/support/changes.ts'
import {
  accounts,
  answerSignIn,
  givePasskey,
  mintedSecret,
  newAuthenticator,
  newBrowser,
  optionsFor,
  signInOptions,
} from '../../test/support/passkeys.ts'
import { fromPage } from '../../test/support/sign-in.ts'
import { makeUser } from '../../test/support/users.ts'
import { createKeys } from '../crypto/keys.ts'
import { readOneTimeLink } from '../users/one-time-link.ts'

/**
 * No changed answer of an authenticator signs anybody in, and no changed secret is a link; nothing that is sent makes
 * the server fail. What a browser adds without a signature, such as extension results, is not looked at and not changed.
 */

let app: TestApp
let authenticator: Authenticator
let userId: string
beforeAll(async () => {
  app = await testApp()
  userId = (await makeUser(app, 'admin')).id
  ;({ authenticator } = await givePasskey(app, userId))
})
afterAll(async () => {
  await app.settled()
  app.close()
})

const parts = ['id', 'rawId', 'type'] as const
const inner = ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'] as const

/** Values that are no text at all. */
const odd = fc.constantFrom<unknown>(null, 7, true, [], ['x'], {}, { toString: 'x' }, undefined)

type Answer = ReturnType<Authenticator['get']>
function put(answer: Answer, field: string, to: (before: string) => unknown): Answer {
  const top = answer as Record<string, unknown>
  return (parts as readonly string[]).includes(field)
    ? ({ ...answer, [field]: to(String(top[field])) } as Answer)
    : { ...answer, response: { ...answer.response, [field]: to(String(answer.response[field])) } }
}

describe('a sign-in’s answer', () => {
  const tried = fc.record({
    field: fc.constantFrom(...parts, ...inner),
    to: fc.oneof({ weight: 6, arbitrary: change }, { weight: 1, arbitrary: odd.map(value => () => value) }),
  })

  test('that is changed signs nobody in, changes nothing, and breaks nothing', async () => {
    const before = await accounts(app)
    await fc.assert(
      fc.asyncProperty(tried, async ({ field, to }) => {
        const jar = newBrowser()
        const answer = authenticator.get(await signInOptions(app, jar))
        const changed = put(answer, field, to)
        fc.pre(JSON.stringify(changed) !== JSON.stringify(answer))
        const { status } = await answerSignIn(app, jar, changed)
        expect([400, 403]).toContain(status)
        expect(jar.cookies.has('__Host-sightline')).toBe(false)
      }),
      { numRuns: 700 },
    )
    expect(await accounts(app)).toEqual(before)
    const jar = newBrowser()
    expect((await answerSignIn(app, jar, authenticator.get(await signInOptions(app, jar)))).status).toBe(200)
  }, 120_000)

  test('that is anything at all breaks nothing', async () => {
    const before = await accounts(app)
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (one, two) => {
        const jar = newBrowser()
        await signInOptions(app, jar)
        const response = {
          id: authenticator.credentialId,
          rawId: authenticator.credentialId,
          type: 'public-key',
        }
        for (const answer of [
          one,
          { ...response, response: one },
          { ...response, response: { clientDataJSON: 'e30', userHandle: one, signature: two } },
        ])
          expect([400, 403]).toContain((await answerSignIn(app, jar, answer)).status)
      }),
      { numRuns: 100 },
    )
    expect(await accounts(app)).toEqual(before)
  }, 120_000)
})

describe('a registration’s answer', () => {
  const fields = ['id', 'rawId', 'type', 'clientDataJSON', 'attestationObject', 'transports'] as const

  test('that is changed breaks nothing, and gives a passkey to its user alone', async () => {
    const ours = await accounts(app)
    const { jar } = await givePasskey(app, (await makeUser(app, 'operator', { name: 'Other' })).id)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields),
        fc.oneof({ weight: 6, arbitrary: change }, { weight: 1, arbitrary: odd.map(value => () => value) }),
        async (field, to) => {
          const options = await optionsFor(app, jar, '/api/account/passkey/options')
          const answer = put(newAuthenticator().create(options) as Answer, field, to)
          const { status } = await fromPage(app, jar, 'POST', '/api/account/passkeys', { response: answer })
          expect([201, 400, 403]).toContain(status)
        },
      ),
      { numRuns: 250 },
    )
    const { users, passkeys } = await accounts(app)
    expect(users!.filter(row => row.name !== 'Other')).toEqual(ours.users)
    expect(passkeys!.filter(row => row.user_id === userId)).toEqual(
      ours.passkeys!.filter(row => row.user_id === userId),
    )
    // All of them can be shown.
    const shown = await fromPage(app, jar, 'GET', '/api/account/passkeys')
    expect(shown.status).toBe(200)
  }, 120_000)
})

describe('a one-time link’s secret', () => {
  const keys = createKeys(SECRET)

  test('that is changed is none', async () => {
    const secrets = [await mintedSecret(app), await mintedSecret(app, 'Olga@post.example')]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...secrets), change, fc.nat({ max: 2 }), async (secret, to, part) => {
        const pieces = secret.split('.')
        pieces[part] = to(pieces[part]!)
        for (const changed of [to(secret), pieces.join('.')])
          if (changed !== secret) expect(await readOneTimeLink(keys, changed, app.clock.now)).toBeUndefined()
      }),
      { numRuns: 1500 },
    )
  })

  test('is told nothing but that there is nothing, however it is changed', async () => {
    const secret = await mintedSecret(app, userId)
    const before = await accounts(app)
    await fc.assert(
      fc.asyncProperty(change, async to => {
        const changed = to(secret)
        fc.pre(changed !== secret)
        const answer = await fromPage(app, newBrowser(), 'POST', '/api/auth/link', { secret: changed })
        expect([400, 404]).toContain(answer.status)
      }),
      { numRuns: 300 },
    )
    expect(await accounts(app)).toEqual(before)
  }, 60_000)
})

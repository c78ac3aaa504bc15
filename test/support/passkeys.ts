import { expect } from 'vitest'
import { mintLink } from '../../worker/users/mint.ts'
import { rows } from './api.ts'
import { SECRET, type TestApp } from './app.ts'
import { Authenticator, type Wrongs } from './authenticator.ts'
import { fromPage, type Jar, newJar } from './sign-in.ts'
import { ORIGIN } from './users.ts'

/** Passkeys as people make and use them: a browser, an authenticator, and the calls of the pages. */

let browsers = 0

/** A browser at an address where nobody has tried anything: tries are limited by the address. */
export const newBrowser = (): Jar => {
  browsers++
  return { ...newJar(), address: `198.18.${(browsers >> 8) & 255}.${browsers & 255}` }
}

export const newAuthenticator = () => new Authenticator(ORIGIN)

interface Options {
  challenge: string
  rp?: { id?: string }
  rpId?: string
  user?: { id: string }
}

/** The options that begin a ceremony. */
export async function optionsFor(app: TestApp, jar: Jar, path: string, json: object = {}): Promise<Options> {
  const { status, body } = await fromPage<{ options: Options }>(app, jar, 'POST', path, json)
  if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`)
  return body.options
}

export const signInOptions = (app: TestApp, jar: Jar) => optionsFor(app, jar, '/api/auth/passkey/options')

export const answerSignIn = (app: TestApp, jar: Jar, response: unknown, fields: object = {}) =>
  fromPage(app, jar, 'POST', '/api/auth/passkey', { response, ...fields })

/** The whole of signing in, with one step wrong. */
export async function signInBy(app: TestApp, jar: Jar, authenticator: Authenticator, wrong: Wrongs = {}) {
  return answerSignIn(app, jar, authenticator.get(await signInOptions(app, jar), wrong))
}

/** The whole of making the passkey of a one-time link, with one step wrong. */
export async function makeByLink(
  app: TestApp,
  jar: Jar,
  authenticator: Authenticator,
  secret: string,
  { wrong = {}, name, ...fields }: { wrong?: Wrongs; name?: string; passkeyName?: string } = {},
) {
  const options = await optionsFor(app, jar, '/api/auth/link/options', {
    secret,
    ...(name === undefined ? {} : { name }),
  })
  return fromPage(app, jar, 'POST', '/api/auth/link/passkey', {
    secret,
    response: authenticator.create(options, wrong),
    ...fields,
  })
}

/** A link minted away from the database: for set-up, or to recover a user. */
export async function mintedSecret(app: TestApp, user?: string, secret = SECRET): Promise<string> {
  return new URL((await mintLink(secret, ORIGIN, user, app.clock.now)).url).hash.slice(1)
}

/** A passkey for a user who is there, and the browser in which it was made. It ends the sessions they had. */
export async function givePasskey(
  app: TestApp,
  userId: string,
  wrong: Wrongs = {},
): Promise<{ authenticator: Authenticator; jar: Jar }> {
  const [authenticator, jar] = [newAuthenticator(), newBrowser()]
  const { status } = await makeByLink(app, jar, authenticator, await mintedSecret(app, userId), { wrong })
  expect(status).toBe(201)
  return { authenticator, jar }
}

/** All that a refused ceremony must leave alone. */
export async function accounts(app: TestApp) {
  const [users, passkeys, sessions] = await Promise.all(
    ['users', 'passkeys', 'sessions'].map(table => rows(app, `${table} ORDER BY id`)),
  )
  return { users, passkeys, sessions }
}

/** What the audit tells of what was done, newest last. */
export async function audited(app: TestApp, columns = 'action, outcome, actor_kind, actor_id, target_id') {
  await app.settled()
  return rows(app, 'audit ORDER BY id', columns)
}

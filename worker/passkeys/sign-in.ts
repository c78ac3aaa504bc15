import * as v from 'valibot'
import { noteFailedSignIn } from '../auth/failed-sign-in.ts'
import { openSession } from '../auth/open-session.ts'
import { SignedIn } from '../auth/schema.ts'
import { NO_STORE } from '../http/json.ts'
import { placeOf } from '../http/place.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { joinAsGuest } from '../people/come-in.ts'
import { JoinAnswer } from '../people/schema.ts'
import { Problem } from '../problem.ts'
import { beginCeremony, takeCeremony } from './ceremony.ts'
import { CeremonyOptions, SignIn } from './schema.ts'
import { notePasskeyUse, passkeyOf, RISES, type UsedPasskey } from './store.ts'
import { authenticationOptions, type PasskeyUse, readAuthentication } from './webauthn.ts'

async function begin({ c, app }: Call<undefined, undefined>): Promise<Response> {
  const options = await authenticationOptions(placeOf(app, c.req.url))
  await beginCeremony(app, c, 'sign-in', options.challenge)
  return c.json({ options }, 200, NO_STORE)
}

async function finish(call: Call<SignIn, undefined>): Promise<Response> {
  const { c, app, body, tell } = call
  const ceremony = await takeCeremony(app, c, 'sign-in')
  const passkey = await passkeyOf(app.db, body.response.id)
  if (passkey) tell({ id: passkey.id, name: passkey.name })
  const use =
    ceremony && passkey
      ? await readAuthentication(placeOf(app, c.req.url), ceremony.challenge, body.response, passkey)
      : undefined
  if (!passkey || !use) throw await failed(call)
  return body.room === undefined ? enter(call, passkey, use) : watch(call, passkey, use, body.room)
}

/**
 * Signs a user in to run reviews. The use of the passkey is noted after the session that it earns: else a copy's answer
 * at the same instant could not be told from the one that was noted.
 */
async function enter(
  call: Call<SignIn, undefined>,
  passkey: UsedPasskey,
  use: PasskeyUse,
): Promise<Response> {
  const { c, app, address, tell } = call
  const { userId, userName: name, role } = passkey
  if (role === 'guest') throw await guestOnly(call, passkey, use)
  const opened = await openSession(
    app,
    c,
    { userId, via: 'passkey', address },
    {
      earned: `EXISTS (SELECT 1 FROM passkeys k WHERE k.id = :passkeyId AND ${RISES})`,
      args: { passkeyId: passkey.id, counter: use.counter },
      last: sessionId => [
        notePasskeyUse(passkey.id, use, app.now(), 'EXISTS (SELECT 1 FROM sessions WHERE id = :sessionId)', {
          sessionId,
        }),
      ],
    },
  )
  if (!opened) throw await failed(call)
  tell({ actor: { kind: 'user', id: userId, name } })
  return c.json({ user: { id: userId, name, role } } satisfies SignedIn, 200, NO_STORE)
}

/** A guest has nothing to run. They have shown who they are, so they are told that, and it is no failed sign-in. */
async function guestOnly(
  call: Call<SignIn, undefined>,
  { id, userId, userName: name }: UsedPasskey,
  use: PasskeyUse,
): Promise<Problem> {
  const noted = await call.app.db.execute(notePasskeyUse(id, use, call.app.now()))
  if (!noted.rowsAffected) return failed(call)
  call.tell({ actor: { kind: 'user', id: userId, name } })
  return new Problem(
    403,
    'guest_only',
    'You are invited to watch. Open the review your host told you about and choose Sign in.',
  )
}

/** Lets somebody watch a room that invites them; they get a person's bearer and no session. */
async function watch(
  call: Call<SignIn, undefined>,
  { id, userId, userName: name, email }: UsedPasskey,
  use: PasskeyUse,
  slug: string,
): Promise<Response> {
  const noted = await call.app.db.execute(notePasskeyUse(id, use, call.app.now()))
  if (!noted.rowsAffected) throw await failed(call)
  return call.c.json(await joinAsGuest(call, { id: userId, name, email }, slug), 200, NO_STORE)
}

/** One answer for whatever was wrong: an unknown passkey, a wrong signature, a late answer, a disabled user. */
async function failed(call: Call<SignIn, undefined>): Promise<Problem> {
  await noteFailedSignIn(call)
  return new Problem(
    403,
    'sign_in_failed',
    'That passkey does not open this. Try again, or ask an administrator for an invitation.',
  )
}

export const signInRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/auth/passkey/options',
    who: 'anyone',
    limit: 'sign-in',
    summary: 'Begin signing in with a passkey: options for navigator.credentials.get',
    answers: { 200: CeremonyOptions, 429: null },
    handle: begin,
  }),
  route({
    method: 'post',
    path: '/api/auth/passkey',
    who: 'anyone',
    limit: 'sign-in',
    audit: { action: 'session.sign-in', kind: 'passkey' },
    summary: 'Sign in with a passkey',
    body: SignIn,
    answers: { 200: v.union([SignedIn, JoinAnswer]), 403: null, 410: null, 429: null },
    handle: finish,
  }),
]

import { openSession } from '../auth/open-session.ts'
import { placeOf } from '../auth/place.ts'
import { SignedIn } from '../auth/schema.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { Problem } from '../problem.ts'
import { beginCeremony, takeCeremony } from './ceremony.ts'
import { CeremonyOptions, SignIn } from './schema.ts'
import { notePasskeyUse, passkeyOf } from './store.ts'
import { authenticationOptions, readAuthentication } from './webauthn.ts'

/** One answer for whatever was wrong: an unknown passkey, a wrong signature, a late answer, a disabled user. */
const signInFailed = () =>
  new Problem(
    403,
    'sign_in_failed',
    'That passkey does not open this. Try again, or ask an administrator for an invitation.',
  )

async function begin({ c, app }: Call<undefined, undefined>): Promise<Response> {
  const options = await authenticationOptions(placeOf(app, c.req.url))
  await beginCeremony(app, c, 'sign-in', options.challenge)
  return c.json({ options }, 200, NO_STORE)
}

async function finish({ c, app, body, address, tell }: Call<SignIn, undefined>): Promise<Response> {
  const ceremony = await takeCeremony(app, c, 'sign-in')
  const passkey = await passkeyOf(app.db, body.response.id)
  if (!ceremony || !passkey) throw signInFailed()
  const { userId, userName: name, role } = passkey
  tell({ id: passkey.id, name: passkey.name })
  const use = await readAuthentication(placeOf(app, c.req.url), ceremony.challenge, body.response, passkey)
  if (!use) throw signInFailed()
  const now = app.now()
  const opened = await openSession(
    app,
    c,
    { userId, via: 'passkey', address },
    [notePasskeyUse(passkey.id, use, now)],
    'EXISTS (SELECT 1 FROM passkeys k WHERE k.id = :passkeyId AND k.last_used_at = :createdAt)',
    { passkeyId: passkey.id },
  )
  if (!opened) throw signInFailed()
  tell({ actor: { kind: 'user', id: userId, name } })
  return c.json({ user: { id: userId, name, role } } satisfies SignedIn, 200, NO_STORE)
}

const NO_STORE = { 'Cache-Control': 'no-store' }

export const signInRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/auth/passkey/options',
    who: 'anyone',
    summary: 'Begin signing in with a passkey: options for navigator.credentials.get',
    answers: { 200: CeremonyOptions, 429: null },
    handle: begin,
  }),
  route({
    method: 'post',
    path: '/api/auth/passkey',
    who: 'anyone',
    audit: { action: 'session.sign-in', kind: 'passkey' },
    summary: 'Sign in with a passkey',
    body: SignIn,
    answers: { 200: SignedIn, 403: null, 429: null },
    handle: finish,
  }),
]

import { dropCookie, putCookie, secretIn } from '../auth/cookies.ts'
import { noteFailedSignIn } from '../auth/failed-sign-in.ts'
import { openSession } from '../auth/open-session.ts'
import { digestOf, newSecret } from '../crypto/digest.ts'
import { newId } from '../crypto/id.ts'
import { NO_STORE } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { comeIn } from '../people/come-in.ts'
import { notFound, Problem } from '../problem.ts'
import { roleOf } from './allow.ts'
import type { Identity } from './claims.ts'
import { DiscoveryFault } from './discovery.ts'
import { begin, identify, type Pending, SignInFault } from './flow.ts'
import { redirectUriOf, refuseUnknownPlace } from './redirect.ts'
import { Finish, Finished, Methods, Start, Started } from './schema.ts'
import { currentProvider, providerName } from './settings.ts'
import { admitUser, isDisabled, keepCeremony, takeCeremony } from './store.ts'

const COOKIE = 'sightline-oidc'

/** How long somebody may be away at the provider, in ms. */
const AWAY = 600_000

/** One answer for whatever went wrong; which it was, the audit says. */
const failed = () =>
  new Problem(
    403,
    'sign_in_failed',
    'Signing in did not work. Start again, and if it happens again, ask an owner whether you may sign in here.',
  )

const unavailable = () =>
  new Problem(
    503,
    'provider_unavailable',
    'The sign-in provider does not answer. Try again in a moment.',
    {},
    { 'Retry-After': '5' },
  )

/** What is kept between going and coming back. */
type Kept = Omit<Pending, 'state'> & { purpose: Start }

async function start({ c, app, body }: Call<Start, undefined>): Promise<Response> {
  const provider = await currentProvider(app)
  if (!provider) throw notFound()
  refuseUnknownPlace(app, c.req.url)
  const server = await app.discovery.find(provider.issuer).catch(error => {
    if (!(error instanceof DiscoveryFault)) throw error
    app.log.warn('oidc.unavailable', { requestId: c.get('requestId'), reason: error.reason })
    throw unavailable()
  })
  const { pending, url } = await begin(server, provider, redirectUriOf(app, c.req.url))
  const { state, ...rest } = pending
  const secret = newSecret()
  await keepCeremony(app.db, {
    hash: await digestOf(secret),
    state,
    data: JSON.stringify({ ...rest, purpose: body } satisfies Kept),
    expiresAt: app.now() + AWAY,
  })
  putCookie(c, COOKIE, secret)
  return c.json({ url } satisfies Started, 200, NO_STORE)
}

async function finish(call: Finishing): Promise<Response> {
  const { c, app, body, tell } = call
  const provider = await currentProvider(app)
  if (!provider) {
    tell({ onlyCounted: true })
    throw notFound()
  }
  // The body holds a code and a state: the audit gets neither.
  tell({ params: { via: 'oidc' } })
  const secret = secretIn(c, COOKIE)
  if (!secret) throw notBegun(call, 'cookie')
  dropCookie(c, COOKIE)
  const taken = await takeCeremony(app.db, await digestOf(secret), app.now())
  if (!taken) throw notBegun(call, 'ceremony')
  const { purpose, ...rest } = JSON.parse(taken.data) as Kept

  const identity = await identify(app, provider, { ...rest, state: taken.state }, body.query).catch(
    async error => {
      if (!(error instanceof SignInFault)) throw error
      throw await refused(call, error.reason, error.detail, error.guessed)
    },
  )
  tell({ actor: { kind: 'stranger', id: identity.subject, name: calledBy(identity) } })
  if (purpose.for === 'room') return enterRoom(call, identity, purpose.slug)

  const role = roleOf(identity.who, provider.allow)
  if (!role) throw await refused(call, 'list')
  const user = await admitUser(app.db, newId(), identity, role, app.now())
  const opened = user && (await openSession(app, c, { userId: user.id, via: 'oidc', address: call.address }))
  if (!opened) throw await refused(call, (await isDisabled(app.db, identity)) ? 'disabled' : 'owner')
  tell({ actor: { kind: 'user', id: user.id, name: user.name }, id: user.id, name: user.name })
  return c.json({ next: 'admin' } satisfies Finished, 200, NO_STORE)
}

/** Lets somebody watch whom the room invites; they get a person's bearer and no session. */
async function enterRoom(call: Finishing, identity: Identity, slug: string): Promise<Response> {
  const { c, app } = call
  if (await isDisabled(app.db, identity)) throw await refused(call, 'disabled')
  const account = `oidc|${identity.issuer}|${identity.subject}`
  const join = await comeIn(call, { ...identity, account }, slug)
  return c.json({ next: 'room', slug, join } satisfies Finished, 200, NO_STORE)
}

/** What the audit calls somebody who is not yet anybody here. */
const calledBy = ({ who, name, subject }: Identity): string => who.email ?? name ?? subject

type Finishing = Call<{ query: string }, undefined>

/**
 * Notes why, and gives the answer that does not say it.
 * @param counts whether it is one of the failures that in the end block an address
 */
async function refused(call: Finishing, reason: string, detail?: string, counts = true): Promise<Problem> {
  const { c, app, tell } = call
  tell({ params: { via: 'oidc', reason, ...(detail === undefined ? {} : { detail }) } })
  app.log.warn('oidc.refused', { requestId: c.get('requestId'), reason, detail })
  if (counts) await noteFailedSignIn(call)
  return failed()
}

/**
 * The same for what belongs to no sign-in that is under way in this browser. Any page can send a browser here: nothing is
 * guessed by it, so it blocks nobody.
 */
function notBegun({ c, app, tell }: Finishing, reason: 'cookie' | 'ceremony'): Problem {
  tell({ onlyCounted: true })
  app.log.warn('oidc.refused', { requestId: c.get('requestId'), reason })
  return failed()
}

export const oidcRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/auth/methods',
    who: 'anyone',
    summary: 'How people may sign in here',
    answers: { 200: Methods },
    async handle({ c, app }) {
      const name = await providerName(app)
      const methods: Methods = { passkey: true, oidc: name === undefined ? null : { name } }
      return c.json(methods, 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/oidc/start',
    who: 'anyone',
    limit: 'sign-in',
    summary: 'Begin to sign in through the identity provider',
    body: Start,
    answers: { 200: Started, 404: null, 409: null, 503: null },
    handle: start,
  }),
  route({
    method: 'post',
    path: '/api/auth/oidc/finish',
    who: 'anyone',
    limit: 'sign-in',
    audit: { action: 'session.sign-in', kind: 'user' },
    summary: 'Sign in with what the identity provider sent back',
    body: Finish,
    answers: { 200: Finished, 403: null, 404: null, 410: null },
    handle: finish,
  }),
]

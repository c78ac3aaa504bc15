import { openSession } from '../auth/open-session.ts'
import { SignedIn } from '../auth/schema.ts'
import { newId } from '../crypto/id.ts'
import { type InStatement, sql, write } from '../db.ts'
import type { App } from '../deps.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { placeOf } from '../http/place.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { invalid, notFound, Problem } from '../problem.ts'
import { takeLinksBack } from '../users/leave.ts'
import { type LinkUser, lookAtLink, NO_OWNER, USED, useLink } from '../users/links-store.ts'
import { type OneTimeClaims, readOneTimeLink } from '../users/one-time-link.ts'
import { beginCeremony, takeCeremony } from './ceremony.ts'
import { CeremonyOptions, LinkFinish, LinkPurpose, LinkSecret, LinkStart } from './schema.ts'
import { addPasskey, passkeysOf } from './store.ts'
import { readRegistration, registrationOptions } from './webauthn.ts'

/** A passkey made through a one-time link: the owner's first, an invited user's, a recovered one. */

type Link = OneTimeClaims & { hash: string; exp: number }

/** @throws {Problem} 404, alike for a forged, used, outdated or taken back link and for a set-up with an owner there */
async function openLink(
  app: App,
  secret: string,
): Promise<{ link: Link; user: LinkUser | null; createdBy: string | null }> {
  const link = await readOneTimeLink(app.keys, secret, app.now())
  const open = link && (await lookAtLink(app.db, link))
  if (!link || !open) throw notFound()
  return { link, ...open }
}

async function look({ c, app, body }: Call<LinkSecret, undefined>): Promise<Response> {
  const { link, user } = await openLink(app, body.secret)
  const purpose: LinkPurpose = {
    kind: link.k,
    name: user?.name ?? null,
    role: user?.role ?? 'owner',
    expiresAt: iso(link.exp * 1000)!,
  }
  return c.json(purpose, 200, NO_STORE)
}

async function begin({ c, app, body }: Call<LinkStart, undefined>): Promise<Response> {
  const { link, user: known } = await openLink(app, body.secret)
  if (!known && body.name === undefined) throw invalid([{ field: 'name', detail: 'is required' }])
  // The owner to be has no row yet; the id that their passkey will carry is chosen now.
  const user = known ?? { id: newId(), name: body.name!, role: 'owner' as const }
  const has = known ? (await passkeysOf(app.db, known.id)).map(key => key.credentialId) : []
  const options = await registrationOptions(placeOf(app, c.req.url), user, has)
  await beginCeremony(app, c, 'link', options.challenge, {
    linkId: link.i,
    data: JSON.stringify({ id: user.id, name: user.name }),
  })
  return c.json({ options }, 200, NO_STORE)
}

async function finish(call: Call<LinkFinish, undefined>): Promise<Response> {
  const { c, app, body, address, tell } = call
  const { link, user: known, createdBy: madeBy } = await openLink(app, body.secret)
  const ceremony = await takeCeremony(app, c, 'link', { linkId: link.i })
  const made =
    ceremony && (await readRegistration(placeOf(app, c.req.url), ceremony.challenge, body.response))
  if (!ceremony?.data || !made) throw notMade()
  const begun = JSON.parse(ceremony.data) as { id: string; name: string }
  const user: LinkUser = known ?? { ...begun, role: 'owner' }
  if (user.id !== begun.id) throw notMade()

  const now = app.now()
  const passkey = { ...made, id: newId(), userId: user.id, name: body.passkeyName ?? 'Passkey' }
  const mine = { linkId: link.i, passkeyId: passkey.id }
  const adding = addPasskey(passkey, now, USED, mine)
  const statements: InStatement[] = [
    useLink(link, known?.id ?? null, passkey, now),
    ...(known ? [] : [addOwner(user, mine, now)]),
    adding,
    takeLinksBack(user.id, now, USED, mine),
    // Whoever had the user's sessions, and lost or stole the device, is out.
    ...(link.k === 'invite' ? [] : [endSessionsIf(user.id, mine)]),
  ]
  const WITH_PASSKEY = 'EXISTS (SELECT 1 FROM passkeys k WHERE k.id = :passkeyId)'
  tell({
    id: user.id,
    name: user.name,
    ...(link.k === 'invite' ? {} : { action: link.k === 'setup' ? 'setup.used' : 'recovery.used' }),
    params: { passkey: passkey.name, link: link.k, madeBy },
  })
  const done =
    user.role === 'guest'
      ? (await write(app.db, statements))[statements.indexOf(adding)]!.rowsAffected > 0
      : await openSession(
          app,
          c,
          { userId: user.id, via: 'passkey', address },
          { first: statements, earned: WITH_PASSKEY, args: { passkeyId: passkey.id } },
        )
  // Nothing was used up by a credential that is known already.
  if (!done) throw (await lookAtLink(app.db, link)) ? notMade() : notFound()
  tell({ actor: { kind: 'user', id: user.id, name: user.name } })
  return c.json({ user } satisfies SignedIn, 201, NO_STORE)
}

const addOwner = ({ id, name }: LinkUser, mine: Record<string, string>, now: number): InStatement =>
  sql(
    `INSERT INTO users (id, name, role, created_at, updated_at)
     SELECT :id, :name, 'owner', :now, :now WHERE ${NO_OWNER} AND ${USED}`,
    { id, name, now, ...mine },
  )

const endSessionsIf = (userId: string, mine: Record<string, string>): InStatement =>
  sql(`DELETE FROM sessions WHERE user_id = :userId AND ${USED}`, { userId, ...mine })

const notMade = () =>
  new Problem(
    403,
    'passkey_failed',
    'The passkey was not made, or not in time, or is known already. Open the link and try again.',
  )

export const byLinkRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/auth/link',
    who: 'anyone',
    limit: 'set-up',
    summary: 'What a one-time link is for; it is not used up by asking',
    body: LinkSecret,
    answers: { 200: LinkPurpose, 404: null, 429: null },
    handle: look,
  }),
  route({
    method: 'post',
    path: '/api/auth/link/options',
    who: 'anyone',
    limit: 'set-up',
    summary: 'Begin making the passkey of a one-time link: options for navigator.credentials.create',
    body: LinkStart,
    answers: { 200: CeremonyOptions, 404: null, 429: null },
    handle: begin,
  }),
  route({
    method: 'post',
    path: '/api/auth/link/passkey',
    who: 'anyone',
    limit: 'set-up',
    audit: { action: 'passkey.add', kind: 'user' },
    summary: 'Make the passkey, use the link up and sign in',
    body: LinkFinish,
    answers: { 201: SignedIn, 403: null, 404: null, 429: null },
    handle: finish,
  }),
]

import { newId } from '../crypto/id.ts'
import { write } from '../db.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { placeOf } from '../http/place.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { notFound, Problem } from '../problem.ts'
import { beginCeremony, takeCeremony } from './ceremony.ts'
import { CeremonyOptions, NewPasskey, Passkey, PasskeyChange, PasskeyList } from './schema.ts'
import { addPasskey, type PasskeyRow, passkeysOf, removePasskey, renamePasskey } from './store.ts'
import { readRegistration, registrationOptions } from './webauthn.ts'

/** A user's own passkeys. */

const passkeyView = (row: PasskeyRow): Passkey => ({
  id: row.id,
  name: row.name,
  backedUp: Boolean(row.backedUp),
  transports: JSON.parse(row.transports) as string[],
  createdAt: iso(row.createdAt)!,
  lastUsedAt: iso(row.lastUsedAt),
})

async function begin({ c, app, caller }: Call<undefined, undefined>): Promise<Response> {
  const has = await passkeysOf(app.db, caller.id!)
  if (!has.length) throw byInvitation()
  const options = await registrationOptions(
    placeOf(app, c.req.url),
    { id: caller.id!, name: caller.name },
    has.map(key => key.credentialId),
  )
  await beginCeremony(app, c, 'add', options.challenge, { userId: caller.id! })
  return c.json({ options }, 200, NO_STORE)
}

async function add({ c, app, caller, body, tell }: Call<NewPasskey, undefined>): Promise<Response> {
  const ceremony = await takeCeremony(app, c, 'add', { userId: caller.id! })
  const made =
    ceremony && (await readRegistration(placeOf(app, c.req.url), ceremony.challenge, body.response))
  if (!made) throw notMade()
  const now = app.now()
  const passkey = { ...made, id: newId(), userId: caller.id!, name: body.name ?? 'Passkey' }
  const [added] = await write(app.db, [addPasskey(passkey, now, HAS_PASSKEY)])
  if (!added!.rowsAffected) throw notMade()
  tell({ id: passkey.id, name: passkey.name, params: {} })
  const row = {
    ...passkey,
    portable: 0,
    backedUp: Number(passkey.backedUp),
    createdAt: now,
    lastUsedAt: null,
  }
  return c.json(passkeyView(row), 201, { Location: `/api/account/passkeys/${row.id}`, ...NO_STORE })
}

/** Who has none was signed in by the identity provider: a passkey would outlive what the provider says of them. */
const HAS_PASSKEY = 'EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id)'

const byInvitation = () =>
  new Problem(
    403,
    'passkey_by_invitation',
    'The identity provider signs you in. For a passkey beside it, ask an owner or admin for a one-time link.',
  )

const notMade = () =>
  new Problem(
    403,
    'passkey_failed',
    'The passkey was not made, or not in time, or is known already. Try again.',
  )

const who = { right: 'account' } as const

export const passkeyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/account/passkeys',
    who,
    summary: 'Your passkeys',
    answers: { 200: PasskeyList },
    async handle({ c, app, caller }) {
      const items = (await passkeysOf(app.db, caller.id!)).map(passkeyView)
      return c.json({ items, next: null }, 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/account/passkey/options',
    who,
    summary: 'Begin adding a passkey: options for navigator.credentials.create',
    answers: { 200: CeremonyOptions, 403: null },
    handle: begin,
  }),
  route({
    method: 'post',
    path: '/api/account/passkeys',
    who,
    audit: { action: 'passkey.add', kind: 'passkey' },
    summary: 'Add a passkey',
    body: NewPasskey,
    answers: { 201: Passkey, 403: null },
    handle: add,
  }),
  route({
    method: 'patch',
    path: '/api/account/passkeys/:id',
    who,
    audit: { action: 'passkey.rename', kind: 'passkey' },
    summary: 'Name a passkey',
    body: PasskeyChange,
    answers: { 200: Passkey, 404: null },
    async handle({ c, app, caller, params, body }) {
      const row = await renamePasskey(app.db, caller.id!, params.id!, body.name)
      if (!row) throw notFound()
      return c.json(passkeyView(row), 200, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path: '/api/account/passkeys/:id',
    who,
    audit: { action: 'passkey.remove', kind: 'passkey' },
    summary: 'Remove a passkey, but not the last',
    answers: { 204: null, 404: null, 409: null },
    async handle({ c, app, caller, params, tell }) {
      const result = await removePasskey(app.db, caller.id!, params.id!)
      if (result.is === 'absent') throw notFound()
      if (result.is === 'last')
        throw new Problem(
          409,
          'last_passkey',
          'This is your only passkey. Add another one before you remove it.',
        )
      tell({ name: result.name })
      return c.body(null, 204)
    },
  }),
]

import type { Caller } from '../auth/caller.ts'
import { newId } from '../crypto/id.ts'
import type { App } from '../deps.ts'
import { ifMatchVersion, versionTag } from '../http/etag.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE, tagged } from '../http/json.ts'
import { placeOf } from '../http/place.ts'
import { type Route, route } from '../http/route.ts'
import { changedMeanwhile, notFound, Problem } from '../problem.ts'
import { makerOf } from './links-store.ts'
import { type MadeLink, makeOneTimeLink, welcomeUrl } from './one-time-link.ts'
import { machineMayManage, mayManage, type Role } from './rights.ts'
import { Invitation, InvitedUser, NewUser, User, UserChange, UserList, UserQuery } from './schema.ts'
import {
  changeUser,
  getUser,
  inviteUser,
  listUsers,
  type Moment,
  removeUser,
  renewLink,
  type UserRow,
} from './store.ts'

/** Whether they have come: with a passkey, or through the identity provider. */
const canSignIn = ({ passkeys, oidcAccount }: UserRow): boolean => passkeys > 0 || oidcAccount !== null

const userOf = (row: UserRow): User => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  state: row.disabledAt !== null ? 'disabled' : canSignIn(row) ? 'active' : 'invited',
  oidc: row.oidcAccount !== null,
  passkeys: row.passkeys,
  sessions: row.sessions,
  lastSeenAt: iso(row.lastSeenAt || null),
  invitationEndsAt: iso(row.invitationEndsAt),
  createdAt: iso(row.createdAt)!,
  updatedAt: iso(row.updatedAt)!,
})

/** @throws {Problem} 403 */
function refuseAbove({ kind, role, rights }: Caller, before: Role, after: Role = before): void {
  if (kind === 'user' ? mayManage(role!, before, after) : machineMayManage(rights, before, after)) return
  const says =
    kind === 'user'
      ? 'Only an owner may make or change an owner.'
      : 'A machine may make and change only users whose rights it has itself, and no owners.'
  throw new Problem(403, 'role_too_high', says)
}

/** @throws {Problem} 403: a machine that could do this could take over whom it likes. */
function refuseMachineToRecover({ kind }: Caller): void {
  if (kind !== 'user')
    throw new Problem(
      403,
      'recovery_by_user',
      'A machine makes no link for a user who can sign in already. Make it as an owner or admin.',
    )
}

const emailTaken = () => new Problem(409, 'email_taken', 'Another user has this e-mail address.')
const emailRequired = () =>
  new Problem(409, 'email_required', 'A guest needs an e-mail address: rooms invite by it.')
const disabled = () => new Problem(409, 'disabled', 'This user is disabled. Enable them first.')
const ownPasskeyNeeded = () =>
  new Problem(
    409,
    'own_passkey_needed',
    'An owner signs in with a passkey of their own, and this user has none yet. Make them an owner when they have.',
  )
const lastOwner = () =>
  new Problem(409, 'last_owner', 'This is the last owner who can sign in. Make somebody else an owner first.')

const invitationOf = (app: App, url: string, link: MadeLink): Invitation => ({
  url: welcomeUrl(placeOf(app, url).origin, link.secret),
  expiresAt: iso(link.expiresAt)!,
})

/** Whether a change would leave a guest without an address. */
const lacksAddress = (row: UserRow, { role = row.role, email = row.email }: UserChange): boolean =>
  role === 'guest' && email === null

const momentOf = (app: App): Moment => ({ now: app.now(), idle: app.config.session.idleMs })

/** @throws {Problem} 404 */
async function known(app: App, id: string): Promise<UserRow> {
  const row = await getUser(app.db, id, momentOf(app))
  if (!row) throw notFound()
  return row
}

export const userRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/users',
    who: { right: 'users:read' },
    summary: 'Who can sign in, newest first',
    query: UserQuery,
    answers: { 200: UserList },
    async handle({ c, app, query }) {
      const { items, next } = await listUsers(app.db, query, momentOf(app))
      return c.json({ items: items.map(userOf), next }, 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/users',
    who: { right: 'users:write' },
    audit: { action: 'user.invite', kind: 'user' },
    summary: 'Invite a user: a link that makes their passkey, once, within 72 hours',
    body: NewUser,
    answers: { 201: InvitedUser, 403: null, 409: null },
    async handle({ c, app, body, caller, tell }) {
      refuseAbove(caller, body.role)
      const at = momentOf(app)
      const id = newId()
      tell({ id, name: body.name })
      const link = await makeOneTimeLink(app.keys, 'invite', id, at.now)
      const row = await inviteUser(app.db, id, body, { ...link, createdBy: makerOf(caller) }, at)
      if (!row) throw emailTaken()
      const answer = { user: userOf(row), invitation: invitationOf(app, c.req.url, link) }
      return c.json(answer satisfies InvitedUser, 201, { Location: `/api/users/${id}`, ...NO_STORE })
    },
  }),
  route({
    method: 'get',
    path: '/api/users/:id',
    who: { right: 'users:read' },
    summary: 'One user',
    answers: { 200: User, 304: null, 404: null },
    async handle({ c, app, params }) {
      const row = await known(app, params.id!)
      const user = userOf(row)
      return tagged(c, user, await versionTag(row.version, user), 200, NO_STORE)
    },
  }),
  route({
    method: 'patch',
    path: '/api/users/:id',
    who: { right: 'users:write' },
    audit: { action: 'user.change', kind: 'user' },
    summary: 'Change, disable or enable a user',
    body: UserChange,
    answers: { 200: User, 403: null, 404: null, 409: null, 412: null },
    async handle({ c, app, params, body, caller, tell }) {
      const version = ifMatchVersion(c.req.header('if-match'))
      const before = await known(app, params.id!)
      tell({ name: before.name, ...actionOf(body) })
      refuseAbove(caller, before.role, body.role)
      if (lacksAddress(before, body)) throw emailRequired()
      const { changed, row, taken } = await changeUser(app.db, before, body, version, momentOf(app))
      if (!row) throw notFound()
      if (!changed) {
        if ((version !== undefined && row.version !== version) || row.role !== before.role)
          throw changedMeanwhile()
        if (taken) throw emailTaken()
        if (body.role === 'owner' && row.role !== 'owner')
          throw row.passkeys ? changedMeanwhile() : ownPasskeyNeeded()
        throw lacksAddress(row, body) ? emailRequired() : lastOwner()
      }
      const user = userOf(row)
      return tagged(c, user, await versionTag(row.version, user), 200, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path: '/api/users/:id',
    who: { right: 'users:write' },
    audit: { action: 'user.remove', kind: 'user' },
    summary: 'Remove a user with their passkeys and sessions, and revoke their API keys',
    answers: { 204: null, 403: null, 404: null, 409: null, 412: null },
    async handle({ c, app, params, caller, tell }) {
      const version = ifMatchVersion(c.req.header('if-match'))
      const before = await known(app, params.id!)
      tell({ name: before.name })
      refuseAbove(caller, before.role)
      const { removed, row } = await removeUser(app.db, before, version, momentOf(app))
      if (!removed && row)
        throw (version !== undefined && row.version !== version) || row.role !== before.role
          ? changedMeanwhile()
          : lastOwner()
      return c.body(null, 204)
    },
  }),
  route({
    method: 'post',
    path: '/api/users/:id/invitation',
    who: { right: 'users:write' },
    audit: { action: 'user.invite', kind: 'user' },
    summary: 'A new one-time link: an invitation, or recovery for who can sign in already',
    answers: { 201: Invitation, 403: null, 404: null, 409: null },
    async handle({ c, app, params, caller, tell }) {
      const now = app.now()
      const row = await known(app, params.id!)
      const kind = canSignIn(row) ? 'recover' : 'invite'
      tell({ name: row.name, params: { kind } })
      refuseAbove(caller, row.role)
      if (kind === 'recover') refuseMachineToRecover(caller)
      const link = await makeOneTimeLink(app.keys, kind, row.id, now)
      const kept = { ...link, createdBy: makerOf(caller) }
      if (!(await renewLink(app.db, row.id, row.role, kept, now)))
        throw (await known(app, row.id)).disabledAt !== null ? disabled() : changedMeanwhile()
      return c.json(invitationOf(app, c.req.url, link), 201, NO_STORE)
    },
  }),
]

const actionOf = ({ disabled }: UserChange) =>
  disabled === undefined ? {} : ({ action: disabled ? 'user.disable' : 'user.enable' } as const)

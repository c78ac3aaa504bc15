import type { App } from '../deps.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { type Route, route } from '../http/route.ts'
import { notFound } from '../problem.ts'
import { VERSION } from '../system/version.ts'
import { describeRight, rights, roles, rolesWith } from '../users/rights.ts'
import type { Caller } from './caller.ts'
import { dropCookie } from './cookies.ts'
import { RightsMatrix, Session, SessionList } from './schema.ts'
import { endSession, endSessionsOf, sessionsOf } from './session.ts'

function sessionOf(app: App, { kind, id, name, role, rights: held }: Caller): Session {
  return {
    kind,
    user: id !== null && role !== null ? { id, name, role } : null,
    role: role ?? 'admin',
    rights: [...held],
    demo: app.config.demo,
    version: VERSION,
    publicUrl: app.config.publicUrl ?? null,
    originConfigured: app.origins.usual() !== undefined,
  }
}

const account = { right: 'account' } as const

export const authRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/session',
    who: { right: null },
    summary: 'Who is calling, what they may, and what they talk to',
    answers: { 200: Session },
    handle: ({ c, app, caller }) => c.json(sessionOf(app, caller), 200, NO_STORE),
  }),
  route({
    method: 'delete',
    path: '/api/session',
    who: account,
    audit: { action: 'session.sign-out', kind: 'session' },
    summary: 'Sign out of this browser',
    answers: { 204: null },
    async handle({ c, app, caller, tell }) {
      await endSession(app.db, caller.id!, caller.sessionId!)
      dropCookie(c, 'sightline')
      tell({ id: caller.sessionId })
      return c.body(null, 204)
    },
  }),
  route({
    method: 'get',
    path: '/api/account/sessions',
    who: account,
    summary: 'Where you are signed in',
    answers: { 200: SessionList },
    async handle({ c, app, caller }) {
      const rows = await sessionsOf(app.db, caller.id!, app.now(), app.config.session.idleMs)
      const items = rows.map(row => ({
        ...row,
        current: row.id === caller.sessionId,
        createdAt: iso(row.createdAt)!,
        seenAt: iso(row.seenAt)!,
        endsAt: iso(row.endsAt)!,
      }))
      return c.json({ items, next: null } satisfies SessionList, 200, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path: '/api/account/sessions',
    who: account,
    audit: { action: 'session.end-all', kind: 'user' },
    summary: 'Sign out everywhere, here too',
    answers: { 204: null },
    async handle({ c, app, caller, tell }) {
      await endSessionsOf(app.db, caller.id!)
      dropCookie(c, 'sightline')
      tell({ id: caller.id, name: caller.name })
      return c.body(null, 204)
    },
  }),
  route({
    method: 'delete',
    path: '/api/account/sessions/:id',
    who: account,
    audit: { action: 'session.end', kind: 'session' },
    summary: 'Sign out another browser of yours',
    answers: { 204: null, 404: null },
    async handle({ c, app, caller, params }) {
      if (!(await endSession(app.db, caller.id!, params.id!))) throw notFound()
      if (params.id === caller.sessionId) dropCookie(c, 'sightline')
      return c.body(null, 204)
    },
  }),
  route({
    method: 'get',
    path: '/api/rights',
    who: { right: null },
    summary: 'What each role may do',
    answers: { 200: RightsMatrix },
    handle: ({ c }) =>
      c.json({
        roles: [...roles],
        rights: rights.map(right => ({ right, says: describeRight(right), roles: rolesWith(right) })),
      } satisfies RightsMatrix),
  }),
]

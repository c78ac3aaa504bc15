import { all, first, sql } from '../db.ts'
import type { App } from '../deps.ts'
import { iso } from '../http/fields.ts'
import { type Route, route } from '../http/route.ts'
import { notFound } from '../problem.ts'
import { VERSION } from '../system/version.ts'
import { describeRight, rights, roles, rolesWith } from '../users/rights.ts'
import type { Caller } from './caller.ts'
import { dropCookie } from './cookies.ts'
import { RightsMatrix, Session, SessionList } from './schema.ts'
import { endSessionsOf } from './session.ts'

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

interface SessionRow {
  id: string
  via: 'passkey' | 'oidc'
  address: string | null
  userAgent: string | null
  createdAt: number
  seenAt: number
  endsAt: number
}

const LIVE = 'user_id = :userId AND ends_at > :now AND seen_at > :since'

const NO_STORE = { 'Cache-Control': 'no-store' }
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
      await app.db.execute(sql('DELETE FROM sessions WHERE id = :id', { id: caller.sessionId }))
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
      const now = app.now()
      const rows = await app.db.execute(
        sql(
          `SELECT id, via, address, user_agent AS userAgent, created_at AS createdAt, seen_at AS seenAt, ends_at AS endsAt
           FROM sessions WHERE ${LIVE} ORDER BY created_at DESC`,
          { userId: caller.id, now, since: now - app.config.session.idleMs },
        ),
      )
      const items = all<SessionRow>(rows).map(row => ({
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
      await app.db.execute(endSessionsOf(caller.id!))
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
      const ended = await app.db.execute(
        sql('DELETE FROM sessions WHERE id = :id AND user_id = :userId RETURNING id', {
          id: params.id!,
          userId: caller.id,
        }),
      )
      if (!first(ended)) throw notFound()
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

import type { Context } from 'hono'
import { findApiKey, looksLikeApiKey } from '../api-keys/store.ts'
import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { digestOf } from '../crypto/digest.ts'
import { verifyToken } from '../crypto/token.ts'
import { first, sql } from '../db.ts'
import type { App } from '../deps.ts'
import { bearerOf } from '../http/bearer.ts'
import type { After } from '../later.ts'
import { isPersonClaims, type PersonClaims } from '../people/token.ts'
import { unauthenticated } from '../problem.ts'
import { type Right, rightsOf } from '../users/rights.ts'
import type { Caller, Known } from './caller.ts'
import { secretIn } from './cookies.ts'
import { findSession, noteSeen, SEEN_WITHIN } from './session.ts'
import { isStartClaims } from './start-token.ts'

/** What the automation token may: all that an admin may but what belongs to a person. */
const tokenRights: ReadonlySet<Right> = new Set([...rightsOf('admin')].filter(right => right !== 'account'))

/** What the starter may: what it calls to show a demonstration's room. Set-up links are given to it by its kind. */
const startRights: ReadonlySet<Right> = new Set([
  'rooms:read',
  'rooms:write',
  'links:read',
  'links:write',
  'ingest',
])

/**
 * Who is calling a route that wants a right. An Authorization header decides alone: with a wrong one the cookie is not
 * looked at. Nothing is told of why somebody is not known.
 * @param right what the route wants
 * @throws {Problem} 401
 */
export async function authenticate(
  app: App,
  c: Context,
  address: string | undefined,
  after: After,
  right: Right | null,
): Promise<Known> {
  const authorization = c.req.header('authorization')
  const known = authorization
    ? await byBearer(app, bearerOf(authorization), address, after, right)
    : await byCookie(app, c, address, after)
  if (!known) throw unauthenticated()
  return known
}

async function byBearer(
  app: App,
  token: string | undefined,
  address: string | undefined,
  after: After,
  right: Right | null,
): Promise<Known | undefined> {
  if (!token) return undefined
  if (looksLikeApiKey(token)) return findApiKey(app, token, address, after)
  const caller = await byDeployment(app, token)
  // Counters are told without the database: they are wanted most while it is away.
  return caller && { caller, blocked: right !== 'metrics' && (await isBlocked(app, address)) }
}

/** The caller behind a token of the deployment's own, which is looked up nowhere. */
async function byDeployment(app: App, token: string): Promise<Caller | undefined> {
  const { adminToken } = app.config
  if (adminToken && (await app.keys.sameSecret(token, adminToken)))
    return machine('token', 'Automation token', tokenRights)
  const start = await verifyToken(app.keys, 'start-token', token, app.now(), isStartClaims)
  return typeof start === 'string' ? undefined : machine('start', 'Start', startRights)
}

async function isBlocked(app: App, address: string | undefined): Promise<boolean> {
  const args = { blockKey: blockKey(address), now: app.now() }
  const row = first<{ blocked: number }>(await app.db.execute(sql(`SELECT ${BLOCKED} AS blocked`, args)))
  return Boolean(row?.blocked)
}

const machine = (kind: 'token' | 'start', name: string, rights: ReadonlySet<Right>): Caller => ({
  kind,
  id: null,
  name,
  role: null,
  rights,
  sessionId: null,
})

async function byCookie(
  app: App,
  c: Context,
  address: string | undefined,
  after: After,
): Promise<Known | undefined> {
  const secret = secretIn(c, 'sightline')
  if (!secret) return undefined
  const hash = await digestOf(secret)
  const now = app.now()
  const row = await findSession(app.db, hash, address, now, app.config.session.idleMs)
  if (!row) return undefined
  // Pages ask for news by themselves, with nobody there: that does not keep a session. Changing something does, and
  // asking who one is, which a page does when somebody touches it.
  const used = !row.blocked && (c.req.method !== 'GET' || c.req.path === '/api/session')
  if (used && row.seenAt <= now - SEEN_WITHIN) after('session.seen', () => noteSeen(app.db, hash, now))
  return {
    caller: {
      kind: 'user',
      id: row.userId,
      name: row.name,
      role: row.role,
      rights: rightsOf(row.role),
      sessionId: row.id,
    },
    blocked: Boolean(row.blocked),
  }
}

/** @throws {Problem} 401 when the bearer is not a person's or has run out. */
export async function requirePerson(app: App, authorization: string | undefined): Promise<PersonClaims> {
  const token = bearerOf(authorization)
  const claims = token && (await verifyToken(app.keys, 'person-token', token, app.now(), isPersonClaims))
  if (!claims || typeof claims === 'string') throw unauthenticated()
  return claims
}

import type { Context } from 'hono'
import { findApiKey, looksLikeApiKey } from '../api-keys/store.ts'
import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { verifyToken } from '../crypto/token.ts'
import { first, sql } from '../db.ts'
import type { App } from '../deps.ts'
import { faultOf } from '../log.ts'
import { isPersonClaims, type PersonClaims } from '../people/token.ts'
import { blocked, unauthenticated } from '../problem.ts'
import { type Right, rightsOf } from '../users/rights.ts'
import { bearerOf } from './bearer.ts'
import type { Caller } from './caller.ts'
import { secretIn } from './cookies.ts'
import { digestOf } from './digest.ts'
import { findSession, noteSeen, SEEN_WITHIN } from './session.ts'
import { isStartClaims } from './start-token.ts'

/** What machines with the deployment's own tokens may: all that an admin may but what belongs to a person. */
const machineRights: ReadonlySet<Right> = new Set([...rightsOf('admin')].filter(right => right !== 'account'))

type After = (what: string, work: () => Promise<unknown>) => void

/**
 * Who is calling a route that wants a right. An Authorization header decides alone: with a wrong one the cookie is not
 * looked at. Nothing is told of why somebody is not known.
 * @throws {Problem} 401; 403 for somebody known whose address is blocked
 */
export async function authenticate(
  app: App,
  c: Context,
  address: string | undefined,
  after: After,
): Promise<Caller> {
  const authorization = c.req.header('authorization')
  const caller = authorization
    ? await byBearer(app, bearerOf(authorization), address, after)
    : await byCookie(app, c, address, after)
  if (!caller) throw unauthenticated()
  return caller
}

async function byBearer(
  app: App,
  token: string | undefined,
  address: string | undefined,
  after: After,
): Promise<Caller | undefined> {
  if (!token) return undefined
  if (looksLikeApiKey(token)) return findApiKey(app, token, address, after)
  const { adminToken } = app.config
  if (adminToken && (await app.keys.sameSecret(token, adminToken))) {
    if (await isBlocked(app, address)) throw blocked()
    return machine('token', 'Automation token')
  }
  const start = await verifyToken(app.keys, 'start-token', token, app.now(), isStartClaims)
  return typeof start === 'string' ? undefined : machine('start', 'Start')
}

/**
 * Whether the address of somebody known by their token alone is blocked. Without the database it counts as not: whatever
 * needs the database fails by itself, and a monitor must be heard just then.
 */
async function isBlocked(app: App, address: string | undefined): Promise<boolean> {
  const looked = sql(`SELECT ${BLOCKED} AS blocked`, { blockKey: blockKey(address), now: app.now() })
  try {
    return Boolean(first<{ blocked: number }>(await app.db.execute(looked))?.blocked)
  } catch (error) {
    app.log.warn('blocks.unknown', { error: faultOf(error) })
    return false
  }
}

const machine = (kind: 'token' | 'start', name: string): Caller => ({
  kind,
  id: null,
  name,
  role: null,
  rights: machineRights,
  sessionId: null,
})

async function byCookie(
  app: App,
  c: Context,
  address: string | undefined,
  after: After,
): Promise<Caller | undefined> {
  const secret = secretIn(c, 'sightline')
  if (!secret) return undefined
  const hash = await digestOf(secret)
  const now = app.now()
  const row = await findSession(app.db, hash, address, now, app.config.session.idleMs)
  if (!row) return undefined
  if (row.blocked) throw blocked()
  // Pages ask for news by themselves, with nobody there: that does not keep a session. Changing something does, and
  // asking who one is, which a page does when somebody touches it.
  const used = c.req.method !== 'GET' || c.req.path === '/api/session'
  if (used && row.seenAt <= now - SEEN_WITHIN) after('session.seen', () => noteSeen(app.db, hash, now))
  return {
    kind: 'user',
    id: row.userId,
    name: row.name,
    role: row.role,
    rights: rightsOf(row.role),
    sessionId: row.id,
  }
}

/** @throws {Problem} 401 when the bearer is not a person's or has run out. */
export async function requirePerson(app: App, authorization: string | undefined): Promise<PersonClaims> {
  const token = bearerOf(authorization)
  const claims = token && (await verifyToken(app.keys, 'person-token', token, app.now(), isPersonClaims))
  if (!claims || typeof claims === 'string') throw unauthenticated()
  return claims
}

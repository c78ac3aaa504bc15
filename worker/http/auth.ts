import { verifyToken } from '../crypto/token.ts'
import type { App } from '../deps.ts'
import { isPersonClaims, type PersonClaims } from '../people/token.ts'
import { unauthenticated } from '../problem.ts'

/** The token of `Authorization: Bearer …`; an empty or other header is none. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1]
}

/** @throws {Problem} 401, the same for no token, a wrong one and a deployment without one. */
export async function requireAdmin(app: App, authorization: string | undefined): Promise<void> {
  const given = bearerOf(authorization)
  const expected = app.config.adminToken
  if (!given || !expected || !(await app.keys.sameSecret(given, expected))) throw unauthenticated()
}

/** @throws {Problem} 401 when the bearer is not a person's or has run out. */
export async function requirePerson(app: App, authorization: string | undefined): Promise<PersonClaims> {
  const token = bearerOf(authorization)
  const claims = token && (await verifyToken(app.keys, 'person-token', token, app.now(), isPersonClaims))
  if (!claims || typeof claims === 'string') throw unauthenticated()
  return claims
}

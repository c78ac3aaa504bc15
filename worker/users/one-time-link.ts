import { digestOf } from '../crypto/digest.ts'
import { isId, newId } from '../crypto/id.ts'
import type { Keys } from '../crypto/keys.ts'
import { signToken, verifyToken } from '../crypto/token.ts'

/**
 * Links that make a passkey, once. Their secret is a token that we sign, so that whoever holds the deployment's secret
 * can mint a set-up or recovery link far from the database (Workers), and so that a wrong one costs no query. That it
 * is used once is the database's to hold: by its id and by the digest of the whole.
 */
export interface OneTimeClaims {
  /** What for. */
  k: 'setup' | 'invite' | 'recover'
  /** The link's id. */
  i: string
  /** When it was made, in ms: what has happened to its user since may end it. */
  m: number
  /** Whom: a user's id, or for recovery what its minter knew of them: id, e-mail address, or `owner`. None for set-up. */
  u?: string
}

export type OneTimeKind = OneTimeClaims['k']

/** How long each kind can be used, in ms. */
export const ONE_TIME_MS: Record<OneTimeKind, number> = {
  setup: 30 * 60_000,
  invite: 72 * 3600_000,
  recover: 30 * 60_000,
}

export interface MadeLink {
  id: string
  kind: OneTimeKind
  secret: string
  /** What the database keeps of the secret. */
  hash: string
  expiresAt: number
}

/** @param user see {@link OneTimeClaims.u} */
export async function makeOneTimeLink(
  keys: Keys,
  kind: OneTimeKind,
  user: string | undefined,
  now: number,
): Promise<MadeLink> {
  const id = newId()
  const expiresAt = now + ONE_TIME_MS[kind]
  const claims: OneTimeClaims = { k: kind, i: id, m: now, ...(user === undefined ? {} : { u: user }) }
  const secret = await signToken(keys, 'one-time-link', claims, expiresAt)
  return { id, kind, secret, hash: await digestOf(secret), expiresAt }
}

/** A genuine link that has not run out, or undefined. Whether it was used is not known here. */
export async function readOneTimeLink(
  keys: Keys,
  secret: string,
  now: number,
): Promise<(OneTimeClaims & { hash: string; exp: number }) | undefined> {
  const claims = await verifyToken(keys, 'one-time-link', secret, now, isOneTimeClaims)
  return typeof claims === 'string' ? undefined : { ...claims, hash: await digestOf(secret) }
}

/** Where a one-time link is opened. The secret is in the fragment, which no server and no log ever sees. */
export const welcomeUrl = (base: string, secret: string): string => `${base}/admin/welcome#${secret}`

function isOneTimeClaims(claims: unknown): claims is OneTimeClaims & { exp: number } {
  if (typeof claims !== 'object' || claims === null) return false
  const { k, i, m, u } = claims as Record<string, unknown>
  return (
    (k === 'setup' || k === 'invite' || k === 'recover') &&
    typeof i === 'string' &&
    isId(i) &&
    Number.isSafeInteger(m) &&
    (k === 'setup' ? u === undefined : typeof u === 'string' && u.length > 0 && u.length <= 254)
  )
}

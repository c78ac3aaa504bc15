import { bytesOf, fromBase64url, textOf, toBase64url } from './encoding.ts'
import type { Keys } from './keys.ts'

/**
 * Tokens that only we verify: JWTs (RFC 7519) with HS256 under a derived key. The header is a constant: a token with
 * another one, however well signed, is not ours, so there is no algorithm to choose and none to confuse.
 */
export type TokenPurpose = 'playback-token' | 'person-token' | 'one-time-link' | 'start-token' | 'chart-token'

const headers: Record<TokenPurpose, string> = {
  'playback-token': header('play.1'),
  'person-token': header('person.1'),
  'one-time-link': header('once.1'),
  'start-token': header('start.1'),
  'chart-token': header('chart.1'),
}
/** Longer than any of ours, short enough to refuse without work. */
const MAX_TOKEN = 1024

function header(kid: string): string {
  return toBase64url(bytesOf(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid })))
}

/** @param expiresAt ms since 1970; written as `exp` in whole seconds, rounded up. */
export async function signToken<C extends object>(
  keys: Keys,
  purpose: TokenPurpose,
  claims: C,
  expiresAt: number,
): Promise<string> {
  const payload = toBase64url(bytesOf(JSON.stringify({ ...claims, exp: Math.ceil(expiresAt / 1000) })))
  const body = `${headers[purpose]}.${payload}`
  return `${body}.${toBase64url(await keys.mac(purpose, bytesOf(body)))}`
}

/** Why a token was refused, for the origin's log and our counters; a stranger is told nothing. */
export type TokenFault = 'malformed' | 'forged' | 'expired'

/**
 * Verifies a token in canonical form, then reads it.
 * @param check whether the payload has the claims this purpose needs; a token we signed always has.
 * @param grace ms after expiry during which it still counts (a closing may come long after its opening).
 */
export async function verifyToken<C>(
  keys: Keys,
  purpose: TokenPurpose,
  token: string,
  now: number,
  check: (claims: unknown) => claims is C,
  grace = 0,
): Promise<C | TokenFault> {
  if (token.length > MAX_TOKEN) return 'malformed'
  const [head, payload, tag, ...rest] = token.split('.')
  if (head !== headers[purpose] || !payload || !tag || rest.length) return 'malformed'
  const payloadBytes = fromBase64url(payload)
  const tagBytes = fromBase64url(tag)
  if (!payloadBytes || tagBytes?.length !== 32) return 'malformed'
  if (!(await keys.verifyMac(purpose, bytesOf(`${head}.${payload}`), tagBytes))) return 'forged'
  const claims: unknown = JSON.parse(textOf(payloadBytes))
  if (!check(claims)) return 'malformed'
  const { exp } = claims as { exp?: unknown }
  if (typeof exp !== 'number') return 'malformed'
  return exp * 1000 + grace > now ? claims : 'expired'
}

import { importJWK, type JWTPayload, jwtVerify } from 'jose'
import * as v from 'valibot'
import { fromBase64url, textOf } from '../crypto/encoding.ts'
import { line } from '../http/fields.ts'
import { type Grant, grants } from '../links/permissions.ts'
import type { RoomJwk } from './jwk.ts'

/** What a token made elsewhere says of whoever brings it. */
export interface TokenClaims {
  /** Which of the room's keys signed it. */
  keyId: string
  /** What they are called; undefined = they say it themselves. */
  name: string | undefined
  /** What they may do here: of what the token gives, what rooms know. */
  permissions: Grant[]
}

/** Longer than any in use. */
const MAX_TOKEN = 8192
/** Between two clocks, in seconds. */
const LEEWAY = 5

const Header = v.looseObject({ alg: v.string(), kid: v.optional(v.string()), crit: v.optional(v.never()) })

const Claims = v.looseObject({
  exp: v.number(),
  iat: v.optional(v.number()),
  sub: v.optional(v.union([v.literal(''), line(80)])),
  permissions: v.nullish(v.array(v.string())),
})

/**
 * Verifies a token (RFC 7519) by a room's keys; undefined for any that is not right in every respect, and nothing says
 * in which. The key decides the algorithm, and `kid` the key.
 * @param places the room's own addresses; one must be among `aud`
 */
export async function verifyRoomToken(
  token: string,
  keys: readonly (RoomJwk & { id: string })[],
  places: readonly string[],
  now: number,
): Promise<TokenClaims | undefined> {
  if (token.length > MAX_TOKEN) return undefined
  const parts = token.split('.').map(fromBase64url)
  const [head] = parts
  // In canonical form only: decoders ignore spare bits.
  if (parts.length !== 3 || !head || parts.includes(undefined)) return undefined
  const header = v.safeParse(Header, jsonOf(head))
  if (!header.success) return undefined
  const { alg, kid } = header.output
  for (const { id, ...jwk } of keys) {
    if (jwk.alg !== alg || (kid !== undefined && jwk.kid !== kid)) continue
    const payload = await verified(token, jwk, now)
    if (payload) return claimsOf(payload, id, places, now)
  }
  return undefined
}

async function verified(token: string, jwk: RoomJwk, now: number): Promise<JWTPayload | undefined> {
  const { kid: _, ...material } = jwk
  try {
    const { payload } = await jwtVerify(token, await importJWK(material, jwk.alg), {
      algorithms: [jwk.alg],
      clockTolerance: LEEWAY,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'aud'],
    })
    return payload
  } catch {
    return undefined
  }
}

function claimsOf(
  payload: JWTPayload,
  keyId: string,
  places: readonly string[],
  now: number,
): TokenClaims | undefined {
  const read = v.safeParse(Claims, payload)
  if (!read.success) return undefined
  const { iat, sub, permissions } = read.output
  if (iat !== undefined && iat > now / 1000 + LEEWAY) return undefined
  const audiences = typeof payload.aud === 'string' ? [payload.aud] : (payload.aud ?? [])
  if (!audiences.some(audience => places.includes(placeIn(audience) ?? ''))) return undefined
  return { keyId, name: sub || undefined, permissions: grantsAmong(permissions ?? []) }
}

/** An address without what may differ: a slash at its end. With a query or a login it is none of ours. */
function placeIn(audience: unknown): string | undefined {
  if (typeof audience !== 'string' || /[?#@\s\\]/.test(audience) || !URL.canParse(audience)) return undefined
  return new URL(audience).href.replace(/\/$/, '')
}

/** `admin`, and whatever else rooms do not know, gives nothing. Who may write may draw. */
const grantsAmong = (given: readonly string[]): Grant[] =>
  grants.filter(grant => given.includes(grant === 'annotate' ? 'message' : grant))

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes))
  } catch {
    return undefined
  }
}

import type { Invitee } from '../links/invite.ts'
import { mailAddressOf } from '../net/mail.ts'

/** What a provider says of somebody, in a verified id token or in an answer about the same subject. */
export type Claims = Record<string, unknown>

/** Somebody whom a provider vouches for. */
export interface Identity {
  issuer: string
  /** Theirs at this issuer for ever, unlike name and address. */
  subject: string
  name: string | undefined
  who: Invitee
}

/** Seconds by which the provider's clock and ours may differ. */
export const TOLERANCE = 60
const MAX_NAME = 80
const MAX_GROUPS = 500
const MAX_GROUP = 256

/** A subject is at most 255 ASCII characters (OpenID Connect Core, 2). */
const SUBJECT = /^[\x20-\x7e]{1,255}$/

/**
 * The claim of an id token that is wrong, or undefined: what the library leaves to us. Issuer, audience, nonce, expiry
 * and the form of everything are its part.
 * @param now in ms
 */
export function wrongClaim(claims: Claims, clientId: string, now: number): string | undefined {
  const { iat, exp, azp, sub } = claims
  if (typeof iat !== 'number' || iat > now / 1000 + TOLERANCE) return 'iat'
  if (typeof exp !== 'number' || exp <= now / 1000 - TOLERANCE) return 'exp'
  if (azp !== undefined && azp !== clientId) return 'azp'
  return typeof sub === 'string' && SUBJECT.test(sub) ? undefined : 'sub'
}

/** Whether a source says enough, so that no other need be asked. */
export const saysEnough = (claims: Claims, groupsClaim: string): boolean =>
  vouches(claims) && claims[groupsClaim] !== undefined

/** Who somebody is by several sources; of each thing the first source that says it is believed. */
export function identityOf(
  issuer: string,
  subject: string,
  sources: readonly Claims[],
  groupsClaim: string,
): Identity {
  const groups = sources.map(source => source[groupsClaim]).find(value => value !== undefined)
  const names = sources.flatMap(({ name, preferred_username }) => [name, preferred_username])
  return {
    issuer,
    subject,
    name: names.map(nameOf).find(Boolean),
    who: { email: emailOf(sources.find(vouches)), groups: groupsOf(groups) },
  }
}

/** An address and whether it is theirs belong together: they count from one source only. */
const vouches = ({ email, email_verified }: Claims): boolean =>
  typeof email === 'string' && typeof email_verified === 'boolean'

const emailOf = (source: Claims | undefined): string | undefined =>
  source?.email_verified === true ? mailAddressOf(source.email as string) : undefined

/** A list, or the one group that some providers write without. */
function groupsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list
    .filter(group => typeof group === 'string' && group !== '' && group.length <= MAX_GROUP)
    .slice(0, MAX_GROUPS)
}

/** One short line without signs that would garble what stands beside it. */
const nameOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? [...value.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()]
        .slice(0, MAX_NAME)
        .join('')
        .trim()
    : undefined

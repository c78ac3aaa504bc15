import { isLoopback, parseUrl, type readersOf } from '../environment.ts'
import { type AllowEntry, parseAllow } from './allow.ts'

/** The identity provider that people sign in through, and what is made of its word. */
export interface Provider {
  /** As the provider writes it; compared letter for letter with what its tokens say. */
  issuer: string
  clientId: string
  /** undefined = a public client, which has only PKCE. */
  clientSecret: string | undefined
  /** On the button. */
  name: string
  /** Who may sign in to the administration. Rooms invite by their own lists. */
  allow: AllowEntry[]
  /** The claim that lists somebody's groups. */
  groupsClaim: string
  /** What is asked for, `openid` among it. */
  scope: string
}

export const USUAL_GROUPS_CLAIM = 'groups'
export const USUAL_SCOPE = 'openid email profile'

/** What an OAuth scope is made of (RFC 6749, 3.3). */
export const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/

/** An https address (http on this machine only) without query, fragment or login. */
export function isIssuer(text: string): boolean {
  const url = parseUrl(text)
  return url !== undefined && isSafe(url) && !/[?#@\s\\]/.test(text) && text.length <= 500
}

/** Whether secrets may be sent to an address: over TLS, or without leaving this machine. */
export const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))

/** The name on the button when none was chosen. */
export const hostOf = (issuer: string): string => new URL(issuer).host

/** The provider that the environment sets, or undefined. */
export function loadProvider(
  { text, matching }: ReturnType<typeof readersOf>,
  problems: string[],
): Provider | undefined {
  const issuer = text('OIDC_ISSUER')
  const clientId = text('OIDC_CLIENT_ID')
  const scope = matching('OIDC_SCOPE', USUAL_SCOPE, SCOPE, 'scopes with single spaces between them')
  const allow = parseAllow(text('OIDC_ALLOW') ?? '', problems)
  if (issuer === undefined) {
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ALLOW'])
      if (text(name) !== undefined) problems.push(`${name} needs OIDC_ISSUER: the provider it belongs to.`)
    return undefined
  }
  const valid = isIssuer(issuer)
  if (!valid)
    problems.push(
      'OIDC_ISSUER must be an https:// address without query or login (http:// on this machine only).',
    )
  if (clientId === undefined) problems.push('OIDC_CLIENT_ID must be set: the provider gives it out.')
  if (!scope.split(' ').includes('openid')) problems.push('OIDC_SCOPE must have openid among its scopes.')
  return {
    issuer,
    clientId: clientId ?? '',
    clientSecret: text('OIDC_CLIENT_SECRET'),
    name: text('OIDC_NAME') ?? (valid ? hostOf(issuer) : issuer),
    allow,
    groupsClaim: text('OIDC_GROUPS_CLAIM') ?? USUAL_GROUPS_CLAIM,
    scope,
  }
}

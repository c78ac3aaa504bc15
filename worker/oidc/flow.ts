import * as oauth from 'oauth4webapi'
import { bytesOf, fromBase64url } from '../crypto/encoding.ts'
import { constantTimeEqual } from '../crypto/equal.ts'
import type { App } from '../deps.ts'
import { type Claims, type Identity, identityOf, saysEnough, TOLERANCE, wrongClaim } from './claims.ts'
import { callsTo } from './discovery.ts'
import type { Provider } from './provider.ts'

/** A sign-in between going to the provider and coming back: what it must be answered with. */
export interface Pending {
  issuer: string
  /** Where the provider sends the browser back to. */
  redirectUri: string
  /** PKCE's secret half. */
  verifier: string
  nonce: string
  state: string
}

/** Why a sign-in failed: for our log and audit. Strangers are told one sentence whatever it was. */
export class SignInFault extends Error {
  /** @param detail a fixed word or a standard's code, never what a token says */
  constructor(
    readonly reason: 'state' | 'provider' | 'refused' | 'exchange' | 'token' | 'signature' | 'userinfo',
    readonly detail: string,
  ) {
    super(reason)
  }

  /**
   * Whether a code was guessed: the provider knows none such for this sign-in. Anything else comes from the provider, or
   * from a page that sent somebody's browser here, and nobody is to be shut out by either.
   */
  get guessed(): boolean {
    return this.detail.endsWith('invalid_grant')
  }
}

/** Begins a sign-in: what to keep, and where to send the browser (authorization code with PKCE, state and nonce). */
export async function begin(
  server: oauth.AuthorizationServer,
  provider: Provider,
  redirectUri: string,
): Promise<{ pending: Pending; url: string }> {
  const pending: Pending = {
    issuer: provider.issuer,
    redirectUri,
    verifier: oauth.generateRandomCodeVerifier(),
    nonce: oauth.generateRandomNonce(),
    state: oauth.generateRandomState(),
  }
  const url = new URL(server.authorization_endpoint!)
  const parameters = {
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    scope: provider.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { pending, url: url.href }
}

/** The state of an answer, checked before anything else of it is looked at, in a time that tells nothing. */
export function isAnswerTo(pending: Pick<Pending, 'state'>, query: string): boolean {
  const states = new URLSearchParams(query).getAll('state')
  return states.length === 1 && constantTimeEqual(bytesOf(states[0]!), bytesOf(pending.state))
}

/**
 * Who has come back: exchanges the code, verifies the id token (claims and signature), asks the provider for what the
 * token leaves out. @throws {SignInFault}
 */
export async function identify(
  app: Pick<App, 'fetch' | 'now' | 'discovery'>,
  provider: Provider,
  pending: Pending,
  query: string,
): Promise<Identity> {
  if (!isAnswerTo(pending, query)) throw new SignInFault('state', 'state')
  if (pending.issuer !== provider.issuer) throw new SignInFault('provider', 'changed')
  const server = await step('provider', () => app.discovery.find(provider.issuer))
  // The library reads the machine's clock; ours may be another.
  const skew = Math.round((app.now() - Date.now()) / 1000)
  const client: oauth.Client = {
    client_id: provider.clientId,
    [oauth.clockSkew]: skew,
    [oauth.clockTolerance]: TOLERANCE,
  }
  const calls = callsTo(provider.issuer, app.fetch)

  const answer = await step('refused', async () =>
    oauth.validateAuthResponse(server, client, new URLSearchParams(query), pending.state),
  )
  const response = await step('exchange', () =>
    oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication(server, provider),
      answer,
      pending.redirectUri,
      pending.verifier,
      calls,
    ),
  )
  const tokens = await step('token', () =>
    oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: pending.nonce,
      requireIdToken: true,
    }),
  )
  if (!tokens.id_token!.split('.').every(part => fromBase64url(part))) throw new SignInFault('token', 'form')
  await step('signature', () => oauth.validateApplicationLevelSignature(server, response, calls))
  const claims = oauth.getValidatedIdTokenClaims(tokens)!
  const wrong = wrongClaim(claims, provider.clientId, app.now())
  if (wrong) throw new SignInFault('token', wrong)

  const sources: Claims[] = [claims]
  if (server.userinfo_endpoint !== undefined && !saysEnough(claims, provider.groupsClaim))
    sources.push(
      await step('userinfo', async () => {
        const told = await oauth.userInfoRequest(server, client, tokens.access_token, calls)
        // A signed answer would have to be verified as well, and adds nothing to TLS.
        if (!isJson(told)) throw new SignInFault('userinfo', 'type')
        return oauth.processUserInfoResponse(server, client, claims.sub, told)
      }),
    )
  return identityOf(server.issuer, claims.sub, sources, provider.groupsClaim)
}

const isJson = (answer: Response): boolean =>
  /^application\/json\s*(;|$)/i.test(answer.headers.get('content-type') ?? '')

/** How the client shows that it is itself: with its secret as the provider takes it, or not at all when it has none. */
function authentication(server: oauth.AuthorizationServer, { clientSecret }: Provider): oauth.ClientAuth {
  if (clientSecret === undefined) return oauth.None()
  const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  return taken.includes('client_secret_post') && !taken.includes('client_secret_basic')
    ? oauth.ClientSecretPost(clientSecret)
    : oauth.ClientSecretBasic(clientSecret)
}

async function step<T>(reason: SignInFault['reason'], work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof SignInFault ? error : new SignInFault(reason, detailOf(error))
  }
}

/** The library's code and the claim or the standard's error it is about; nothing that somebody could have written freely. */
function detailOf(error: unknown): string {
  const {
    code,
    error: said,
    cause,
  } = error as { code?: unknown; error?: unknown; cause?: { claim?: unknown } }
  const words = [code, said, cause?.claim].filter(
    word => typeof word === 'string' && /^[\w.-]{1,60}$/.test(word),
  )
  return words.join(' ') || (error instanceof Error ? error.name : 'unknown')
}

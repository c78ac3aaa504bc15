import * as oauth from 'oauth4webapi'
import { parseUrl } from '../environment.ts'
import { boundedFetch } from './ask.ts'
import { isSafe } from './provider.ts'

/** Why a provider cannot be used: it does not answer, it says it is another one, or it lacks what we need. */
export class DiscoveryFault extends Error {
  constructor(readonly reason: 'unreachable' | 'other-issuer' | 'unfit') {
    super(reason)
  }
}

/** What providers say of themselves, kept for a while. */
export interface Discovery {
  /** @throws {DiscoveryFault} */
  find(issuer: string): Promise<oauth.AuthorizationServer>
  /** The same without looking at what is kept. */
  look(issuer: string): Promise<oauth.AuthorizationServer>
}

/** ms that a document is used before it is asked for again. */
const KEPT = 600_000

/** Signatures that count; the signer's key is public. No secret of ours ever checks one, and `none` is none. */
export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']

export function createDiscovery(fetcher: typeof fetch, now: () => number): Discovery {
  // Finished documents only: on Workers a request that waits for another one's promise hangs.
  let kept: { issuer: string; server: oauth.AuthorizationServer; until: number } | undefined

  async function look(issuer: string): Promise<oauth.AuthorizationServer> {
    const server = fitted(await ask(fetcher, issuer))
    kept = { issuer, server, until: now() + KEPT }
    return { ...server }
  }

  return {
    look,
    // A copy for each call: the library ties what it has asked for to the object, and calls must share nothing.
    find: async issuer =>
      kept && kept.issuer === issuer && kept.until > now() ? { ...kept.server } : look(issuer),
  }
}

async function ask(fetcher: typeof fetch, issuer: string): Promise<oauth.AuthorizationServer> {
  const address = new URL(issuer)
  const answer = await oauth.discoveryRequest(address, callsTo(issuer, fetcher)).catch(() => {
    throw new DiscoveryFault('unreachable')
  })
  return oauth.processDiscoveryResponse(address, answer).catch(error => {
    throw new DiscoveryFault(error.code === oauth.JSON_ATTRIBUTE_COMPARISON ? 'other-issuer' : 'unfit')
  })
}

/** How the library calls a provider: in bounds, and without TLS only where that stays on this machine. */
export const callsTo = (issuer: string, fetcher: typeof fetch) => ({
  [oauth.customFetch]: boundedFetch(fetcher),
  [oauth.allowInsecureRequests]: !isHttps(issuer),
})

/** What we use of a document that has all we need. */
function fitted(said: oauth.AuthorizationServer): oauth.AuthorizationServer {
  const needed = [said.authorization_endpoint, said.token_endpoint, said.jwks_uri]
  const optional = said.userinfo_endpoint === undefined ? [] : [said.userinfo_endpoint]
  const signs = said.id_token_signing_alg_values_supported ?? ALGORITHMS
  const answers = said.response_types_supported ?? ['code']
  const algorithms = Array.isArray(signs) ? ALGORITHMS.filter(name => signs.includes(name)) : []
  const fit =
    [...needed, ...optional].every(address => isEndpoint(address, said.issuer)) &&
    algorithms.length > 0 &&
    Array.isArray(answers) &&
    answers.includes('code')
  if (!fit) throw new DiscoveryFault('unfit')
  return { ...said, id_token_signing_alg_values_supported: algorithms }
}

/** A provider that is reached over TLS has all its endpoints there. */
function isEndpoint(address: unknown, issuer: string): boolean {
  const url = typeof address === 'string' ? parseUrl(address) : undefined
  return (
    url !== undefined && isSafe(url) && (isHttps(url.href) || !isHttps(issuer)) && !url.username && !url.hash
  )
}

const isHttps = (address: string): boolean => address.startsWith('https:')

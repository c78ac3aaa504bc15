import { textOf } from '../crypto/encoding.ts'
import type { App } from '../deps.ts'
import { isPublicHost } from '../net/public-host.ts'
import { boundedFetch } from '../oidc/ask.ts'
import { Problem } from '../problem.ts'

/** What an auth server says of a name and a password. */
export type AuthAnswer = { token: string } | 'ask-us' | 'refused'

const unavailable = () =>
  new Problem(
    503,
    'auth_server_unavailable',
    'The server that says who may join does not answer as it should. Try again in a moment, or ask the host for a link.',
    {},
    { 'Retry-After': '5' },
  )

/** Over TLS and on the internet, or one that the deployment names: anybody who may change a room can write an address. */
export const mayAsk = (address: string, allowed: readonly string[]): boolean => {
  const { protocol, origin, hostname } = new URL(address)
  return allowed.includes(origin) || (protocol === 'https:' && isPublicHost(hostname))
}

/**
 * Asks a room's auth server, in Galene's words: 200 with a token, 204 for "look yourself", 403 for no. The password goes
 * from here to there; the page never talks to it.
 * @throws {Problem} 503 when it gives no such answer within five seconds, or may not be asked
 */
export async function askAuthServer(
  { fetch, log, config }: Pick<App, 'fetch' | 'log' | 'config'>,
  address: string,
  who: { location: string; username: string; password: string },
): Promise<AuthAnswer> {
  if (!mayAsk(address, config.privateAuthServers)) {
    log.warn('auth-server.not-asked', { host: new URL(address).host })
    throw unavailable()
  }
  const answer = await boundedFetch(fetch)(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/jwt' },
    body: JSON.stringify(who),
  }).catch(() => undefined)
  if (answer?.status === 204) return 'ask-us'
  if (answer?.status === 403) return 'refused'
  const type = answer?.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (answer?.status === 200 && type === 'application/jwt') {
    const token = asText(new Uint8Array(await answer.arrayBuffer()))
    if (token) return { token: token.trim() }
  }
  log.warn('auth-server.failed', { host: new URL(address).host, status: answer?.status ?? null })
  throw unavailable()
}

function asText(bytes: Uint8Array): string | undefined {
  try {
    return textOf(bytes)
  } catch {
    return undefined
  }
}

import type { readersOf } from '../environment.ts'

/** What helps two browsers to reach each other when they send files: servers that say one's own address, and relays. */
export interface IceConfig {
  /** `stun:` and `stuns:` addresses. */
  stunUrls: string[]
  turn: TurnConfig | undefined
  /** Pages connect through the relay alone, so that nobody learns another's address. */
  relayOnly: boolean
}

interface TurnConfig {
  /** `turn:` and `turns:` addresses of one server, or of several that share the secret. */
  urls: string[]
  /** coturn's `static-auth-secret`. */
  secret: string
  /** How long its credentials last at most, in s. */
  ttl: number
}

/** RFC 7064 and RFC 7065: no slashes, no login, a port if any; a transport for relays only. */
const HOST = String.raw`([a-z\d]([a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])(:\d{1,5})?`
const STUN = new RegExp(`^stuns?:${HOST}$`, 'i')
const TURN = new RegExp(`^turns?:${HOST}(\\?transport=(udp|tcp))?$`, 'i')

/** Who holds a credential can try secrets against it at home, so it must not be one that can be guessed. */
const MIN_SECRET = 24

export function loadIce(
  { text, list, whole, flag }: ReturnType<typeof readersOf>,
  problems: string[],
): IceConfig {
  const stunUrls = list('STUN_URLS', url => STUN.test(url), 'addresses such as stun:turn.example.com:3478')
  const urls = list(
    'TURN_URLS',
    url => TURN.test(url),
    'addresses such as turn:turn.example.com:3478?transport=udp',
  )
  const secret = text('TURN_SECRET')
  if (secret !== undefined && secret.length < MIN_SECRET)
    problems.push(`TURN_SECRET must have at least ${MIN_SECRET} characters.`)
  if (urls.length && secret === undefined)
    problems.push('TURN_SECRET must be set with TURN_URLS: it is the static-auth-secret of coturn.')
  const ttl = whole('TURN_TTL', 3600, 300, 86_400)
  const relayOnly = flag('ICE_RELAY_ONLY', false)
  if (relayOnly && !urls.length) problems.push('ICE_RELAY_ONLY needs TURN_URLS: the relay that is used.')
  // The secret alone is none: compose makes one before anybody asks for the relay.
  return { stunUrls, turn: urls.length ? { urls, secret: secret ?? '', ttl } : undefined, relayOnly }
}

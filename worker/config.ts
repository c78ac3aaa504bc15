import { type Environment, isLocalUrl, isLoopback, parseUrl, readersOf } from './environment.ts'
import { type IceConfig, loadIce } from './ice/config.ts'
import { isBlock } from './net/address.ts'
import { loadProvider, type Provider } from './oidc/provider.ts'
import { isEmbedParent } from './pages/embed.ts'
import { isContact } from './system/security-txt.ts'

export { isLoopback }

/** What the deployment decides. Built once from the environment by {@link loadConfig}; nothing else reads it. */
export interface Config {
  host: string
  port: number
  /** The address people use, without a trailing slash; undefined on a local start without PUBLIC_URL. */
  publicUrl: string | undefined
  secret: string
  previousSecret: string | undefined
  /** Bearer token with admin rights, for automation; undefined = there is none. */
  adminToken: string | undefined
  databaseUrl: string
  databaseAuthToken: string | undefined
  origin: OriginConfig | undefined
  /** Length of a lease in ms when a room does not choose its own. */
  leaseMs: number
  /** How long a browser stays signed in, in ms: at most, and without being used. */
  session: { maxMs: number; idleMs: number }
  /** Addresses or CIDR blocks of proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[]
  logLevel: LogLevel
  /** Web origins that may call the viewer's API from elsewhere. */
  corsOrigins: string[]
  canonicalRedirect: boolean
  /** Web origins whose pages may show a room in a frame. */
  embedParents: string[]
  /** Where security.txt sends people who have found a weakness: a mailto: or https: address. */
  securityContact: string | undefined
  /** Ended rooms older than this many days are deleted; 0 = never. */
  purgeEndedAfterDays: number
  /** Audit rows are kept so many days. */
  auditKeepDays: number
  /** The origin is the built-in demonstration, and every page says so. */
  demo: boolean
  /** Web origins of rooms' auth servers that may be asked although they are not on the internet, or without TLS. */
  privateAuthServers: string[]
  /** The identity provider that people sign in through; undefined = the owner may set one. */
  oidc: Provider | undefined
  /** What pages reach each other with when they send files. */
  ice: IceConfig
}

/** The first origin, from the environment. */
export interface OriginConfig {
  id: string
  apiUrl: string | undefined
  apiToken: string
  webhookSecret: string
  /** ws:// or wss:// address under which browsers reach it, without a trailing slash. */
  publicUrl: string
  app: string
  vhost: string
  rtmpPort: number
  srtPort: number
  /** When not empty, the host a client dialled must be one of these. */
  publicHosts: string[]
  trustRealIp: boolean
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Thrown by {@link loadConfig}: one line a problem, none of them showing a value that may be secret. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'))
  }
}

const MIN_SECRET = 32
const MIN_ADMIN_TOKEN = 24
/** What may stand after "Bearer" (RFC 6750, 2.1): any other token could never be sent. */
const BEARER = /^[\w.~+/-]+=*$/
/** What an origin's application and virtual host are called: one path segment, as admission reads it. */
const SEGMENT = /^[\w-][\w.-]*$/
export const LEASE_MS = { min: 30_000, max: 900_000, usual: 300_000 }

/**
 * Environment → {@link Config}. An empty variable is an absent one.
 * @throws {ConfigError} with every problem at once, so that a deployment is mended in one go.
 */
export function loadConfig(env: Environment): Config {
  const problems: string[] = []
  const readers = readersOf(env, problems)
  const { text, matching, list, whole, choice, flag, address } = readers

  const host = text('HOST') ?? '127.0.0.1'
  const publicUrl = address('PUBLIC_URL', ['http:', 'https:'])
  if (publicUrl && new URL(publicUrl).pathname !== '/') problems.push('PUBLIC_URL must not have a path.')

  const secret = text('SIGHTLINE_SECRET') ?? ''
  if (secret.length < MIN_SECRET)
    problems.push(
      `SIGHTLINE_SECRET must be set to at least ${MIN_SECRET} characters (try: openssl rand -base64 36).`,
    )
  const previousSecret = text('SIGHTLINE_SECRET_PREVIOUS')
  if (previousSecret !== undefined && previousSecret.length < MIN_SECRET)
    problems.push(`SIGHTLINE_SECRET_PREVIOUS must have at least ${MIN_SECRET} characters.`)
  const adminToken = text('SIGHTLINE_ADMIN_TOKEN')
  if (adminToken !== undefined && adminToken.length < MIN_ADMIN_TOKEN)
    problems.push(`SIGHTLINE_ADMIN_TOKEN must have at least ${MIN_ADMIN_TOKEN} characters.`)
  if (adminToken !== undefined && !BEARER.test(adminToken))
    problems.push('SIGHTLINE_ADMIN_TOKEN may have only letters, digits and -._~+/ (and = at its end).')

  const securityContact = text('SECURITY_CONTACT')
  if (securityContact !== undefined && !isContact(securityContact))
    problems.push('SECURITY_CONTACT must be a mailto: or https:// address, on its own.')

  const databaseUrl = text('DATABASE_URL') ?? ''
  if (!/^(file:|https?:\/\/|libsql:\/\/|wss?:\/\/)/.test(databaseUrl))
    problems.push('DATABASE_URL must be a file:, http(s):// or libsql:// address.')

  const demo = flag('DEMO_ORIGIN', false)
  if (demo && (!isLoopback(host) || (publicUrl !== undefined && !isLocalUrl(publicUrl))))
    problems.push(
      'The demonstration origin runs only on this machine: HOST must be a loopback address and PUBLIC_URL localhost or unset. Set OME_API_URL to use a real OvenMediaEngine.',
    )

  const config: Config = {
    host,
    port: whole('PORT', 8787, 0, 65_535),
    publicUrl,
    secret,
    previousSecret,
    adminToken,
    databaseUrl,
    databaseAuthToken: text('DATABASE_AUTH_TOKEN'),
    origin: loadOrigin(),
    leaseMs: whole('LEASE_MS', LEASE_MS.usual, LEASE_MS.min, LEASE_MS.max),
    session: {
      maxMs: whole('SESSION_MAX_MINUTES', 720, 5, 10_080) * 60_000,
      idleMs: whole('SESSION_IDLE_MINUTES', 120, 1, 1_440) * 60_000,
    },
    trustedProxies: list('TRUSTED_PROXY', isBlock, 'addresses or blocks such as 10.0.0.0/8'),
    logLevel: choice('LOG_LEVEL', 'info', ['debug', 'info', 'warn', 'error']),
    corsOrigins: list('CORS_ORIGINS', isWebOrigin, 'web origins such as https://portal.example'),
    canonicalRedirect: flag('CANONICAL_REDIRECT', publicUrl !== undefined && !isLocalUrl(publicUrl)),
    embedParents: list(
      'EMBED_PARENTS',
      isEmbedParent,
      'web origins such as https://portal.example (http:// on this machine only)',
    ),
    securityContact,
    purgeEndedAfterDays: whole('PURGE_ENDED_AFTER_DAYS', 0, 0, 36_500),
    auditKeepDays: whole('AUDIT_KEEP_DAYS', 365, 1, 36_500),
    demo,
    privateAuthServers: list('PRIVATE_AUTH_SERVERS', isWebOrigin, 'web origins such as http://auth.lan:8000'),
    oidc: loadProvider(readers, problems),
    ice: loadIce(readers, problems),
  }
  if (config.canonicalRedirect && publicUrl === undefined)
    problems.push('CANONICAL_REDIRECT needs PUBLIC_URL: it is where people are sent.')
  if (config.oidc && publicUrl === undefined && !isLoopback(host))
    problems.push('OIDC_ISSUER needs PUBLIC_URL: it is where the provider sends people back to.')
  if (problems.length) throw new ConfigError(problems)
  return config

  function loadOrigin(): OriginConfig | undefined {
    const webhookSecret = text('OME_WEBHOOK_SECRET')
    const apiUrl = address('OME_API_URL', ['http:', 'https:'])
    const apiToken = text('OME_API_TOKEN')
    const hasApi = text('OME_API_URL') !== undefined
    if (!webhookSecret && !hasApi) return undefined
    if (!webhookSecret)
      problems.push('OME_WEBHOOK_SECRET must be set: it is the SecretKey of AdmissionWebhooks in Server.xml.')
    if (hasApi && !apiToken)
      problems.push('OME_API_TOKEN must be set: it is the AccessToken of Managers.API in Server.xml.')
    return {
      id: 'default',
      apiUrl,
      apiToken: apiToken ?? '',
      webhookSecret: webhookSecret ?? '',
      publicUrl: address('OME_PUBLIC_URL', ['ws:', 'wss:']) ?? 'ws://127.0.0.1:3333',
      app: matching('OME_APP', 'app', SEGMENT, 'the name of an application'),
      vhost: matching('OME_VHOST', 'default', SEGMENT, 'the name of a virtual host'),
      rtmpPort: whole('OME_RTMP_PORT', 1935, 1, 65_535),
      srtPort: whole('OME_SRT_PORT', 9999, 1, 65_535),
      publicHosts: list('OME_PUBLIC_HOSTS', isHost, 'host names or addresses without ports').map(host =>
        host.toLowerCase(),
      ),
      trustRealIp: flag('OME_TRUST_REAL_IP', false),
    }
  }
}

const isWebOrigin = (item: string): boolean => /^https?:[^*]+$/.test(item) && parseUrl(item)?.origin === item

/** As admission compares it: an IPv6 address without brackets. */
const isHost = (text: string): boolean =>
  /^[a-z0-9]([\w.-]*\w)?$/i.test(text) || (isBlock(text) && !text.includes('/'))

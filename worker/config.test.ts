import { describe, expect, test } from 'vitest'
import { type Config, ConfigError, isLoopback, loadConfig, type OriginConfig } from './config.ts'
import type { Environment } from './environment.ts'

const SECRET = 'x'.repeat(32)
const needed = { SIGHTLINE_SECRET: SECRET, DATABASE_URL: 'file:a.db' }
const withOrigin = { ...needed, OME_WEBHOOK_SECRET: 'w', OME_API_URL: 'http://ome:8081', OME_API_TOKEN: 't' }

const usual: Config = {
  host: '127.0.0.1',
  port: 8787,
  publicUrl: undefined,
  secret: SECRET,
  previousSecret: undefined,
  adminToken: undefined,
  databaseUrl: 'file:a.db',
  databaseAuthToken: undefined,
  origin: undefined,
  leaseMs: 300_000,
  session: { maxMs: 43_200_000, idleMs: 7_200_000 },
  trustedProxies: [],
  logLevel: 'info',
  corsOrigins: [],
  canonicalRedirect: false,
  embedParents: [],
  securityContact: undefined,
  purgeEndedAfterDays: 0,
  auditKeepDays: 365,
  demo: false,
  privateAuthServers: [],
  oidc: undefined,
  ice: { stunUrls: [], turn: undefined, relayOnly: false },
}

const usualOrigin: OriginConfig = {
  id: 'default',
  apiUrl: 'http://ome:8081',
  apiToken: 't',
  webhookSecret: 'w',
  publicUrl: 'ws://127.0.0.1:3333',
  app: 'app',
  vhost: 'default',
  rtmpPort: 1935,
  srtPort: 9999,
  publicHosts: [],
  trustRealIp: false,
}

function problemsOf(env: Environment): string[] {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('the least environment gives the usual configuration', () => {
  expect(loadConfig(needed)).toEqual(usual)
})

test('an origin needs only its address, token and webhook secret', () => {
  expect(loadConfig(withOrigin)).toEqual({ ...usual, origin: usualOrigin })
})

test('an origin without an API can still ask for admission', () => {
  expect(loadConfig({ ...needed, OME_WEBHOOK_SECRET: 'w' }).origin).toEqual({
    ...usualOrigin,
    apiUrl: undefined,
    apiToken: '',
  })
})

const valid: [name: string, value: string, changed: Partial<Config>][] = [
  ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
  ['PORT', '0', { port: 0 }],
  ['PORT', '65535', { port: 65_535 }],
  ['PUBLIC_URL', 'http://localhost:8787/', { publicUrl: 'http://localhost:8787' }],
  ['PUBLIC_URL', 'https://Review.Example/', { publicUrl: 'https://review.example', canonicalRedirect: true }],
  ['SIGHTLINE_SECRET', `  ${'y'.repeat(32)}\n`, { secret: 'y'.repeat(32) }],
  ['SIGHTLINE_SECRET_PREVIOUS', 'z'.repeat(32), { previousSecret: 'z'.repeat(32) }],
  ['SIGHTLINE_ADMIN_TOKEN', 'AZaz09-._~+/AZaz09-._~+/==', { adminToken: 'AZaz09-._~+/AZaz09-._~+/==' }],
  ['DATABASE_URL', 'libsql://db.example', { databaseUrl: 'libsql://db.example' }],
  ['DATABASE_URL', 'http://127.0.0.1:8080', { databaseUrl: 'http://127.0.0.1:8080' }],
  ['DATABASE_AUTH_TOKEN', 'token', { databaseAuthToken: 'token' }],
  ['LEASE_MS', '30000', { leaseMs: 30_000 }],
  ['LEASE_MS', '900000', { leaseMs: 900_000 }],
  ['TRUSTED_PROXY', '10.0.0.0/8, ::1 ,', { trustedProxies: ['10.0.0.0/8', '::1'] }],
  ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
  ['CORS_ORIGINS', 'https://a.example,http://b:81', { corsOrigins: ['https://a.example', 'http://b:81'] }],
  [
    'EMBED_PARENTS',
    'https://portal.example, http://localhost:3000',
    { embedParents: ['https://portal.example', 'http://localhost:3000'] },
  ],
  [
    'SECURITY_CONTACT',
    'mailto:security@studio.example',
    { securityContact: 'mailto:security@studio.example' },
  ],
  ['CANONICAL_REDIRECT', 'false', { canonicalRedirect: false }],
  ['PURGE_ENDED_AFTER_DAYS', '30', { purgeEndedAfterDays: 30 }],
  ['AUDIT_KEEP_DAYS', '1', { auditKeepDays: 1 }],
  ['DEMO_ORIGIN', 'true', { demo: true }],
]

test.each(valid)('%s=%s is taken', (name, value, changed) => {
  expect(loadConfig({ ...needed, [name]: value })).toEqual({ ...usual, ...changed })
})

const validOrigin: [name: string, value: string, changed: Partial<OriginConfig>][] = [
  ['OME_API_URL', 'https://ome.example/proxy/', { apiUrl: 'https://ome.example/proxy' }],
  ['OME_API_TOKEN', 'other', { apiToken: 'other' }],
  ['OME_WEBHOOK_SECRET', 'other', { webhookSecret: 'other' }],
  ['OME_PUBLIC_URL', 'wss://ome.example:3334/', { publicUrl: 'wss://ome.example:3334' }],
  ['OME_APP', 'live-1.x', { app: 'live-1.x' }],
  ['OME_VHOST', 'studio', { vhost: 'studio' }],
  ['OME_RTMP_PORT', '1936', { rtmpPort: 1936 }],
  ['OME_SRT_PORT', '1', { srtPort: 1 }],
  [
    'OME_PUBLIC_HOSTS',
    'OME.example, 192.0.2.1,2001:db8::1',
    { publicHosts: ['ome.example', '192.0.2.1', '2001:db8::1'] },
  ],
  ['OME_TRUST_REAL_IP', 'true', { trustRealIp: true }],
]

test.each(validOrigin)('%s=%s is taken', (name, value, changed) => {
  expect(loadConfig({ ...withOrigin, [name]: value })).toEqual({
    ...usual,
    origin: { ...usualOrigin, ...changed },
  })
})

const optional = [...valid, ...validOrigin].map(([name]) => name).filter(name => !(name in withOrigin))

test.each([...new Set(optional)])('an empty or blank %s is an absent one', name => {
  const without = loadConfig(withOrigin)
  expect(loadConfig({ ...withOrigin, [name]: '' })).toEqual(without)
  expect(loadConfig({ ...withOrigin, [name]: ' \t' })).toEqual(without)
})

const BAD = 'do-not-show-me'
const wrong: [name: string, problem: string, values: (string | undefined)[]][] = [
  [
    'SIGHTLINE_SECRET',
    'must be set to at least 32 characters (try: openssl rand -base64 36).',
    [undefined, BAD, 'x'.repeat(31)],
  ],
  ['SIGHTLINE_SECRET_PREVIOUS', 'must have at least 32 characters.', [BAD]],
  ['SIGHTLINE_ADMIN_TOKEN', 'must have at least 24 characters.', [BAD, 'x'.repeat(23)]],
  [
    'SIGHTLINE_ADMIN_TOKEN',
    'may have only letters, digits and -._~+/ (and = at its end).',
    [`${BAD} with spaces in between`, `${BAD}=in=the=middle`],
  ],
  [
    'DATABASE_URL',
    'must be a file:, http(s):// or libsql:// address.',
    [undefined, `postgres://u:${BAD}@db`],
  ],
  ['PORT', 'must be a whole number from 0 to 65535.', ['65536', '-1', '80.5', '0x50', '1e3']],
  ['LEASE_MS', 'must be a whole number from 30000 to 900000.', ['29999', '900001', 'five minutes']],
  ['PURGE_ENDED_AFTER_DAYS', 'must be a whole number from 0 to 36500.', ['-1']],
  ['AUDIT_KEEP_DAYS', 'must be a whole number from 1 to 36500.', ['0', '-1', '1.5', 'never', '36501']],
  ['LOG_LEVEL', 'must be one of debug, info, warn, error.', ['verbose', 'Info']],
  ['DEMO_ORIGIN', 'must be one of true, false.', ['yes']],
  ['CANONICAL_REDIRECT', 'must be one of true, false.', ['1']],
  ['CANONICAL_REDIRECT', 'needs PUBLIC_URL: it is where people are sent.', ['true']],
  [
    'PUBLIC_URL',
    'must be a http:// or https:// address without query or login.',
    [
      BAD,
      'ftp://review.example',
      `https://me:${BAD}@review.example`,
      `https://review.example/?${BAD}`,
      'https://review.example/?',
      'https://review.example/#',
    ],
  ],
  ['PUBLIC_URL', 'must not have a path.', ['https://review.example/sightline']],
  [
    'TRUSTED_PROXY',
    'must list addresses or blocks such as 10.0.0.0/8, separated by commas.',
    ['10.0.0.0/33', '10.0.0.0/', '127.0.0.1, proxy.example'],
  ],
  [
    'CORS_ORIGINS',
    'must list web origins such as https://portal.example, separated by commas.',
    ['*', 'null', 'ftp://a.example', 'https://a.example/,https://b.example/x', 'https://*.example'],
  ],
  [
    'EMBED_PARENTS',
    'must list web origins such as https://portal.example (http:// on this machine only), separated by commas.',
    ['*', 'https://*.example', 'https://a.example,https://b.example/x', `http://${BAD}`, "'self'"],
  ],
  [
    'SECURITY_CONTACT',
    'must be a mailto: or https:// address, on its own.',
    [BAD, `http://${BAD}`, 'mailto:a@b.example, mailto:c@d.example'],
  ],
  [
    'OME_API_URL',
    'must be a http:// or https:// address without query or login.',
    ['ome:8081', `http://ome:8081?${BAD}`],
  ],
  ['OME_API_TOKEN', 'must be set: it is the AccessToken of Managers.API in Server.xml.', [undefined]],
  ['OME_WEBHOOK_SECRET', 'must be set: it is the SecretKey of AdmissionWebhooks in Server.xml.', [undefined]],
  [
    'OME_PUBLIC_URL',
    'must be a ws:// or wss:// address without query or login.',
    ['https://ome.example:3334'],
  ],
  ['OME_APP', 'must be the name of an application.', ['my app', 'a/b', '..']],
  ['OME_VHOST', 'must be the name of a virtual host.', ['a?b']],
  ['OME_RTMP_PORT', 'must be a whole number from 1 to 65535.', ['0']],
  ['OME_SRT_PORT', 'must be a whole number from 1 to 65535.', ['srt']],
  [
    'OME_PUBLIC_HOSTS',
    'must list host names or addresses without ports, separated by commas.',
    ['ome.example:3333', 'wss://ome.example', '10.0.0.0/8', '[2001:db8::1]'],
  ],
  ['OME_TRUST_REAL_IP', 'must be one of true, false.', ['on']],
]

test.each(wrong)('%s %s', (name, problem, values) => {
  for (const value of values)
    expect({ value, problems: problemsOf({ ...withOrigin, [name]: value }) }).toEqual({
      value,
      problems: [`${name} ${problem}`],
    })
})

test('all problems are told at once, in no more lines than there are, and without a value', () => {
  const env: Environment = {
    SIGHTLINE_SECRET: BAD,
    SIGHTLINE_SECRET_PREVIOUS: BAD,
    SIGHTLINE_ADMIN_TOKEN: BAD,
    DATABASE_URL: BAD,
    PUBLIC_URL: BAD,
    HOST: '0.0.0.0',
    PORT: BAD,
    DEMO_ORIGIN: 'true',
    LEASE_MS: BAD,
    TRUSTED_PROXY: `${BAD},${BAD}`,
    LOG_LEVEL: BAD,
    CORS_ORIGINS: `${BAD},${BAD}`,
    EMBED_PARENTS: `${BAD},${BAD}`,
    SECURITY_CONTACT: BAD,
    PURGE_ENDED_AFTER_DAYS: BAD,
    AUDIT_KEEP_DAYS: BAD,
    OME_API_URL: BAD,
    OME_PUBLIC_URL: BAD,
    OME_APP: `${BAD}/x`,
    OME_VHOST: `${BAD}/x`,
    OME_RTMP_PORT: BAD,
    OME_SRT_PORT: BAD,
    OME_PUBLIC_HOSTS: `${BAD}:1`,
    OME_TRUST_REAL_IP: BAD,
  }
  const problems = problemsOf(env)
  expect(problems.map(line => line.split(' ')[0]).sort()).toEqual(
    [
      ...Object.keys(env).filter(name => !['HOST', 'DEMO_ORIGIN'].includes(name)),
      'OME_API_TOKEN',
      'OME_WEBHOOK_SECRET',
      'The',
    ].sort(),
  )
  expect(problems.join('\n')).not.toContain(BAD)
  expect(new ConfigError(problems).message).toBe(problems.join('\n'))
})

describe('the demonstration origin', () => {
  const refusal =
    'The demonstration origin runs only on this machine: HOST must be a loopback address and PUBLIC_URL localhost or unset. Set OME_API_URL to use a real OvenMediaEngine.'
  test.each([
    { HOST: '127.0.0.1' },
    { HOST: '127.8.9.1' },
    { HOST: 'localhost' },
    { HOST: '::1' },
    { PUBLIC_URL: 'http://localhost:8787' },
    { PUBLIC_URL: 'http://127.0.0.1' },
    { PUBLIC_URL: 'http://[::1]:8787' },
  ])('runs on this machine: %o', env => {
    expect(loadConfig({ ...needed, DEMO_ORIGIN: 'true', ...env }).demo).toBe(true)
  })
  test.each([
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { HOST: '192.168.1.2' },
    { HOST: 'localhost.evil.example' },
    { PUBLIC_URL: 'https://review.example' },
    { PUBLIC_URL: 'http://192.168.1.2' },
    { PUBLIC_URL: 'http://127.0.0.1.evil.example' },
    { HOST: '0.0.0.0', PUBLIC_URL: 'http://localhost:8787' },
  ])('is refused elsewhere: %o', env => {
    expect(problemsOf({ ...needed, DEMO_ORIGIN: 'true', ...env })).toEqual([refusal])
  })
})

test('loopback is loopback and nothing that looks like it', () => {
  const hosts = ['127.0.0.1', '127.255.0.9', 'localhost', '::1', '[::1]']
  const others = [
    '',
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '127.0.0',
    '127.0.0.1.example',
    'a127.0.0.1',
    'localhost.example',
  ]
  expect(hosts.filter(isLoopback)).toEqual(hosts)
  expect(others.filter(isLoopback)).toEqual([])
})

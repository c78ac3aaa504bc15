/**
 * What a valid configuration comes to, a line a fact, without a secret.
 * @param {Record<string, any>} config as worker/config.ts makes it
 * @param {{ secretFrom: string, adminTokenFrom: string, wantsDemo: boolean }} start
 * @returns {string[]}
 */
export function describeConfig(config, { secretFrom, adminTokenFrom, wantsDemo }) {
  const { origin } = config
  /** @type {[string, string][]} */
  const rows = [
    ['listens on', `${config.host} port ${config.port || '(any free one)'}`],
    ['public address', config.publicUrl ?? 'not set; links are made for the address they are asked under'],
    ['other host names', config.canonicalRedirect ? 'are sent to the public address' : 'are answered'],
    ['database', placeOf(config.databaseUrl) + (config.databaseAuthToken ? ', with a token' : '')],
    ['secret', secretFrom + (config.previousSecret ? ', and the one before it' : '')],
    ['automation token', adminTokenFrom],
    [
      'browser sessions',
      `${config.session.maxMs / 60_000} min at most, ${config.session.idleMs / 60_000} min without use`,
    ],
    [
      'origin',
      origin ? `${origin.apiUrl ?? 'without its API'}, application ${origin.app}` : noOrigin(wantsDemo),
    ],
    ...(origin
      ? [/** @type {[string, string]} */ (['browsers dial', origin.publicUrl + unreachable(config)])]
      : []),
    ['lease', `${config.leaseMs / 1000} s`],
    ['ended rooms', config.purgeEndedAfterDays ? `deleted after ${config.purgeEndedAfterDays} days` : 'kept'],
    ['audit', `kept ${config.auditKeepDays} days`],
    ['trusted proxies', config.trustedProxies.join(', ') || 'none'],
    ['other web origins', config.corsOrigins.join(', ') || 'none may call'],
    ['rooms in frames', config.embedParents.join(', ') || 'nowhere'],
    ['security.txt', config.securityContact ?? 'none; set SECURITY_CONTACT'],
    ['log level', config.logLevel],
  ]
  return rows.map(([name, value]) => `${name.padEnd(18)}${value}`)
}

/**
 * A page under https may not dial ws://: browsers refuse it.
 * @param {Record<string, any>} config
 */
const unreachable = ({ publicUrl, origin }) =>
  publicUrl?.startsWith('https:') && origin.publicUrl.startsWith('ws:')
    ? '  (WRONG: pages under https reach wss:// only; set OME_PUBLIC_URL)'
    : ''

/** @param {boolean} wantsDemo */
const noOrigin = wantsDemo => (wantsDemo ? 'none; a local start runs the demonstration origin' : 'none')

/**
 * A database's address without what may be a token in its query.
 * @param {string} url
 */
const placeOf = url =>
  url.startsWith('file:') ? url : url.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//')

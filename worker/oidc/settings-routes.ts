import type { App } from '../deps.ts'
import { ifMatchVersion, versionTag } from '../http/etag.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE, tagged } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { changedMeanwhile, invalid, Problem } from '../problem.ts'
import { DiscoveryFault } from './discovery.ts'
import { USUAL_GROUPS_CLAIM, USUAL_SCOPE } from './provider.ts'
import { redirectUriOf, refuseUnknownPlace } from './redirect.ts'
import { NewOidcSettings, OidcSettings } from './schema.ts'
import { sealClientSecret } from './settings.ts'
import { clearSettings, readSettings, type StoredSettings, writeSettings } from './settings-store.ts'

/** What is set, as the owner sees it. */
function shown(app: App, url: string, { provider, updatedAt }: StoredSettings): OidcSettings {
  const set = app.config.oidc ?? provider
  return {
    source: app.config.oidc ? 'environment' : provider ? 'owner' : 'none',
    issuer: set?.issuer ?? null,
    clientId: set?.clientId ?? null,
    secret: app.config.oidc
      ? app.config.oidc.clientSecret !== undefined
      : typeof provider?.sealed === 'string',
    name: set?.name ?? null,
    allow: set?.allow ?? [],
    groupsClaim: set?.groupsClaim ?? USUAL_GROUPS_CLAIM,
    scope: set?.scope ?? USUAL_SCOPE,
    redirectUri: redirectUriOf(app, url),
    updatedAt: app.config.oidc ? null : iso(updatedAt),
  }
}

async function answer({ c, app }: Pick<Call<never, never>, 'c' | 'app'>, settings: StoredSettings) {
  const body = shown(app, c.req.url, settings)
  return tagged(c, body, await versionTag(settings.version, body), 200, NO_STORE)
}

/** @throws {Problem} 409 where the environment has decided */
function refuseOverEnvironment({ config }: App): void {
  if (config.oidc)
    throw new Problem(
      409,
      'set_by_environment',
      'The environment sets the sign-in provider. Change OIDC_ISSUER and the variables beside it, and start again.',
    )
}

const says: Record<DiscoveryFault['reason'], string> = {
  unreachable: 'does not answer: its /.well-known/openid-configuration must be reachable from here',
  'other-issuer': 'answers that it is another issuer: write it exactly as the provider does',
  unfit: 'does not describe an OpenID Connect provider with code sign-in and signed id tokens',
}

async function put(call: Call<NewOidcSettings, undefined>): Promise<Response> {
  const { c, app, body, tell } = call
  const version = ifMatchVersion(c.req.header('if-match'))
  refuseOverEnvironment(app)
  const { clientSecret, ...provider } = body
  tell({ name: provider.name })
  refuseUnknownPlace(app, c.req.url)
  await app.discovery.look(provider.issuer).catch(error => {
    if (!(error instanceof DiscoveryFault)) throw error
    throw invalid([{ field: 'issuer', detail: says[error.reason] }])
  })
  const sealed = clientSecret == null ? null : await sealClientSecret(app, provider, clientSecret)
  const keep = clientSecret === undefined
  const { changed, settings } = await writeSettings(app.db, { ...provider, sealed }, keep, version, app.now())
  if (changed) return answer(call, settings)
  if (version !== undefined && version !== settings.version) throw changedMeanwhile()
  throw invalid([
    {
      field: 'clientSecret',
      detail: 'is needed for another issuer or client; null when the provider gave none',
    },
  ])
}

async function remove({ c, app }: Call<undefined, undefined>): Promise<Response> {
  const version = ifMatchVersion(c.req.header('if-match'))
  refuseOverEnvironment(app)
  const { changed, settings } = await clearSettings(app.db, version, app.now())
  if (!changed && version !== undefined && version !== settings.version) throw changedMeanwhile()
  return c.body(null, 204)
}

export const oidcSettingsRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/settings/oidc',
    who: { right: 'settings' },
    summary: 'The identity provider that people sign in through',
    answers: { 200: OidcSettings, 304: null },
    handle: async call => answer(call, await readSettings(call.app.db)),
  }),
  route({
    method: 'put',
    path: '/api/settings/oidc',
    who: { right: 'settings' },
    audit: { action: 'settings.oidc', kind: 'settings' },
    summary: 'Set the identity provider, and who may sign in through it',
    body: NewOidcSettings,
    answers: { 200: OidcSettings, 409: null, 412: null },
    handle: put,
  }),
  route({
    method: 'delete',
    path: '/api/settings/oidc',
    who: { right: 'settings' },
    audit: { action: 'settings.oidc', kind: 'settings' },
    summary: 'Let nobody sign in through an identity provider any more',
    answers: { 204: null, 409: null, 412: null },
    handle: remove,
  }),
]

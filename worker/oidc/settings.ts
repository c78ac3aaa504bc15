import { seal, unseal } from '../crypto/seal.ts'
import type { App } from '../deps.ts'
import type { Provider } from './provider.ts'
import { readSettings, type StoredProvider } from './settings-store.ts'

/**
 * What a client secret is sealed as. It names whom the secret is for: a row in which somebody has put another issuer
 * opens nothing, so that no secret is sent to a stranger.
 */
const sealedAs = (issuer: string, clientId: string): string =>
  JSON.stringify(['oidc client secret', issuer, clientId])

export const sealClientSecret = (
  { keys }: Pick<App, 'keys'>,
  { issuer, clientId }: Pick<Provider, 'issuer' | 'clientId'>,
  secret: string,
): Promise<string> => seal(keys, sealedAs(issuer, clientId), secret)

/** Whether a provider is set: what the sign-in page shows. The environment's counts before the owner's. */
export async function providerName({ config, db }: Pick<App, 'config' | 'db'>): Promise<string | undefined> {
  return config.oidc?.name ?? (await readSettings(db)).provider?.name
}

/** The provider to sign in through, with its secret; undefined when none is set or its secret cannot be opened. */
export async function currentProvider(
  app: Pick<App, 'config' | 'db' | 'keys' | 'log'>,
): Promise<Provider | undefined> {
  if (app.config.oidc) return app.config.oidc
  const { provider } = await readSettings(app.db)
  return provider && opened(app, provider)
}

async function opened(
  { keys, log }: Pick<App, 'keys' | 'log'>,
  { sealed, ...provider }: StoredProvider,
): Promise<Provider | undefined> {
  if (sealed === null) return { ...provider, clientSecret: undefined }
  const clientSecret = await unseal(keys, sealedAs(provider.issuer, provider.clientId), sealed)
  if (clientSecret !== undefined) return { ...provider, clientSecret }
  // Sealed under a secret that is gone: the owner has to give it again.
  log.error('oidc.secret-lost', { issuer: provider.issuer })
  return undefined
}

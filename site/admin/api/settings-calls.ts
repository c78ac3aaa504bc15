import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import type { InferInput } from 'valibot'
import type { ApiKey, ApiKeyList, NewApiKey as KeyPost, MadeApiKey } from '../../../worker/api-keys/schema.ts'
import type { SessionList } from '../../../worker/auth/schema.ts'
import type { Passkey, PasskeyList } from '../../../worker/passkeys/schema.ts'
import type { Caller } from './caller.ts'

export type { ApiKey, MadeApiKey, Passkey }
/** A browser that is signed in. */
export type SessionItem = SessionList['items'][number]
/** What is sent: times as ISO 8601. */
export type NewApiKey = InferInput<typeof KeyPost>

/** Who the sign-in provider lets in, and as what. */
export interface AllowRule {
  kind: 'email' | 'domain' | 'group'
  value: string
  role: 'admin' | 'operator'
}

/** `GET /api/settings/oidc`: the sign-in provider. `source` says who set it, `secret` that there is one. */
export interface ProviderSettings {
  source: 'none' | 'environment' | 'owner'
  issuer: string | null
  clientId: string | null
  secret: boolean
  name: string | null
  /** An empty list admits nobody. */
  allow: AllowRule[]
  groupsClaim: string
  scope: string
  /** Where the provider sends people back to. */
  redirectUri: string
  updatedAt: string | null
}

/** `PUT /api/settings/oidc`; without a secret the one there is stays, null is a client that has none. */
export interface NewProviderSettings {
  issuer: string
  clientId: string
  clientSecret?: string | null
  name: string
  allow: AllowRule[]
  groupsClaim: string
  scope: string
}

/** The calls of the settings page. */
export function settingsCalls({ call, got, fresh }: Caller) {
  const passkey = (id: string) => `/api/account/passkeys/${encodeURIComponent(id)}`
  const send = async <T>(method: string, path: string, body: unknown): Promise<T> =>
    (await got<T>(await call(method, path, { body }))).value
  const remove = async (path: string) => void (await call('DELETE', path))
  return {
    passkeys: async () => (await fresh<PasskeyList>('/api/account/passkeys')).value.items,
    newPasskeyOptions: async () =>
      (
        await send<{ options: PublicKeyCredentialCreationOptionsJSON }>(
          'POST',
          '/api/account/passkey/options',
          {},
        )
      ).options,
    addPasskey: (name: string, response: RegistrationResponseJSON) =>
      send<Passkey>('POST', '/api/account/passkeys', { name, response }),
    renamePasskey: (id: string, name: string) => send<Passkey>('PATCH', passkey(id), { name }),
    removePasskey: (id: string) => remove(passkey(id)),
    sessions: async () => (await fresh<SessionList>('/api/account/sessions')).value.items,
    endSession: (id: string) => remove(`/api/account/sessions/${encodeURIComponent(id)}`),
    endAllSessions: () => remove('/api/account/sessions'),
    apiKeys: (cursor: string | null) =>
      fresh<ApiKeyList>(
        `/api/keys?limit=50${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      ),
    makeApiKey: (body: NewApiKey) => send<MadeApiKey>('POST', '/api/keys', body),
    revokeApiKey: (id: string) => remove(`/api/keys/${encodeURIComponent(id)}`),
    provider: () => fresh<ProviderSettings>('/api/settings/oidc'),
    saveProvider: async (body: NewProviderSettings, ifMatch: string | null) =>
      void (await call('PUT', '/api/settings/oidc', { body, ifMatch })),
    removeProvider: async (ifMatch: string | null) =>
      void (await call('DELETE', '/api/settings/oidc', { ifMatch })),
  }
}

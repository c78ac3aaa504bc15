import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import type { SignedIn } from '../../../worker/auth/schema.ts'
import type { LinkPurpose } from '../../../worker/passkeys/schema.ts'
import type { JoinAnswer } from '../../../worker/people/schema.ts'
import type { Caller } from './caller.ts'

export type { LinkPurpose }
export type SignedInUser = SignedIn['user']

/** How somebody can sign in here, beside a passkey. */
export interface Methods {
  /** The sign-in provider; null when none is set up. */
  oidc: { name: string } | null
}

/** Where somebody whom the sign-in provider sent back goes on: here, or in the room they wanted to watch. */
export type ProviderAnswer = { next: 'admin' } | { next: 'room'; slug: string; join: JoinAnswer }

/** The calls of somebody who is not signed in yet. The server sets the cookies. */
export function signInCalls({ call, got, fresh }: Caller) {
  const post = async <T>(path: string, body: unknown): Promise<T> =>
    (await got<T>(await call('POST', path, { body }))).value
  return {
    signOut: async () => void (await call('DELETE', '/api/session')),
    methods: async () => (await fresh<Methods>('/api/auth/methods')).value,
    passkeyOptions: async () =>
      (await post<{ options: PublicKeyCredentialRequestOptionsJSON }>('/api/auth/passkey/options', {}))
        .options,
    signIn: async (response: AuthenticationResponseJSON) =>
      void (await post<SignedIn>('/api/auth/passkey', { response })),
    linkPurpose: (secret: string) => post<LinkPurpose>('/api/auth/link', { secret }),
    /** `name` only for a set-up link: how its new owner is called. */
    linkOptions: async (secret: string, name?: string) =>
      (
        await post<{ options: PublicKeyCredentialCreationOptionsJSON }>('/api/auth/link/options', {
          secret,
          name,
        })
      ).options,
    finishLink: async (secret: string, passkeyName: string, response: RegistrationResponseJSON) =>
      (await post<SignedIn>('/api/auth/link/passkey', { secret, passkeyName, response })).user,
    /** The provider's address to go to. */
    startProvider: async () => (await post<{ url: string }>('/api/auth/oidc/start', { for: 'admin' })).url,
    finishProvider: (query: string) => post<ProviderAnswer>('/api/auth/oidc/finish', { query }),
  }
}

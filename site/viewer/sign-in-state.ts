import type { JoinAnswer } from '../../worker/people/schema.ts'
import type { CeremonyEnd } from '../lib/ceremony-end.ts'
import type { Missing } from '../lib/passkeys.ts'
import type { Refusal } from '../lib/refusal.ts'

/** What somebody can sign in with. */
export interface Methods {
  /** Why passkeys cannot work here; null when they can. */
  missing: Missing | null
  /** How the sign-in provider is called; null when there is none. */
  provider: string | null
  /** Where the room's own portal is, which gives people a token to join with. */
  portal: string | null
}

/** A way in for who has no link. */
export type SignInWay =
  | { by: 'passkey' }
  | { by: 'provider' }
  /** With a new password, the old one is changed first. */
  | { by: 'password'; username: string; password: string; newPassword?: string }
  /** Made elsewhere, and brought along in the address; `name` where it does not say who they are. */
  | { by: 'token'; token: string; name?: string }

/** Why signing in let nobody in; `said` is the server's own sentence. */
export type SignInFault =
  | {
      is:
        | 'ended'
        | 'not_invited'
        | 'refused'
        | 'unreachable'
        | 'wrong_password'
        | 'wrong_token'
        | Exclude<CeremonyEnd, 'already'>
    }
  | { is: 'said'; sentence: string }
  /** The token says what they may do and not who they are. */
  | { is: 'nameless'; token: string }

export type SignInOutcome = { joined: JoinAnswer } | { refusal: Refusal } | { fault: SignInFault }

/** The door of a room whose address came without a secret. */
export interface SignIn {
  /** Null until they are known. */
  methods: Methods | null
  busy: boolean
  fault: SignInFault | null
}

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
}

/** Why signing in let nobody in; `said` is the server's own sentence. */
export type SignInFault =
  | { is: 'ended' | 'not_invited' | 'refused' | 'unreachable' | Exclude<CeremonyEnd, 'already'> }
  | { is: 'said'; sentence: string }

export type SignInOutcome = { joined: JoinAnswer } | { refusal: Refusal } | { fault: SignInFault }

/** The door of a room whose address came without a secret. */
export interface SignIn {
  /** Null until they are known. */
  methods: Methods | null
  busy: boolean
  fault: SignInFault | null
}

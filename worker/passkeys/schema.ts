import * as v from 'valibot'
import { line } from '../http/fields.ts'
import { roles } from '../users/rights.ts'

/** A passkey as its owner sees it. */
export const Passkey = v.object({
  id: v.string(),
  name: v.string(),
  /** Synced to the owner's other devices, as the authenticator last said. */
  backedUp: v.boolean(),
  transports: v.array(v.string()),
  createdAt: v.string(),
  lastUsedAt: v.nullable(v.string()),
})
export type Passkey = v.InferOutput<typeof Passkey>

export const PasskeyList = v.object({ items: v.array(Passkey), next: v.null() })
export type PasskeyList = v.InferOutput<typeof PasskeyList>

export const PasskeyChange = v.strictObject({ name: line(60) })
export type PasskeyChange = v.InferOutput<typeof PasskeyChange>

/**
 * What the browser's WebAuthn gives, as the WebAuthn JSON form has it; only its frame is checked here, the rest by the
 * library, against the challenge.
 */
const text = v.pipe(v.string('must be text'), v.maxLength(20_000, 'is too long'))
const credential = v.looseObject({
  id: text,
  rawId: text,
  type: v.literal('public-key', 'must be public-key'),
  response: v.looseObject({ clientDataJSON: text }),
})

/** `POST /api/account/passkeys`. */
export const NewPasskey = v.strictObject({ name: v.optional(line(60)), response: credential })
export type NewPasskey = v.InferOutput<typeof NewPasskey>

/** Options for `navigator.credentials`, in the WebAuthn JSON form. */
export const CeremonyOptions = v.object({ options: v.looseObject({ challenge: v.string() }) })

/** `POST /api/auth/passkey`: with `room` somebody signs in to watch, and gets what `/api/join` gives. */
export const SignIn = v.strictObject({
  response: credential,
  room: v.optional(v.pipe(v.string('must be text'), v.maxLength(64, 'must have at most 64 characters'))),
})
export type SignIn = v.InferOutput<typeof SignIn>

/** The secret of a one-time link, out of its fragment. */
const secret = v.pipe(v.string('must be text'), v.maxLength(1024, 'must have at most 1024 characters'))
export const LinkSecret = v.strictObject({ secret })
export type LinkSecret = v.InferOutput<typeof LinkSecret>

/** What a one-time link is for. `name` is the user's; null for the owner to be, who chooses one. */
export const LinkPurpose = v.object({
  kind: v.picklist(['setup', 'invite', 'recover']),
  name: v.nullable(v.string()),
  role: v.picklist(roles),
  expiresAt: v.string(),
})
export type LinkPurpose = v.InferOutput<typeof LinkPurpose>

/** `POST /api/auth/link/options`: `name` only with a set-up link, where it is required. */
export const LinkStart = v.strictObject({ secret, name: v.optional(line(80)) })
export type LinkStart = v.InferOutput<typeof LinkStart>

/** `POST /api/auth/link/passkey`. */
export const LinkFinish = v.strictObject({
  secret,
  passkeyName: v.optional(line(60)),
  response: credential,
})
export type LinkFinish = v.InferOutput<typeof LinkFinish>

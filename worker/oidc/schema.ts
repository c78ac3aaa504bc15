import * as v from 'valibot'
import { line, slug } from '../http/fields.ts'
import { JoinAnswer } from '../people/schema.ts'
import { AllowEntry } from './allow.ts'
import { isIssuer, SCOPE, USUAL_GROUPS_CLAIM, USUAL_SCOPE } from './provider.ts'

/** `GET /api/auth/methods`: how people may sign in here; `oidc.name` is what stands on the button. */
export const Methods = v.object({
  passkey: v.literal(true),
  oidc: v.nullable(v.object({ name: v.string() })),
})
export type Methods = v.InferOutput<typeof Methods>

/** `POST /api/auth/oidc/start`: to run reviews, or to watch one. */
export const Start = v.variant(
  'for',
  [v.strictObject({ for: v.literal('admin') }), v.strictObject({ for: v.literal('room'), slug })],
  'must be admin or room',
)
export type Start = v.InferOutput<typeof Start>

/** Where to send the browser. */
export const Started = v.object({ url: v.string() })
export type Started = v.InferOutput<typeof Started>

/** `POST /api/auth/oidc/finish`: what the provider added to the address of `/auth/callback`. */
export const Finish = v.strictObject({
  query: v.pipe(v.string('must be text'), v.maxLength(8192, 'must have at most 8192 characters')),
})

/** Where to go on: the administration (the session's cookie is set), or the room, as `/api/join` answers. */
export const Finished = v.variant('next', [
  v.object({ next: v.literal('admin') }),
  v.object({ next: v.literal('room'), slug: v.string(), join: JoinAnswer }),
])
export type Finished = v.InferOutput<typeof Finished>

const entries = v.array(AllowEntry)

/** `GET /api/settings/oidc`. The client secret never comes out; `secret` says that there is one. */
export const OidcSettings = v.object({
  /** Who set it; what the environment sets, nobody changes here. */
  source: v.picklist(['none', 'environment', 'owner']),
  issuer: v.nullable(v.string()),
  clientId: v.nullable(v.string()),
  secret: v.boolean(),
  name: v.nullable(v.string()),
  allow: entries,
  groupsClaim: v.string(),
  scope: v.string(),
  /** The address that the provider must be told to send people back to. */
  redirectUri: v.string(),
  updatedAt: v.nullable(v.string()),
})
export type OidcSettings = v.InferOutput<typeof OidcSettings>

const text = (max: number) => v.pipe(line(max), v.regex(/^[\x20-\x7e]*$/, 'must be ASCII'))

/** `PUT /api/settings/oidc`. Without `clientSecret` the one that is there stays; null is a client without one. */
export const NewOidcSettings = v.strictObject({
  issuer: v.pipe(
    v.string('must be text'),
    v.trim(),
    v.check(isIssuer, 'must be an https:// address without query or login'),
  ),
  clientId: text(255),
  clientSecret: v.optional(v.nullable(text(1024))),
  name: line(40),
  allow: v.pipe(v.array(AllowEntry, 'must be a list'), v.maxLength(500, 'must have at most 500 entries')),
  groupsClaim: v.optional(line(255), USUAL_GROUPS_CLAIM),
  scope: v.optional(
    v.pipe(
      v.string('must be text'),
      v.maxLength(500, 'must have at most 500 characters'),
      v.regex(SCOPE, 'must be scopes with single spaces between them'),
      v.check(scope => scope.split(' ').includes('openid'), 'must have openid among its scopes'),
    ),
    USUAL_SCOPE,
  ),
})
export type NewOidcSettings = v.InferOutput<typeof NewOidcSettings>

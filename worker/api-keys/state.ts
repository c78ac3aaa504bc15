import type { InValue } from '../db.ts'
import type { App } from '../deps.ts'
import { BY_PROVIDER_ALONE } from '../users/ways-in.ts'

/** Nobody but an `active` key calls; the others say why not. `maker-gone`: who made it is disabled, removed, or not let in any more. */
export const keyStates = ['active', 'expired', 'revoked', 'maker-gone'] as const
export type KeyState = (typeof keyStates)[number]

/** How long a key lasts whose maker the identity provider alone signs in, in ms. */
export const PROVIDER_KEY_MS = 30 * 86_400_000

/** The issuer of the provider that is set: the environment's counts before the owner's. NULL = none. */
const ISSUER = `COALESCE(:issuer, (SELECT value ->> 'issuer' FROM settings WHERE name = 'oidc'))`

/**
 * The state of a key `k` whose maker is `u`, if they are there: what lets it call and what the list shows. A key of a
 * maker whom the provider alone signs in stops with that provider, and after 30 days, also if they gave up their
 * passkey since. Wants {@link stateArgs}.
 */
export const STATE = `CASE
    WHEN k.revoked_at IS NOT NULL THEN 'revoked'
    WHEN k.expires_at <= :now THEN 'expired'
    WHEN k.created_by IS NOT NULL AND (u.id IS NULL OR u.disabled_at IS NOT NULL) THEN 'maker-gone'
    WHEN ${BY_PROVIDER_ALONE} AND u.issuer IS NOT ${ISSUER} THEN 'maker-gone'
    WHEN ${BY_PROVIDER_ALONE} AND k.created_at <= :now - ${PROVIDER_KEY_MS} THEN 'expired'
    ELSE 'active' END`

export const stateArgs = ({ config, now }: Pick<App, 'config' | 'now'>): Record<string, InValue> => ({
  issuer: config.oidc?.issuer ?? null,
  now: now(),
})

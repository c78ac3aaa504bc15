/** Nobody but an `active` key calls; the others say why not. `maker-gone`: who made it is disabled or removed. */
export const keyStates = ['active', 'expired', 'revoked', 'maker-gone'] as const
export type KeyState = (typeof keyStates)[number]

/** The state of a key `k` at `:now`, whose maker is `u` if they are there: what lets it call and what the list shows. */
export const STATE = `CASE
    WHEN k.revoked_at IS NOT NULL THEN 'revoked'
    WHEN k.expires_at <= :now THEN 'expired'
    WHEN k.created_by IS NOT NULL AND (u.id IS NULL OR u.disabled_at IS NOT NULL) THEN 'maker-gone'
    ELSE 'active' END`

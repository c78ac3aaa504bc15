/**
 * Holds for a user `u` whom the identity provider alone signs in. What they make here for themselves must not outlive
 * what the provider says of them.
 */
export const BY_PROVIDER_ALONE = `(u.subject IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id))`

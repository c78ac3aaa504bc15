/**
 * How asking the browser for a passkey ended without one: the person went away from it, the authenticator has one for
 * this account already, the page's address is not one passkeys work at, the device cannot hold such a passkey, the
 * browser knows none, or it could not be done.
 */
export type CeremonyEnd = 'cancelled' | 'already' | 'place' | 'device' | 'unsupported' | 'failed'

const ends = new Map<string, CeremonyEnd>([
  // Browsers tell nobody apart who pressed Cancel, had no passkey, or let the time run out.
  ['NotAllowedError', 'cancelled'],
  ['AbortError', 'cancelled'],
  ['InvalidStateError', 'already'],
  ['SecurityError', 'place'],
  ['ConstraintError', 'device'],
  ['NotSupportedError', 'device'],
])

/** What `navigator.credentials` threw → how it ended. */
export const ceremonyEnd = (thrown: unknown): CeremonyEnd =>
  (thrown instanceof Error && ends.get(thrown.name)) || 'failed'

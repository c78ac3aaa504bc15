import type { Role } from '../../../worker/users/rights.ts'

export type { Role }

/** Every role, strongest first. */
export const userRoles = ['owner', 'admin', 'operator', 'guest'] as const satisfies readonly Role[]

/**
 * Whether a role may be given, changed or taken away by somebody who manages users: nothing above their own, and owners
 * by owners alone. Only what the page offers; the server decides.
 */
export const manages = (own: Role, role: Role): boolean =>
  role === 'owner' ? own === 'owner' : userRoles.indexOf(role) >= userRoles.indexOf(own)

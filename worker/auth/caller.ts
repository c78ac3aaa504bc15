import type { Right, Role } from '../users/rights.ts'

/**
 * Who calls a route that wants a right: a user's browser, an API key, the deployment's automation token, or the
 * starter on this machine, which holds the secret anyway. Rights are read at every call, never kept.
 */
export interface Caller {
  kind: 'user' | 'key' | 'token' | 'start'
  id: string | null
  name: string
  /** A user's role; null for machines. */
  role: Role | null
  rights: ReadonlySet<Right>
  /** The public id of the browser's session, for a user. */
  sessionId: string | null
}

/** A caller, and whether their address is blocked: they are refused then, and the audit has their name. */
export interface Known {
  caller: Caller
  blocked: boolean
}

/** How the caller showed who they are, as the page is told. */
export const callerKinds = ['user', 'key', 'token', 'start'] as const satisfies Caller['kind'][]

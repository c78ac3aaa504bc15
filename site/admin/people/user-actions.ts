import type { Session, User } from '../api/client.ts'
import { manages } from './roles.ts'

/** What a user's menu offers; `recover` and `invite` are one call that does different things. */
export type UserAction = 'edit' | 'invite' | 'recover' | 'disable' | 'enable' | 'remove'

/** Who looks at the list. */
export type Viewer = Pick<Session, 'user' | 'role' | 'rights'>

/**
 * The menu of a user. Nobody disables, recovers or removes themselves here: they would be out before they saw that it
 * was a mistake. Who is disabled gets no link until they are enabled.
 */
export function userActions(user: User, viewer: Viewer): UserAction[] {
  if (!viewer.rights.includes('users:write') || !manages(viewer.role, user.role)) return []
  if (user.id === viewer.user?.id) return ['edit']
  if (user.state === 'disabled') return ['edit', 'enable', 'remove']
  return ['edit', user.passkeys > 0 ? 'recover' : 'invite', 'disable', 'remove']
}

import type { Grant } from '../links/permissions.ts'
import type { LinkRow } from '../links/store.ts'
import { mayWatch, notIn } from '../people/may-watch.ts'
import type { ViewRow } from '../people/store.ts'
import { forbidden, notFound, Problem } from '../problem.ts'

/** Links that one person makes within an hour at most. */
export const MADE_AN_HOUR = 60

/** How long an invitation lasts whose maker says nothing, ms. */
export const USUAL_LIFE = 24 * 3600_000

/** Who makes or changes an invitation, as the database knows them at this moment. */
export interface Inviter extends ViewRow {
  personId: string
  name: string
  personRemovedAt: number | null
  /** What their own link opens. */
  opens: 'room' | 'subrooms' | 'everything'
  /** Links they made within the last hour. */
  made: number
}

export const permissionsOf = ({ permissions }: Pick<Inviter, 'permissions'>): Grant[] =>
  JSON.parse(permissions) as Grant[]

const notHeld = () => new Problem(403, 'not_held', 'You cannot give what you do not hold.')

/** Why somebody may not invite at all, or nothing. */
export function inviterFault(inviter: Inviter | undefined, now: number): Problem | undefined {
  if (!inviter) return new Problem(401, 'unauthenticated', 'Join the room first.')
  const fault = notIn(mayWatch(inviter, now))
  return fault ?? (permissionsOf(inviter).includes('token') ? undefined : forbidden())
}

/** Why nothing was made of somebody who may invite. */
export function makingFault(
  inviter: Inviter,
  asked: { permissions: readonly Grant[]; opens: 'room' | 'subrooms' },
): Problem {
  const own = permissionsOf(inviter)
  if (asked.permissions.some(grant => !own.includes(grant))) return notHeld()
  if (asked.opens === 'subrooms' && inviter.opens === 'room' && !own.includes('op')) return notHeld()
  return inviter.made >= MADE_AN_HOUR
    ? new Problem(429, 'too_many', 'That is as many invitations as one person makes within an hour.')
    : new Problem(400, 'invalid', 'The link would end before it starts, or has ended already.')
}

/** A link of the same room, of which somebody wants to change something. */
type Target = Pick<LinkRow, 'id' | 'madeBy' | 'permissions' | 'opens'>

/**
 * Why nothing was done to a link by somebody who may invite. A link that they may not see is none to them: of another
 * room, of every room, or of another maker when they are no host.
 */
export function changeFault(inviter: Inviter, target: Target | undefined): Problem {
  if (!target || target.opens === 'everything') return notFound()
  if (!inviter.isHost && target.madeBy !== inviter.personId) return notFound()
  if (permissionsOf(target).some(grant => !permissionsOf(inviter).includes(grant))) return notHeld()
  return target.id === inviter.linkId
    ? new Problem(409, 'own_link', 'You came through this link yourself. Somebody else can change it.')
    : new Problem(400, 'invalid', 'The link would end before it starts, or has ended already.')
}

import type { Link } from '../api/client.ts'

/** What a link's menu offers. */
export type LinkAction = 'open' | 'hour' | 'day' | 'edit' | 'revoke' | 'giveBack'

/**
 * The menu of a link: a revoked one can only be given back or changed; one without an end cannot get a later one; an
 * invitation has no address to open. Who may not change links can only open them.
 */
export function linkActions(link: Link, mayChange: boolean): LinkAction[] {
  const open: LinkAction[] = link.state === 'active' && link.url !== null ? ['open'] : []
  if (!mayChange) return open
  if (link.state === 'revoked') return ['giveBack', 'edit']
  const extend: LinkAction[] = link.endsAt === null ? [] : ['hour', 'day']
  return [...open, ...extend, 'edit', 'revoke']
}

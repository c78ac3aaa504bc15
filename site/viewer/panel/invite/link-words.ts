import type { Invitation } from '../../../../worker/invitations/schema.ts'
import type { GlyphName } from '../../../lib/glyph.tsx'
import { type Grant, grantNames } from '../../../lib/roles.ts'
import { t as page } from '../../text.ts'
import { sayWhen } from '../../when.ts'
import { panel } from '../text.ts'

const t = panel.invite

/** The preset's name, or the permissions in words. */
export function linkRole({ role, permissions }: Pick<Invitation, 'role' | 'permissions'>): string {
  const { roles } = panel.people
  if (role !== null) return roles[role]
  const words = grantNames.filter(grant => permissions.includes(grant)).map(grant => t.grants[grant])
  return words.length === 0 ? roles.observer : words.join(', ')
}

/** Until when it works, in the reader's time; null: it has no end. */
export const linkUntil = (
  { endsAt }: Pick<Invitation, 'endsAt'>,
  now: number,
  zone?: string,
): string | null => (endsAt === null ? null : sayWhen(Date.parse(endsAt), now, page.times, zone))

/** What there is to say of a link beside its label: role, end, uses, maker, and what is particular. */
export function linkFacts(link: Invitation, now: number, zone?: string): string[] {
  const { uses, maxUses, madeBy, opens } = link
  const until = linkUntil(link, now, zone)
  return [
    linkRole(link),
    until === null ? t.list.noEnd : t.list.until(until),
    maxUses === null ? t.list.uses(uses) : t.list.usesOf(uses, maxUses),
    madeBy === null ? t.list.byStaff : t.list.madeBy(madeBy.name),
    ...(opens === 'subrooms' ? [t.list.subrooms] : []),
  ]
}

const glyphs: Record<Invitation['state'], GlyphName> = {
  active: 'good',
  scheduled: 'scheduled',
  ended: 'ended',
  'used-up': 'ended',
  revoked: 'ended',
}

/** A link's state: silhouette and word. */
export const linkState = ({ state }: Pick<Invitation, 'state'>): { glyph: GlyphName; word: string } => ({
  glyph: glyphs[state],
  word: t.list.states[state],
})

/** What can be done with a link, in the order of its menu. */
export type LinkAct = 'show' | 'day' | 'end' | 'revoke'

/**
 * What you are offered for a link: nothing for one that may more than you. One without an end is not extended by a day,
 * and one without an address (people sign in) is not shown. The server decides.
 */
export function actsFor(
  link: Pick<Invitation, 'permissions' | 'endsAt' | 'url'>,
  own: readonly Grant[],
): LinkAct[] {
  if (!link.permissions.every(grant => own.includes(grant))) return []
  return [
    ...(link.url === null ? [] : ['show' as const]),
    ...(link.endsAt === null ? [] : ['day' as const]),
    'end',
    'revoke',
  ]
}

import { grantNames } from '../../lib/roles.ts'
import type { Link } from '../api/client.ts'
import { t } from '../text.ts'
import { type Here, sayWhen } from '../time/say.ts'
import type { GlyphName } from '../ui/glyph.tsx'

/** A link's state: silhouette and word; `coloured` only where something is going on. */
export function linkState(link: Link, here: Here): { glyph: GlyphName; word: string; coloured: boolean } {
  switch (link.state) {
    case 'revoked':
      return { glyph: 'ended', word: t.links.revoked, coloured: false }
    case 'ended':
      return { glyph: 'ended', word: t.links.ended, coloured: false }
    case 'used-up':
      return { glyph: 'ended', word: t.links.usedUp, coloured: false }
    case 'scheduled': {
      const opens = link.startsAt === null ? null : sayWhen(Date.parse(link.startsAt), here)
      return {
        glyph: 'scheduled',
        word: opens === null ? t.links.scheduled : t.links.opens(opens),
        coloured: false,
      }
    }
    case 'active':
      return link.seats > 0
        ? { glyph: 'good', word: t.links.inTheRoom, coloured: true }
        : { glyph: 'unknown', word: link.uses > 0 ? t.links.away : t.links.notOpened, coloured: false }
  }
}

/** What its holder is called: fixed, asked for, or neither; of an invitation, who may sign in. */
export const linkName = (link: Link): string =>
  link.invite !== null
    ? t.links.signIn[link.invite.kind](link.invite.value)
    : link.name !== null
      ? t.links.nameFixed(link.name)
      : link.askName
        ? t.links.asksName
        : t.links.noName

/** The preset's name, or the grants in words. */
export function linkRole(link: Pick<Link, 'role' | 'permissions'>): string {
  if (link.role !== null) return t.links.roles[link.role].word
  const words = grantNames.filter(g => link.permissions.includes(g)).map(g => t.links.grants[g].word)
  return words.length === 0 ? t.links.roles.observer.word : words.join(', ')
}

/** What is particular about its door, and who made it if not staff; empty as a rule. */
export const linkNotes = (link: Link): string[] =>
  [
    link.waitingRoom ? t.links.waits : '',
    link.opens === 'room' ? '' : t.links.opensWhat[link.opens].note,
    link.madeBy === null ? '' : t.links.madeBy(link.madeBy.name),
  ].filter(Boolean)

/** `1 of 2`, or `1` when devices are not limited. */
export const linkDevices = (link: Link): string =>
  link.maxDevices === null ? String(link.seats) : t.rooms.seatsOf(link.seats, link.maxDevices)

/** `3 of 10 uses`, or null when uses are not limited. */
export const linkUses = (link: Link): string | null =>
  link.maxUses === null ? null : t.links.usesOf(link.uses, link.maxUses)

/** Until when it works. */
export const linkUntil = (link: Link, here: Here): string =>
  link.endsAt === null ? t.links.noEnd : sayWhen(Date.parse(link.endsAt), here)

import type { User } from '../api/client.ts'
import { t } from '../text.ts'
import { type Here, sayDuration, sayWhen } from '../time/say.ts'
import type { GlyphName } from '../ui/glyph.tsx'

/** A signed-in user who called within this time is here now, in ms. */
const NOW = 120_000

/** A user's state: silhouette and word; `sub` says what else waits. */
export function userState(user: User, { now }: Here): { glyph: GlyphName; word: string; sub: string | null } {
  const left = user.invitationEndsAt === null ? 0 : Date.parse(user.invitationEndsAt) - now
  if (user.state === 'disabled') return { glyph: 'ended', word: t.users.disabled, sub: null }
  if (user.state === 'invited')
    return left > 0
      ? { glyph: 'waiting', word: t.users.invited(sayDuration(left)), sub: null }
      : { glyph: 'fair', word: t.users.invitationEnded, sub: t.users.invitationEndedSay }
  const sub = left > 0 ? t.users.linkOpen(sayDuration(left)) : null
  if (user.role === 'guest') return { glyph: 'unknown', word: t.users.ready, sub }
  return user.sessions > 0
    ? { glyph: 'good', word: t.users.signedIn, sub }
    : { glyph: 'unknown', word: t.users.signedOut, sub }
}

/** When they were last here. */
export function userSeen(user: User, here: Here): string {
  if (user.lastSeenAt === null) return t.users.never
  const at = Date.parse(user.lastSeenAt)
  return user.sessions > 0 && here.now - at < NOW ? t.users.now : sayWhen(at, here)
}

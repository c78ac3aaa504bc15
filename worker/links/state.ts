import type { LinkState } from './schema.ts'

/** What a link's state follows from. */
export interface LinkTimes {
  startsAt: number | null
  endsAt: number | null
  revokedAt: number | null
  maxUses: number | null
  uses: number
}

/** Revoked outweighs ended, ended outweighs used up: the first is somebody's will, the others happen. */
export function linkState({ startsAt, endsAt, revokedAt, maxUses, uses }: LinkTimes, now: number): LinkState {
  if (revokedAt !== null) return 'revoked'
  if (endsAt !== null && endsAt <= now) return 'ended'
  if (maxUses !== null && uses >= maxUses) return 'used-up'
  return startsAt !== null && startsAt > now ? 'scheduled' : 'active'
}

import { isId } from '../crypto/id.ts'

/** What a playback token opens: one stream of one room at one origin, for one person, to play and nothing else. */
export interface PlaybackClaims {
  /** origin */
  o: string
  /** room, stream, person and link ids */
  r: string
  s: string
  p: string
  l: string
  /** When the page that asked for it joined, ms. */
  g: number
  d: 'play'
}

/** How long a playback address may be opened, in ms: between 60 and 120 s by the design. */
export const PLAYBACK_TOKEN_MS = 90_000

export function isPlaybackClaims(claims: unknown): claims is PlaybackClaims {
  const c = claims as PlaybackClaims
  return (
    typeof claims === 'object' &&
    claims !== null &&
    typeof c.o === 'string' &&
    [c.r, c.s, c.p, c.l].every(id => typeof id === 'string' && isId(id)) &&
    Number.isSafeInteger(c.g) &&
    c.d === 'play'
  )
}

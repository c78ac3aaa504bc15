import { isId } from '../crypto/id.ts'

/** What a person's bearer says; whether they may still be there is the database's to say. */
export interface PersonClaims {
  /** person, room and link ids */
  p: string
  r: string
  l: string
  /** When this page joined, ms: a later page on another device takes the seat over. */
  g: number
}

/** A person's bearer lasts a day at most; then the page joins again. */
export const PERSON_TOKEN_MS = 24 * 3600_000

export function isPersonClaims(claims: unknown): claims is PersonClaims {
  const c = claims as PersonClaims
  return (
    typeof claims === 'object' &&
    claims !== null &&
    [c.p, c.r, c.l].every(id => typeof id === 'string' && isId(id)) &&
    Number.isSafeInteger(c.g)
  )
}

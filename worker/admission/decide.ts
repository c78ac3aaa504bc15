/**
 * The rule of admission, apart from any I/O. The database statement that takes a seat knows the same conditions
 * (store.ts); this rule turns its facts into the answer and may only refuse more, never admit more. A property test
 * holds the two together.
 */

/** The shortest lifetime worth granting, ms. 0 would mean "unlimited" to the origin. */
export const MIN_LIFETIME = 1_000

/** What the database knew in the moment of an opening for playback. Times in ms; null = none. */
export interface PlayFacts {
  slug: string
  originId: string
  hiddenName: string
  roomStartsAt: number | null
  roomEndsAt: number | null
  roomEndedAt: number | null
  linkStartsAt: number | null
  linkEndsAt: number | null
  linkRevokedAt: number | null
  /** The client's address is blocked. */
  blocked: boolean
  personRemovedAt: number | null
  /** They stand before the room's door: not let in, or no host is there where one must be. */
  beforeDoor: boolean
  leaseMs: number
  /** This opening took a seat. */
  seated: boolean
  /** A later page of this person holds the seat from another address. */
  movedAway: boolean
  maxViewers: number | null
  maxDevices: number | null
  /** Other persons with a live lease. */
  roomOthers: number
  linkOthers: number
}

/** What this opening asks for, beside the facts. */
export interface PlayAsk {
  slug: string
  originId: string
  /** Thumbnails hold no seat. */
  wantsSeat: boolean
}

export type Refusal =
  | 'unknown'
  | 'wrong room'
  | 'wrong origin'
  | 'blocked'
  | 'removed'
  | 'link revoked'
  | 'link ended'
  | 'room ended'
  | 'not started'
  | 'not admitted'
  | 'moved'
  | 'room full'
  | 'link full'
  | 'no seat'
  | 'key replaced'

export type Decision =
  | { allowed: true; hiddenName: string; lifetime: number | undefined }
  | { allowed: false; reason: Refusal }

const refuse = (reason: Refusal): Decision => ({ allowed: false, reason })

/** Playing: whether, under which hidden name, and for how long in whole ms (never 0). */
export function decidePlay(facts: PlayFacts | undefined, ask: PlayAsk, now: number): Decision {
  if (!facts) return refuse('unknown')
  if (facts.slug !== ask.slug) return refuse('wrong room')
  if (facts.originId !== ask.originId) return refuse('wrong origin')
  if (facts.blocked) return refuse('blocked')
  if (facts.personRemovedAt !== null) return refuse('removed')
  if (facts.linkRevokedAt !== null) return refuse('link revoked')
  if (facts.roomEndedAt !== null) return refuse('room ended')
  if (facts.roomEndsAt !== null && facts.roomEndsAt - now < MIN_LIFETIME) return refuse('room ended')
  if (facts.linkEndsAt !== null && facts.linkEndsAt - now < MIN_LIFETIME) return refuse('link ended')
  if ((facts.roomStartsAt ?? 0) > now || (facts.linkStartsAt ?? 0) > now) return refuse('not started')
  if (facts.beforeDoor) return refuse('not admitted')
  const until = Math.min(now + facts.leaseMs, facts.roomEndsAt ?? Infinity, facts.linkEndsAt ?? Infinity)
  const lifetime = Math.floor(until - now)
  if (ask.wantsSeat) {
    if (facts.movedAway) return refuse('moved')
    if (!facts.seated) {
      if (facts.maxViewers !== null && facts.roomOthers >= facts.maxViewers) return refuse('room full')
      if (facts.maxDevices !== null && facts.linkOthers >= facts.maxDevices) return refuse('link full')
      return refuse('no seat')
    }
  }
  return lifetime < MIN_LIFETIME
    ? refuse('no seat')
    : { allowed: true, hiddenName: facts.hiddenName, lifetime }
}

/** What the database knew in the moment of an opening for publishing. */
export interface PublishFacts {
  originId: string
  hiddenName: string
  ingestVersion: number
  /** The client's address is blocked. */
  blocked: boolean
  roomEndsAt: number | null
  roomEndedAt: number | null
  /** Whether the publication was written. */
  recorded: boolean
}

/** Publishing: a valid key of a room that has not ended is always admitted; the origin refuses a second live one. */
export function decidePublish(
  facts: PublishFacts | undefined,
  ask: { originId: string; keyVersion: number },
  now: number,
): Decision {
  if (!facts) return refuse('unknown')
  if (facts.originId !== ask.originId) return refuse('wrong origin')
  if (facts.ingestVersion !== ask.keyVersion) return refuse('key replaced')
  if (facts.blocked) return refuse('blocked')
  if (facts.roomEndedAt !== null) return refuse('room ended')
  const left = facts.roomEndsAt === null ? undefined : Math.floor(facts.roomEndsAt - now)
  if (left !== undefined && left < MIN_LIFETIME) return refuse('room ended')
  return facts.recorded ? { allowed: true, hiddenName: facts.hiddenName, lifetime: left } : refuse('unknown')
}

import { MIN_LIFETIME } from '../admission/decide.ts'
import { iso } from '../http/fields.ts'
import { Problem } from '../problem.ts'
import { type DoorFacts, isBeforeDoor } from '../rooms/door.ts'
import type { RefusalCode } from './schema.ts'

/**
 * Whether somebody with a genuine link or token may be in the room now. Who gets here has shown a correct secret, so
 * the true reason is told.
 */
export interface Standing extends DoorFacts {
  /** The caller's address is blocked: 0 or 1, as the database says. */
  blocked: number
  roomStartsAt: number | null
  roomEndsAt: number | null
  roomEndedAt: number | null
  linkStartsAt: number | null
  linkEndsAt: number | null
  linkRevokedAt: number | null
  personRemovedAt: number | null
  /** Since when nobody new comes in, ms; null = not locked. */
  lockedAt: number | null
  lockMessage: string
}

export type Verdict =
  | { state: 'admitted' }
  | Waiting
  | { state: 'refused'; code: RefusalCode; endedAt?: number }

/** Before the door, and what it is that they wait for. */
export type Waiting =
  /** The start, ms. */
  | { state: 'waiting'; for: 'start'; opensAt: number }
  /** A host, who lets them in. */
  | { state: 'waiting'; for: 'admission' }
  /** The room to be unlocked; `message`: what was written for who stands there, perhaps nothing. */
  | { state: 'waiting'; for: 'unlock'; message: string }
  /** A host to come (back). */
  | { state: 'waiting'; for: 'host' }

/** Same order as admission's rule, so that page and origin give the same reason. */
export function mayWatch(s: Standing, now: number): Verdict {
  if (s.blocked) return { state: 'refused', code: 'blocked' }
  if (s.personRemovedAt !== null) return { state: 'refused', code: 'removed' }
  if (s.linkRevokedAt !== null) return { state: 'refused', code: 'link_revoked' }
  const roomEnd = s.roomEndedAt ?? s.roomEndsAt
  if (s.roomEndedAt !== null || (s.roomEndsAt !== null && s.roomEndsAt - now < MIN_LIFETIME))
    return { state: 'refused', code: 'room_ended', endedAt: roomEnd! }
  if (s.linkEndsAt !== null && s.linkEndsAt - now < MIN_LIFETIME)
    return { state: 'refused', code: 'link_ended', endedAt: s.linkEndsAt }
  const opensAt = Math.max(s.roomStartsAt ?? 0, s.linkStartsAt ?? 0)
  if (opensAt > now) return { state: 'waiting', for: 'start', opensAt }
  if (!isBeforeDoor(s)) return { state: 'admitted' }
  if (s.admittedAt !== null) return { state: 'waiting', for: 'host' }
  if (s.lockedAt !== null) return { state: 'waiting', for: 'unlock', message: s.lockMessage }
  return { state: 'waiting', for: 'admission' }
}

const sentences: Record<RefusalCode, string> = {
  room_ended: 'The review has ended.',
  link_ended: 'This link has ended. Ask the person who sent it to extend it; the same link will work again.',
  link_revoked: 'This link was taken back. Ask the person who sent it for a new one.',
  link_used_up: 'This link has been used as often as it may be. Ask the person who sent it for a new one.',
  blocked: 'Requests from this address are blocked. If that is a mistake, tell the person who sent the link.',
  removed: 'You were removed from this review. If that is a mistake, ask the host for a new link.',
  not_started: 'The review has not started. This page opens by itself.',
  not_admitted: 'You are not in the room yet. You come in by yourself as soon as a host lets you.',
  room_full: 'The room is full. You come in by yourself when a seat is free.',
  moved: 'You are watching on another device now.',
}

const statuses: Record<RefusalCode, 403 | 409 | 410> = {
  room_ended: 410,
  link_ended: 410,
  link_revoked: 410,
  link_used_up: 410,
  blocked: 403,
  removed: 403,
  not_started: 409,
  not_admitted: 409,
  room_full: 409,
  moved: 409,
}

/**
 * A refusal as the viewer's page reads it. Times in `extra` are ms and leave as ISO 8601; `reason` is what a host wrote
 * when removing somebody, and leaves with no other refusal.
 */
export function refusal(
  code: RefusalCode,
  extra: { endedAt?: number; opensAt?: number; seats?: number; reason?: string | null } = {},
): Problem {
  const { endedAt, opensAt, seats, reason = null } = extra
  return new Problem(statuses[code], code, sentences[code], {
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
    ...(opensAt === undefined ? {} : { opensAt: iso(opensAt) }),
    ...(seats === undefined ? {} : { seats }),
    ...(code === 'removed' && reason !== null ? { reason } : {}),
  })
}

/** Why somebody may not watch now, as the viewer's page reads it; nothing for who may. */
export function notIn(verdict: Verdict): Problem | undefined {
  if (verdict.state === 'admitted') return undefined
  if (verdict.state === 'refused') return refusal(verdict.code, verdict)
  return verdict.for === 'start' ? refusal('not_started', verdict) : refusal('not_admitted')
}

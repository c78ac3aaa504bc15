import type { RefusalCode } from '../../worker/people/schema.ts'

/** Why somebody with a link is not let in, as the API tells it. */
export interface Refusal {
  code: RefusalCode | 'not_found' | 'too_many'
  /** When room or link ended, ISO 8601. */
  endedAt?: string
  /** When it opens by itself, ISO 8601. */
  opensAt?: string
  /** How many seats there are, all of them taken. */
  seats?: number
  /** What the host said to it. */
  reason?: string
}

/** For an exhaustive check: a code that the API gains is a type error here. */
const codes: Record<Refusal['code'], true> = {
  room_ended: true,
  link_ended: true,
  link_revoked: true,
  link_used_up: true,
  removed: true,
  blocked: true,
  not_started: true,
  not_admitted: true,
  room_full: true,
  moved: true,
  not_found: true,
  too_many: true,
}

/** Reads a refusal out of a problem's body; undefined if it is something else. */
export function readRefusal(problem: Record<string, unknown>): Refusal | undefined {
  const { code, endedAt, opensAt, seats, reason } = problem
  if (typeof code !== 'string' || !Object.hasOwn(codes, code)) return undefined
  return {
    code: code as Refusal['code'],
    ...(typeof endedAt === 'string' ? { endedAt } : {}),
    ...(typeof opensAt === 'string' ? { opensAt } : {}),
    ...(typeof seats === 'number' ? { seats } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}

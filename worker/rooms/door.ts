import type { Grant } from '../links/permissions.ts'

/**
 * The door of a room that has begun: who stands before it, apart from blocks, links and times. A host comes in whatever
 * stands there. The same rule is here twice, for code and for statements; property tests hold the two together.
 */
export interface DoorFacts {
  /** When somebody was let in, ms; null = they were not yet. */
  admittedAt: number | null
  /** They hold `op`. */
  isHost: boolean | 0 | 1
  /** The room wants a host to be there, and none is. */
  hostless: boolean | 0 | 1
}

export const isBeforeDoor = ({ admittedAt, isHost, hostless }: DoorFacts): boolean =>
  !isHost && (admittedAt === null || Boolean(hostless))

/** Permissions of a person as stored: those they were given in the room, else the link's. */
export const GIVEN = 'COALESCE(p.permissions, l.permissions)'

/** Whether permissions as stored hold a grant: a JSON array of known words, so that looking for one is exact. */
export const holds = (grant: Grant, permissions: string): string =>
  `(instr(${permissions}, '"${grant}"') > 0)`

export const IS_HOST = holds('op', GIVEN)

/** What a person `p` of link `l` may do in room `r`, where whoever presents may invite too if the room says so. */
export const PERMISSIONS = `(CASE WHEN r.unrestricted_tokens AND ${holds('present', GIVEN)} AND NOT ${holds('token', GIVEN)}
    THEN json_insert(${GIVEN}, '$[#]', 'token') ELSE ${GIVEN} END)`

export const HOSTLESS = '(r.autokick AND r.host_since IS NULL)'

/** {@link isBeforeDoor} of the person `p` of link `l` and room `r`. */
export const BEFORE_DOOR = `(NOT ${IS_HOST} AND (p.admitted_at IS NULL OR ${HOSTLESS}))`

/** Nothing keeps newcomers with these permissions through link `l` out of room `r` until somebody lets them in. */
export const openDoor = (permissions: string): string =>
  `(${holds('op', permissions)} OR NOT r.waiting_room AND NOT l.waiting_room AND r.locked_at IS NULL)`

/** The same of newcomers with the link's own. */
export const OPEN_DOOR = openDoor('l.permissions')

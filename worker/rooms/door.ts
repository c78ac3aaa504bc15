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

/** Permissions of a person: those they were given in the room, else the link's. */
export const PERMISSIONS = 'COALESCE(p.permissions, l.permissions)'

/** Whether permissions as stored hold `op`: a JSON array of known words, so that looking for one is exact. */
export const hasOp = (permissions: string): string => `(instr(${permissions}, '"op"') > 0)`

export const IS_HOST = hasOp(PERMISSIONS)

export const HOSTLESS = '(r.autokick AND r.host_since IS NULL)'

/** {@link isBeforeDoor} of the person `p` of link `l` and room `r`. */
export const BEFORE_DOOR = `(NOT ${IS_HOST} AND (p.admitted_at IS NULL OR ${HOSTLESS}))`

/** Nothing keeps newcomers through link `l` out of room `r` until somebody lets them in. */
export const OPEN_DOOR = `(${hasOp('l.permissions')} OR NOT r.waiting_room AND NOT l.waiting_room AND r.locked_at IS NULL)`

import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { all, type InStatement, type ResultSet, sql } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import { addressKey, counted, countTry, limitKey } from '../limits/store.ts'

/**
 * Passwords are guessed by anybody who knows a room's address. A try is reserved before its password is looked at, so
 * that no two are compared on one reservation, and for rooms and names that are not there too, so that it does not tell:
 * it counts for its address, for its address and name, and for the name from everywhere; when a name has had too many
 * wrong ones, one try has its turn every few seconds. A right password gives back what it took, and no more: whoever has
 * one of their own does not win back the tries at others.
 */
export interface PasswordTry {
  /** What this try is known by; random. */
  ref: string
  blockKey: string | null
  joinKey: string
  ownKey: string
  roomKey: string
  nameKey: string
  paceKey: string
}

export function passwordTry(
  slug: string,
  name: string,
  address: string | undefined,
  ref: string,
): PasswordTry {
  const own = addressKey(address)
  return {
    ref,
    blockKey: blockKey(address),
    joinKey: limitKey('join', own),
    ownKey: limitKey('password', slug, own, name),
    roomKey: limitKey('password-room', slug, own),
    nameKey: limitKey('password-name', slug, name),
    paceKey: limitKey('password-pace', slug, name),
  }
}

const full = (keyArg: string, tries: number) =>
  `EXISTS (SELECT 1 FROM limits WHERE key = :${keyArg} AND window_ends > :now AND count >= ${tries})`
const SLOWED = full('nameKey', LIMITS['password-name'].tries)

/** The statements that reserve; the first affects a row when the join counts, the fourth when the password does too. */
export function reservePassword(t: PasswordTry, now: number): InStatement[] {
  const { ref, blockKey, joinKey, ownKey, roomKey, nameKey, paceKey } = t
  const { join, password, 'password-room': room, 'password-name': name, 'password-pace': pace } = LIMITS
  const wanted = `${counted('joinKey', 'ref')} AND NOT ${full('ownKey', password.tries)}`
  return [
    countTry(joinKey, join.tries, join.window, ref, now, { sql: `NOT ${BLOCKED}`, args: { blockKey } }),
    // An address that is locked does not take the turn of another.
    countTry(paceKey, pace.tries, pace.window, ref, now, {
      sql: `${wanted} AND NOT ${full('roomKey', room.tries)} AND ${SLOWED}`,
      args: { joinKey, ownKey, roomKey, nameKey },
    }),
    countTry(roomKey, room.tries, room.window, ref, now, {
      sql: `${wanted} AND (NOT ${SLOWED} OR ${counted('paceKey', 'ref')})`,
      args: { joinKey, ownKey, nameKey, paceKey },
    }),
    countTry(ownKey, password.tries, password.window, ref, now, {
      sql: counted('roomKey', 'ref'),
      args: { roomKey },
    }),
    countTry(nameKey, Number.MAX_SAFE_INTEGER, name.window, ref, now, {
      sql: counted('ownKey', 'ref'),
      args: { ownKey },
    }),
    sql(
      `SELECT key, count, window_ends AS windowEnds FROM limits WHERE key IN (:ownKey, :roomKey, :paceKey)`,
      {
        ownKey,
        roomKey,
        paceKey,
      },
    ),
  ]
}

/** How many statements {@link reservePassword} gives. */
export const RESERVING = 6

/** What became of it: `counted` the join, `compare` whether the password may be looked at, else when again, in ms. */
export function reservation(
  t: PasswordTry,
  results: ResultSet[],
  now: number,
): { counted: boolean; compare: boolean; retryAt: number } {
  const affected = (at: number) => results[at]!.rowsAffected > 0
  const rows = all<{ key: string; count: number; windowEnds: number }>(results[5]!)
  const ends = (key: string, tries: number) =>
    rows.find(row => row.key === key && row.count >= tries && row.windowEnds > now)?.windowEnds
  const retryAt =
    ends(t.ownKey, LIMITS.password.tries) ??
    ends(t.roomKey, LIMITS['password-room'].tries) ??
    ends(t.paceKey, 1) ??
    now
  return { counted: affected(0), compare: affected(3), retryAt }
}

/** After a right password. */
export const releasePassword = ({ ownKey, roomKey, nameKey, paceKey, ref }: PasswordTry): InStatement[] => [
  sql('UPDATE limits SET count = count - 1 WHERE key IN (:ownKey, :roomKey, :nameKey) AND count > 0', {
    ownKey,
    roomKey,
    nameKey,
  }),
  sql('DELETE FROM limits WHERE key = :paceKey AND ref = :ref', { paceKey, ref }),
]

import { type InStatement, sql } from '../db.ts'

/** What a user loses with a change of them, in its batch: statements that look whether it has been made. */

/** Ends a user's sessions, if the user is as `when` says. */
export const signOut = (id: string, when: string): InStatement =>
  sql(
    `DELETE FROM sessions WHERE user_id = :id AND EXISTS (SELECT 1 FROM users WHERE id = :id AND ${when})`,
    { id },
  )

/** Takes a user's open links back, if it is as `when` says of the user. */
export const takeLinksBack = (
  id: string,
  now: number,
  when: string,
  args: Record<string, string> = {},
): InStatement =>
  sql(
    `UPDATE one_time_links SET revoked_at = :now WHERE user_id = :id AND used_at IS NULL AND revoked_at IS NULL
       AND EXISTS (SELECT 1 FROM users WHERE id = :id AND ${when})`,
    { id, now, ...args },
  )

/** Whom a user is in rooms: by their passkey, and by the identity provider if they sign in through it. */
interface InRooms {
  id: string
  oidcAccount: string | null
}

const ACCOUNTS = `account IN ('user|' || :id, :oidcAccount)`

/** Takes a user out of the rooms they watch, if it is as `when` says: their leases run out and are not renewed. */
export const leaveRooms = ({ id, oidcAccount }: InRooms, now: number, when: string): InStatement =>
  sql(`UPDATE people SET removed_at = :now WHERE ${ACCOUNTS} AND removed_at IS NULL AND ${when}`, {
    id,
    oidcAccount,
    now,
  })

/** Ends what a disabled user has open: sessions, links, and their place in rooms. */
export const leave = (user: InRooms, now: number): InStatement[] => [
  signOut(user.id, 'disabled_at IS NOT NULL'),
  takeLinksBack(user.id, now, 'disabled_at IS NOT NULL'),
  leaveRooms(user, now, 'EXISTS (SELECT 1 FROM users WHERE id = :id AND disabled_at IS NOT NULL)'),
]

/** Gives back their place in rooms to who is enabled again; not to whom a host removed at another time. */
export const comeBack = ({ id, oidcAccount }: InRooms, disabledAt: number): InStatement =>
  sql(
    `UPDATE people SET removed_at = NULL WHERE ${ACCOUNTS} AND removed_at = :disabledAt
       AND EXISTS (SELECT 1 FROM users WHERE id = :id AND disabled_at IS NULL)`,
    { id, oidcAccount, disabledAt },
  )

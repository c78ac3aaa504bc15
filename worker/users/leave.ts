import { type InStatement, sql } from '../db.ts'

/** What a user loses with a change of them, in its batch: statements that look whether it has been made. */

/** Ends a user's sessions, if the user is as `when` says. */
export const signOut = (id: string, when: string): InStatement =>
  sql(
    `DELETE FROM sessions WHERE user_id = :id AND EXISTS (SELECT 1 FROM users WHERE id = :id AND ${when})`,
    { id },
  )

/** Takes a user's open links back, if the user is as `when` says. */
export const takeLinksBack = (id: string, now: number, when: string): InStatement =>
  sql(
    `UPDATE one_time_links SET revoked_at = :now WHERE user_id = :id AND used_at IS NULL AND revoked_at IS NULL
       AND EXISTS (SELECT 1 FROM users WHERE id = :id AND ${when})`,
    { id, now },
  )

/** Ends what a disabled user has open: sessions, links, and their place in rooms (the lease runs out). */
export const leave = (id: string, now: number): InStatement[] => {
  const gone = 'EXISTS (SELECT 1 FROM users WHERE id = :id AND disabled_at IS NOT NULL)'
  return [
    signOut(id, 'disabled_at IS NOT NULL'),
    takeLinksBack(id, now, 'disabled_at IS NOT NULL'),
    sql(
      `UPDATE people SET removed_at = :now WHERE account = 'user|' || :id AND removed_at IS NULL AND ${gone}`,
      {
        id,
        now,
      },
    ),
  ]
}

/** Gives back their place in rooms to who is enabled again; not to whom a host removed at another time. */
export const comeBack = (id: string, disabledAt: number): InStatement =>
  sql(
    `UPDATE people SET removed_at = NULL WHERE account = 'user|' || :id AND removed_at = :disabledAt
       AND EXISTS (SELECT 1 FROM users WHERE id = :id AND disabled_at IS NULL)`,
    { id, disabledAt },
  )

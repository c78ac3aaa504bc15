import { MIN_LIFETIME } from '../admission/decide.ts'
import { BANNED } from '../blocks/bans.ts'
import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { type Db, first, sql, write } from '../db.ts'
import type { Invitee } from '../links/invite.ts'
import { mailDomainOf } from '../net/mail.ts'
import { OPEN_DOOR } from '../rooms/door.ts'
import { type LinkGate, ROWS, VIEW, type ViewRow } from './store.ts'

/** Somebody who has signed in and wants into a room. */
export interface Invited {
  slug: string
  who: Invitee
  /** Who they are beyond their address: `user|id` or `oidc|issuer|subject`. The same account is the same person. */
  account: string
  /** For somebody new. */
  personId: string
  /** What they are called, or undefined; then the invitation's label. */
  name: string | undefined
  /** Where they come from, as far as it is believed. */
  address: string | undefined
}

export interface InvitedRow extends ViewRow, LinkGate {
  personId: string | null
  name: string | null
}

/** Whether a link of the room names this person. */
const NAMED = `(l.invite_kind = 'email' AND l.invite_value = :email
    OR l.invite_kind = 'domain' AND l.invite_value = :domain
    OR l.invite_kind = 'group' AND l.invite_value IN (SELECT value FROM json_each(:groups)))`

/** Somebody who is in already needs no further use of the invitation. */
export const USABLE = `(l.revoked_at IS NULL AND r.ended_at IS NULL AND r.redirect IS NULL
    AND MIN(COALESCE(l.ends_at, 9e15), COALESCE(r.ends_at, 9e15)) - :now >= ${MIN_LIFETIME}
    AND (l.max_uses IS NULL OR l.uses < l.max_uses
      OR EXISTS (SELECT 1 FROM people q WHERE q.account = :account AND q.link_id = l.id)))`

/** A host who removes somebody removes them from the room, whichever invitations name them. */
export const REMOVED = `(SELECT MAX(q.removed_at) FROM people q WHERE q.account = :account AND q.room_id = r.id)`

/**
 * The invitation that counts: one that lets in now, then the most personal, then the one that is open already, then the
 * newest. A revoked one is none: it tells nothing, not even that there was one.
 */
const PICKED = `(SELECT l.id FROM ${ROWS} WHERE r.slug = :slug AND l.revoked_at IS NULL AND ${NAMED}
    ORDER BY NOT ${USABLE}, CASE l.invite_kind WHEN 'email' THEN 0 WHEN 'group' THEN 1 ELSE 2 END,
      MAX(COALESCE(l.starts_at, 0), :now), l.created_at DESC, l.id LIMIT 1)`

/**
 * Lets somebody who has signed in into a room that invites them, or takes them for whom they were there before: one
 * round trip. `joined` false with a row says that something stands against it; without a row nobody invites them.
 */
export async function joinByInvitation(
  db: Db,
  { slug, who: { email, groups }, account, personId, name, address }: Invited,
  now: number,
): Promise<{ joined: boolean; row: InvitedRow | undefined }> {
  const args = {
    slug,
    email: email ?? null,
    domain: email === undefined ? null : mailDomainOf(email),
    groups: JSON.stringify(groups),
    account,
    blockKey: blockKey(address),
    now,
  }
  const [added, , row] = await write(db, [
    sql(
      `INSERT INTO people (id, room_id, link_id, name, joined_at, account, admitted_at)
       SELECT :personId, r.id, l.id, COALESCE(:name, l.label), :now, :account, CASE WHEN ${OPEN_DOOR} THEN :now END
       FROM ${ROWS}
       WHERE l.id = ${PICKED} AND ${USABLE} AND ${REMOVED} IS NULL AND NOT ${BLOCKED} AND NOT ${BANNED}
       ON CONFLICT (account, link_id) WHERE account IS NOT NULL DO UPDATE SET name = excluded.name`,
      { ...args, personId, name: name ?? null },
    ),
    sql(`UPDATE links SET uses = uses + 1 WHERE id = (SELECT link_id FROM people WHERE id = :personId)`, {
      personId,
    }),
    sql(
      `SELECT ${VIEW}, ${REMOVED} AS personRemovedAt, l.fixed_name AS fixedName, l.ask_name AS askName, l.label,
         l.pin_mac AS pinMac, l.max_uses AS maxUses, l.uses, p.id AS personId, p.name
       FROM ${ROWS} LEFT JOIN people p ON p.account = :account AND p.link_id = l.id WHERE l.id = ${PICKED}`,
      args,
    ),
  ])
  return { joined: added!.rowsAffected > 0, row: first(row) }
}

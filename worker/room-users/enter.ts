import { BANNED } from '../blocks/bans.ts'
import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { type Db, first, type InStatement, type InValue, sql, write } from '../db.ts'
import { type Grant, roleOf } from '../links/permissions.ts'
import { REMOVED, USABLE } from '../people/invited.ts'
import { type LinkGate, ROWS, VIEW, type ViewRow } from '../people/store.ts'
import { openDoor } from '../rooms/door.ts'

/** Somebody who has shown that they may come in through a link whose secret they do not have. */
export interface Entering {
  linkId: string
  slug: string
  /** For somebody new. */
  personId: string
  /** undefined = as the link is called. */
  name: string | undefined
  /** Who they are each time; undefined = somebody new each time. */
  account: string | undefined
  /** What they may do instead of what the link gives; undefined = that. */
  permissions: Grant[] | undefined
  address: string | undefined
  /** What let them in is still so: a condition about link `l`, with its arguments. */
  still: { sql: string; args: Record<string, InValue> }
}

export interface EnteredRow extends ViewRow, LinkGate {
  personId: string | null
  name: string | null
}

/**
 * Who comes again has what they had: a host may have taken some of it. A token that says less takes the rest; none gives
 * back.
 */
const NARROWED = `(SELECT json_group_array(value) FROM json_each(COALESCE(people.permissions, excluded.permissions))
    WHERE value IN (SELECT value FROM json_each(excluded.permissions)))`

/** Lets somebody in, or takes them for whom they were before: one round trip. Without a row the link is not there. */
export async function enter(
  db: Db,
  { linkId, slug, personId, name, account, permissions, address, still }: Entering,
  release: InStatement[],
  now: number,
): Promise<{ joined: boolean; row: EnteredRow | undefined }> {
  const who = { account: account ?? null, blockKey: blockKey(address), now }
  const [added, , row] = await write(db, [
    sql(
      `INSERT INTO people (id, room_id, link_id, name, joined_at, account, permissions, role, admitted_at)
       SELECT :personId, r.id, l.id, COALESCE(l.fixed_name, :name, l.label), :now, :account, :permissions, :role,
         CASE WHEN ${openDoor('COALESCE(:permissions, l.permissions)')} THEN :now END
       FROM ${ROWS}
       WHERE l.id = :linkId AND r.slug = :slug AND ${still.sql}
         AND ${USABLE} AND ${REMOVED} IS NULL AND NOT ${BLOCKED} AND NOT ${BANNED}
       ON CONFLICT (account, link_id) WHERE account IS NOT NULL DO UPDATE SET name = excluded.name,
         permissions = CASE WHEN excluded.permissions IS NULL THEN people.permissions ELSE ${NARROWED} END,
         role = CASE WHEN excluded.permissions IS NULL OR ${NARROWED} = people.permissions THEN people.role END`,
      {
        ...who,
        ...still.args,
        personId,
        linkId,
        slug,
        name: name ?? null,
        permissions: permissions ? JSON.stringify(permissions) : null,
        role: permissions ? roleOf(permissions) : null,
      },
    ),
    sql(`UPDATE links SET uses = uses + 1 WHERE id = (SELECT link_id FROM people WHERE id = :personId)`, {
      personId,
    }),
    sql(
      `SELECT ${VIEW}, ${REMOVED} AS personRemovedAt, l.fixed_name AS fixedName, l.ask_name AS askName, l.label,
         l.pin_mac AS pinMac, l.max_uses AS maxUses, l.uses, p.id AS personId, p.name
       FROM ${ROWS} LEFT JOIN people p ON p.id = COALESCE(
         (SELECT q.id FROM people q WHERE q.account = :account AND q.link_id = :linkId), :personId)
       WHERE l.id = :linkId AND r.slug = :slug AND ${still.sql}`,
      { ...who, ...still.args, linkId, slug, personId },
    ),
    ...release,
  ])
  return { joined: added!.rowsAffected > 0, row: first(row) }
}

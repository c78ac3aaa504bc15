import { BLOCKED } from '../blocks/store.ts'
import { first, type InStatement, type ResultSet, sql } from '../db.ts'
import type { StoredPassword } from './password.ts'
import type { SealedKey } from './sealed-key.ts'

/** A room's door for those who come without a link, as one row tells it. */
export interface NamedDoor {
  roomId: string
  redirect: string | null
  /** Strangers see it. */
  public: boolean
  authServer: string | null
  allowRecording: boolean
  /** The room user with this name, or the one for every name that no other has. */
  user: { linkId: string; named: boolean; password: StoredPassword | null; stored: string | null } | undefined
  /** How the room keeps the password of somebody else. */
  model: StoredPassword | undefined
  keys: SealedKey[]
}

interface DoorRow {
  roomId: string
  redirect: string | null
  public: number
  authServer: string | null
  allowRecording: number
  allowAnonymous: number
  own: string | null
  others: string | null
  model: string | null
  keys: string
}

const USER = `SELECT json_object('linkId', u.link_id, 'stored', u.password) FROM room_users u WHERE u.room_id = r.id`

/** The statements that find a room by its slug, and in it a user by their name; and whether the caller is blocked. */
export const findDoor = (slug: string, name: string, blockKey: string | null, now: number): InStatement[] => [
  sql(`SELECT ${BLOCKED} AS blocked`, { blockKey, now }),
  sql(
    `SELECT r.id AS roomId, r.redirect, r.public, r.auth_server AS authServer, r.allow_recording AS allowRecording,
       r.allow_anonymous AS allowAnonymous, (${USER} AND u.name = :name) AS own, (${USER} AND u.name IS NULL) AS others,
       (SELECT u.password FROM room_users u WHERE u.room_id = r.id AND u.password IS NOT NULL AND u.name IS NOT NULL
          ORDER BY u.name LIMIT 1) AS model,
       (SELECT json_group_array(json_object('id', k.id, 'jwk', k.jwk)) FROM room_keys k WHERE k.room_id = r.id) AS keys
     FROM rooms r WHERE r.slug = :slug`,
    { slug, name },
  ),
]

/** `blocked`: the caller's address is. The door is undefined when there is no such room. */
export function doorOf(
  results: readonly ResultSet[],
  name: string,
): { blocked: boolean; door: NamedDoor | undefined } {
  const blocked = Boolean(first<{ blocked: number }>(results[0])?.blocked)
  const row = first<DoorRow>(results[1])
  if (!row) return { blocked, door: undefined }
  // Where nobody may come without a name, a password for every name is none for no name.
  const others = name === '' && !row.allowAnonymous ? null : row.others
  const found = row.own ?? others
  const user = found === null ? undefined : (JSON.parse(found) as { linkId: string; stored: string | null })
  return {
    blocked,
    door: {
      roomId: row.roomId,
      redirect: row.redirect,
      public: Boolean(row.public),
      authServer: row.authServer,
      allowRecording: Boolean(row.allowRecording),
      user: user && { ...user, named: row.own !== null, password: passwordOf(user.stored) ?? null },
      model: passwordOf(row.model),
      keys: JSON.parse(row.keys) as SealedKey[],
    },
  }
}

const passwordOf = (stored: string | null): StoredPassword | undefined =>
  stored === null ? undefined : (JSON.parse(stored) as StoredPassword)

import { newId } from '../crypto/id.ts'
import type { Keys } from '../crypto/keys.ts'
import { all, type Db, first, type InStatement, read, sql } from '../db.ts'
import type { Grant } from '../links/permissions.ts'
import type { StoredPassword } from '../room-users/password.ts'
import { type SealedKey, sealKey, unsealKey } from '../room-users/sealed-key.ts'
import { labelOf } from '../room-users/store.ts'
import { byId, createRoom, type RoomRow } from '../rooms/store.ts'
import type { GroupPlan } from './plan.ts'

/**
 * Makes a room of a group, with a link for every user and every key, in one batch; undefined when the slug is taken.
 * @param plan with every password hashed
 */
export async function importGroup(
  { db, keys }: { db: Db; keys: Keys },
  plan: GroupPlan<StoredPassword>,
  { slug, originId }: { slug: string; originId: string },
  now: number,
): Promise<RoomRow | undefined> {
  const id = newId()
  const users = plan.users.map(({ name, password, permissions, role, admin }) => ({
    id: newId(),
    label: labelOf(name),
    role,
    permissions: JSON.stringify(permissions),
    name,
    fixedName: name || null,
    password: password && JSON.stringify(password),
    admin: Number(admin),
  }))
  const sealed = await Promise.all(plan.keys.map(jwk => sealKey(keys, id, newId(), jwk)))
  const tokens = sealed.map((key, position) => ({
    ...key,
    position,
    label: plan.keys[position]!.kid
      ? `Tokens: ${plan.keys[position]!.kid}`.slice(0, 80)
      : `Tokens ${position + 1}`,
    role: 'observer',
    permissions: '[]',
    fixedName: null,
  }))
  const also = [
    insertLinks(id, [...users, ...tokens], now),
    sql(
      `INSERT INTO room_users (link_id, room_id, name, password, admin, updated_at)
       SELECT value ->> 'id', r.id, value ->> 'name', value ->> 'password', value ->> 'admin', :now
       FROM rooms r, json_each(:users) WHERE r.id = :id`,
      { id, users: JSON.stringify(users), now },
    ),
    sql(
      `INSERT INTO room_keys (id, room_id, position, jwk)
       SELECT value ->> 'id', r.id, value ->> 'position', value ->> 'jwk'
       FROM rooms r, json_each(:tokens) WHERE r.id = :id`,
      { id, tokens: JSON.stringify(tokens) },
    ),
  ]
  return createRoom(db, { ...plan.room, slug, originId }, now, { id, also })
}

const insertLinks = (roomId: string, links: object[], now: number): InStatement =>
  sql(
    `INSERT INTO links (id, room_id, label, role, permissions, fixed_name, created_at, updated_at)
     SELECT value ->> 'id', r.id, value ->> 'label', value ->> 'role', value ->> 'permissions', value ->> 'fixedName',
       :now, :now
     FROM rooms r, json_each(:links) WHERE r.id = :roomId`,
    { roomId, links: JSON.stringify(links), now },
  )

interface UserRow {
  name: string | null
  password: string | null
  permissions: string
  admin: number
}

/** A room as a group, as far as Galene has words for it; undefined when there is no such room. Revoked users are out. */
export async function exportGroup(
  { db, keys }: { db: Db; keys: Keys },
  roomId: string,
  now: number,
): Promise<{ slug: string; plan: GroupPlan<StoredPassword> } | undefined> {
  const standing = 'l.revoked_at IS NULL AND COALESCE(l.ends_at, 9e15) > :now'
  const [rooms, users, sealed] = await read(db, [
    byId(roomId, now),
    sql(
      `SELECT u.name, u.password, l.permissions, u.admin FROM room_users u JOIN links l ON l.id = u.link_id
       WHERE u.room_id = :roomId AND ${standing} ORDER BY u.name`,
      { roomId, now },
    ),
    sql(
      `SELECT k.id, k.jwk FROM room_keys k JOIN links l ON l.id = k.id
       WHERE k.room_id = :roomId AND ${standing} ORDER BY k.position`,
      { roomId, now },
    ),
  ])
  const room = first<RoomRow>(rooms)
  if (!room) return undefined
  const opened = await Promise.all(all<SealedKey>(sealed!).map(key => unsealKey(keys, roomId, key)))
  return {
    slug: room.slug,
    plan: {
      room: {
        title: room.title,
        description: room.description,
        startsAt: room.startsAt,
        endsAt: room.endsAt,
        maxViewers: room.maxViewers,
        chatHistoryMs: room.chatHistoryMs,
        autolock: Boolean(room.autolock),
        autokick: Boolean(room.autokick),
        public: Boolean(room.public),
        contact: room.contact,
        comment: room.comment,
        presentersInvite: Boolean(room.presentersInvite),
        allowRecording: Boolean(room.allowRecording),
        allowAnonymous: Boolean(room.allowAnonymous),
        autoSubrooms: Boolean(room.autoSubrooms),
        redirect: room.redirect,
        codecs: room.codecs === null ? null : JSON.parse(room.codecs),
        authServer: room.authServer,
        authPortal: room.authPortal,
      },
      users: all<UserRow>(users!).map(user => ({
        name: user.name,
        password: user.password === null ? null : (JSON.parse(user.password) as StoredPassword),
        permissions: JSON.parse(user.permissions) as Grant[],
        role: null,
        admin: Boolean(user.admin),
      })),
      keys: opened.flatMap(key => {
        if (!key) return []
        const { id: _, ...jwk } = key
        return [jwk]
      }),
    },
  }
}

import { newId } from '../crypto/id.ts'
import { all, type Db, first, type InStatement, type InValue, read, sql, write } from '../db.ts'
import { dropStrongerLinks } from '../links/made.ts'
import type { Grant, Role } from '../links/permissions.ts'
import type { StoredPassword } from './password.ts'

/** A room user with what their link says. Times in ms. */
export interface RoomUserRow {
  id: string
  roomId: string
  name: string | null
  password: string | null
  admin: number
  label: string
  role: Role | null
  permissions: string
  startsAt: number | null
  endsAt: number | null
  revokedAt: number | null
  maxUses: number | null
  uses: number
  version: number
  createdAt: number
  updatedAt: number
}

/** The links of those who are not called by a name. */
export const labelOf = (name: string | null): string =>
  name === null ? 'Everybody else' : name || 'People without a name'

const USER = `SELECT u.link_id AS id, u.room_id AS roomId, u.name, u.password, u.admin, l.label, l.role, l.permissions,
    l.starts_at AS startsAt, l.ends_at AS endsAt, l.revoked_at AS revokedAt, l.max_uses AS maxUses, l.uses, l.version,
    l.created_at AS createdAt, MAX(l.updated_at, u.updated_at) AS updatedAt
  FROM room_users u JOIN links l ON l.id = u.link_id`

const one = (roomId: string, id: string) =>
  sql(`${USER} WHERE u.link_id = :id AND u.room_id = :roomId`, { id, roomId })

export async function getRoomUser(db: Db, roomId: string, id: string): Promise<RoomUserRow | undefined> {
  return first(await db.execute(one(roomId, id)))
}

/** By name, the one for everybody else first; undefined when there is no such room. */
export async function listRoomUsers(db: Db, roomId: string): Promise<RoomUserRow[] | undefined> {
  const [room, users] = await read(db, [
    sql('SELECT id FROM rooms WHERE id = :roomId', { roomId }),
    sql(`${USER} WHERE u.room_id = :roomId ORDER BY u.name`, { roomId }),
  ])
  return first(room) ? all(users!) : undefined
}

const textOf = (password: StoredPassword | null): string | null => password && JSON.stringify(password)

/** Makes a user and the link they stand on. Without a row there is no such room, or the name is taken. */
export async function addRoomUser(
  db: Db,
  roomId: string,
  user: { name: string | null; password: StoredPassword | null; role: Role | null; permissions: Grant[] },
  now: number,
): Promise<{ room: boolean; row: RoomUserRow | undefined }> {
  const id = newId()
  const { name, password, role, permissions } = user
  const [room, , , row] = await write(db, [
    sql('SELECT id FROM rooms WHERE id = :roomId', { roomId }),
    sql(
      `INSERT INTO links (id, room_id, label, role, permissions, fixed_name, created_at, updated_at)
       SELECT :id, r.id, :label, :role, :permissions, :fixedName, :now, :now FROM rooms r
       WHERE r.id = :roomId AND NOT EXISTS (SELECT 1 FROM room_users u WHERE u.room_id = r.id AND u.name IS :name)`,
      {
        id,
        roomId,
        name,
        label: labelOf(name),
        fixedName: name || null,
        role,
        permissions: JSON.stringify(permissions),
        now,
      },
    ),
    sql(
      `INSERT INTO room_users (link_id, room_id, name, password, updated_at)
       SELECT l.id, l.room_id, :name, :password, :now FROM links l WHERE l.id = :id`,
      { id, name, password: textOf(password), now },
    ),
    one(roomId, id),
  ])
  return { room: Boolean(first(room)), row: first(row) }
}

export interface RoomUserFields {
  /** undefined = as it is; null = nobody comes in with one. */
  password?: StoredPassword | null
  role?: Role | null
  permissions?: Grant[]
  revoked?: boolean | undefined
}

/** One conditional change; `changed` false with a row means that the version did not match. */
export async function changeRoomUser(
  db: Db,
  roomId: string,
  id: string,
  { password, role, permissions, revoked }: RoomUserFields,
  version: number | undefined,
  now: number,
): Promise<{ changed: boolean; row: RoomUserRow | undefined }> {
  const set = ['version = version + 1', 'updated_at = :now']
  const own: Record<string, InValue> = {}
  if (permissions !== undefined) {
    set.push('role = :role', 'permissions = :permissions')
    own.role = role ?? null
    own.permissions = JSON.stringify(permissions)
  }
  if (revoked !== undefined)
    set.push(revoked ? 'revoked_at = COALESCE(revoked_at, :now)' : 'revoked_at = NULL')
  // Before the link, whose version then is another.
  const before = password === undefined ? [] : [setPassword(roomId, id, password, version, now)]
  const results = await write(db, [
    ...before,
    sql(
      `UPDATE links SET ${set.join(', ')} WHERE id = :id AND room_id = :roomId
         AND (:version IS NULL OR version = :version) AND EXISTS (SELECT 1 FROM room_users u WHERE u.link_id = :id)`,
      { ...own, id, roomId, version: version ?? null, now },
    ),
    ...(permissions ? [dropStrongerLinks('p.link_id = :id', { id, roomId, now })] : []),
    one(roomId, id),
  ])
  return { changed: results[before.length]!.rowsAffected > 0, row: first(results.at(-1)) }
}

const setPassword = (
  roomId: string,
  id: string,
  password: StoredPassword | null,
  version: number | undefined,
  now: number,
): InStatement =>
  sql(
    `UPDATE room_users SET password = :password, updated_at = :now WHERE link_id = :id AND room_id = :roomId
       AND (:version IS NULL OR :version = (SELECT l.version FROM links l WHERE l.id = :id))`,
    { id, roomId, password: textOf(password), version: version ?? null, now },
  )

/** Their link is revoked and stays; the name is free. */
export async function removeRoomUser(
  db: Db,
  roomId: string,
  id: string,
  version: number | undefined,
  now: number,
): Promise<{ removed: boolean; row: RoomUserRow | undefined }> {
  const args = { id, roomId, version: version ?? null }
  const [row, , removed] = await write(db, [
    one(roomId, id),
    sql(
      `UPDATE links SET revoked_at = COALESCE(revoked_at, :now), updated_at = :now
       WHERE id = :id AND room_id = :roomId AND (:version IS NULL OR version = :version)
         AND EXISTS (SELECT 1 FROM room_users u WHERE u.link_id = :id)`,
      { ...args, now },
    ),
    sql(
      `DELETE FROM room_users WHERE link_id = :id AND room_id = :roomId
         AND (:version IS NULL OR :version = (SELECT l.version FROM links l WHERE l.id = :id))`,
      args,
    ),
  ])
  return { removed: removed!.rowsAffected > 0, row: first(row) }
}

/** Sets one's own password if it still is the one that was shown and the link is not revoked; with it, what else is due. */
export async function replacePassword(
  db: Db,
  linkId: string,
  shown: string,
  password: StoredPassword,
  also: InStatement[],
  now: number,
): Promise<{ id: string; name: string; roomId: string } | undefined> {
  const [changed, row] = await write(db, [
    sql(
      `UPDATE room_users SET password = :password, updated_at = :now WHERE link_id = :linkId AND password = :shown
         AND (SELECT l.revoked_at FROM links l WHERE l.id = :linkId) IS NULL`,
      { linkId, shown, password: textOf(password), now },
    ),
    sql('SELECT link_id AS id, name, room_id AS roomId FROM room_users WHERE link_id = :linkId', { linkId }),
    ...also,
  ])
  return changed!.rowsAffected > 0 ? first(row) : undefined
}

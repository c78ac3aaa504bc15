import { ifMatchVersion, versionTag } from '../http/etag.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE, tagged } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { type Grant, grantSet } from '../links/permissions.ts'
import { linkState } from '../links/state.ts'
import { changedMeanwhile, notFound, Problem } from '../problem.ts'
import { hashing } from './gate.ts'
import { isRight, knockWithPassword } from './knock.ts'
import { hashPassword, type StoredPassword } from './password.ts'
import { NewRoomUser, OwnPassword, RoomUser, RoomUserChange, RoomUserList } from './schema.ts'
import {
  addRoomUser,
  changeRoomUser,
  getRoomUser,
  listRoomUsers,
  type RoomUserFields,
  type RoomUserRow,
  removeRoomUser,
  replacePassword,
} from './store.ts'
import { releasePassword } from './tries.ts'

const userOf = (row: RoomUserRow, now: number): RoomUser => ({
  id: row.id,
  roomId: row.roomId,
  name: row.name,
  password: row.password === null ? null : (JSON.parse(row.password) as StoredPassword).type,
  role: row.role,
  permissions: JSON.parse(row.permissions) as Grant[],
  groupAdmin: Boolean(row.admin),
  state: linkState(row, now),
  createdAt: iso(row.createdAt)!,
  updatedAt: iso(row.updatedAt)!,
})

const nameTaken = () =>
  new Problem(
    409,
    'name_taken',
    'The room has a user with this name. Choose another one, or change that user.',
  )

type Given = Pick<RoomUserChange, 'password' | 'anyPassword'>

async function passwordOf(
  call: Pick<Call<never, never>, 'app'>,
  { password, anyPassword }: Given,
): Promise<StoredPassword | null | undefined> {
  if (anyPassword) return { type: 'wildcard' }
  return typeof password === 'string' ? hashing(call.app, () => hashPassword(password)) : password
}

export const roomUserRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/rooms/:id/users',
    who: { right: 'links:read' },
    summary: 'Who joins a room with a name and a password',
    answers: { 200: RoomUserList, 404: null },
    async handle({ c, app, params }) {
      const users = await listRoomUsers(app.db, params.id!)
      if (!users) throw notFound()
      const now = app.now()
      return c.json({ items: users.map(row => userOf(row, now)), next: null }, 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/rooms/:id/users',
    who: { right: 'links:write' },
    audit: { action: 'room-user.add', kind: 'room-user' },
    summary: 'Let somebody join a room with a name and a password',
    body: NewRoomUser,
    answers: { 201: RoomUser, 404: null, 409: null },
    async handle(call) {
      const { c, app, params, body, tell } = call
      const role = body.role ?? (body.permissions ? undefined : 'observer')
      const user = {
        name: body.name,
        password: (await passwordOf(call, body)) ?? null,
        role: role ?? null,
        permissions: grantSet(role, body.permissions),
      }
      const now = app.now()
      const { room, row } = await addRoomUser(app.db, params.id!, user, now)
      if (!room) throw notFound()
      tell({ name: body.name ?? '' })
      if (!row) throw nameTaken()
      tell({ id: row.id, name: row.label })
      const made = userOf(row, now)
      const headers = { Location: `/api/rooms/${row.roomId}/users/${row.id}`, ...NO_STORE }
      return tagged(c, made, await versionTag(row.version, made), 201, headers)
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/users/:linkId',
    who: { right: 'links:read' },
    summary: 'One room user',
    answers: { 200: RoomUser, 304: null, 404: null },
    async handle({ c, app, params }) {
      const row = await getRoomUser(app.db, params.id!, params.linkId!)
      if (!row) throw notFound()
      const user = userOf(row, app.now())
      return tagged(c, user, await versionTag(row.version, user), 200, NO_STORE)
    },
  }),
  route({
    method: 'patch',
    path: '/api/rooms/:id/users/:linkId',
    who: { right: 'links:write' },
    audit: { action: 'room-user.change', kind: 'room-user' },
    summary: 'Set the password of a room user, change what they may do, keep them out or let them in again',
    body: RoomUserChange,
    answers: { 200: RoomUser, 404: null, 412: null },
    async handle(call) {
      const { c, app, params, body, tell, after } = call
      const version = ifMatchVersion(c.req.header('if-match'))
      const password = await passwordOf(call, body)
      const fields: RoomUserFields = {
        ...(password === undefined ? {} : { password }),
        ...(body.role || body.permissions
          ? { role: body.role ?? null, permissions: grantSet(body.role, body.permissions) }
          : {}),
        revoked: body.revoked,
      }
      const now = app.now()
      const { changed, row } = await changeRoomUser(app.db, params.id!, params.linkId!, fields, version, now)
      if (!row) throw notFound()
      tell({ name: row.label })
      if (!changed) throw changedMeanwhile()
      after('live.changed', () => app.live.changed(row.roomId))
      const user = userOf(row, now)
      return tagged(c, user, await versionTag(row.version, user), 200, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path: '/api/rooms/:id/users/:linkId',
    who: { right: 'links:write' },
    audit: { action: 'room-user.remove', kind: 'room-user' },
    summary: 'Remove a room user; their link is revoked and stays, the name is free',
    answers: { 204: null, 404: null, 412: null },
    async handle({ c, app, params, tell, after }) {
      const version = ifMatchVersion(c.req.header('if-match'))
      const { removed, row } = await removeRoomUser(app.db, params.id!, params.linkId!, version, app.now())
      if (!row) throw notFound()
      tell({ name: row.label })
      if (!removed) throw changedMeanwhile()
      after('live.changed', () => app.live.changed(row.roomId))
      return c.body(null, 204)
    },
  }),
  route({
    method: 'post',
    path: '/api/room-users/password',
    who: 'anyone',
    audit: { action: 'room-user.password', kind: 'room-user' },
    summary: 'Change one’s own password for a room, with the one that holds now',
    body: OwnPassword,
    answers: { 204: null, 400: null, 403: null, 404: null, 409: null, 429: null, 503: null },
    async handle(call) {
      const { c, app, body, tell } = call
      tell({ params: {} })
      const { door, attempt } = await knockWithPassword(call, body.slug, body.username)
      const right = await isRight(call, door, body.password)
      const user = door?.user
      // A password that others share, or that is checked elsewhere, is nobody's own.
      const own = user?.named && user.password?.type !== 'wildcard' && !door?.authServer
      if (!right || !own || user.stored === null) throw notFound()
      const password = await hashing(app, () => hashPassword(body.newPassword))
      const release = releasePassword(attempt)
      const row = await replacePassword(app.db, user.linkId, user.stored, password, release, app.now())
      if (!row) throw notFound()
      tell({
        id: row.id,
        name: row.name,
        room: row.roomId,
        actor: { kind: 'person', id: null, name: row.name },
      })
      return c.body(null, 204)
    },
  }),
]

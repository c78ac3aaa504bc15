import * as v from 'valibot'
import { grants, roleNames } from '../links/permissions.ts'
import { linkStates } from '../links/schema.ts'
import { newPassword, roomUserName } from './fields.ts'

/** Somebody who joins a room with a name and a password. Everything else of them is their link's, which has the same id. */
export const RoomUser = v.object({
  id: v.string(),
  roomId: v.string(),
  /** null = every name that no other user has; '' = people without a name. */
  name: v.nullable(v.string()),
  /** How the password is kept; `wildcard` takes every one, null = nobody comes in with one. Never the password. */
  password: v.nullable(v.picklist(['pbkdf2', 'bcrypt', 'wildcard'])),
  role: v.nullable(v.picklist(roleNames)),
  permissions: v.array(v.picklist(grants)),
  /** They ran the Galene group that the room was; it gives nothing here. */
  groupAdmin: v.boolean(),
  /** Their link's. */
  state: v.picklist(linkStates),
  createdAt: v.string(),
  updatedAt: v.string(),
})
export type RoomUser = v.InferOutput<typeof RoomUser>

export const RoomUserList = v.object({ items: v.array(RoomUser), next: v.null() })

const fields = {
  password: v.optional(v.nullable(newPassword)),
  /** Every password is right. */
  anyPassword: v.optional(v.literal(true, 'must be true or left out')),
  role: v.optional(v.picklist(roleNames, `must be one of ${roleNames.join(', ')}`)),
  permissions: v.optional(
    v.pipe(
      v.array(v.picklist(grants, `must be one of ${grants.join(', ')}`), 'must be a list'),
      v.maxLength(grants.length, `must have at most ${grants.length} entries`),
    ),
  ),
}
/** `POST /api/rooms/:id/users`. Without role and permissions an observer, without a password nobody comes in. */
export const NewRoomUser = v.pipe(
  v.strictObject({ name: v.nullable(roomUserName), ...fields }),
  v.forward(
    v.check(u => !(u.role && u.permissions), 'cannot be given together with role'),
    ['permissions'],
  ),
  v.forward(
    v.check(u => !(u.anyPassword && u.password !== undefined), 'cannot be given together with password'),
    ['anyPassword'],
  ),
)
export type NewRoomUser = v.InferOutput<typeof NewRoomUser>

/** `PATCH /api/rooms/:id/users/:linkId`. `revoked: true` keeps them out, `false` lets them in again. */
export const RoomUserChange = v.pipe(
  v.strictObject({ ...fields, revoked: v.optional(v.boolean('must be true or false')) }),
  v.forward(
    v.check(u => !(u.role && u.permissions), 'cannot be given together with role'),
    ['permissions'],
  ),
  v.forward(
    v.check(u => !(u.anyPassword && u.password !== undefined), 'cannot be given together with password'),
    ['anyPassword'],
  ),
)
export type RoomUserChange = v.InferOutput<typeof RoomUserChange>

/** `POST /api/room-users/password`: one's own. */
export const OwnPassword = v.strictObject({
  slug: v.pipe(v.string('must be text'), v.maxLength(64, 'must have at most 64 characters')),
  username: roomUserName,
  password: v.pipe(v.string('must be text'), v.maxLength(500, 'must have at most 500 characters')),
  newPassword,
})

import * as v from 'valibot'
import { flag, line } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { mailAddress } from '../net/mail.ts'
import { roles } from './rights.ts'

/** `invited` until they have a passkey or have signed in; `disabled` keeps everything and admits nothing. */
const userStates = ['invited', 'active', 'disabled'] as const

const time = v.nullable(v.string())

export const User = v.object({
  id: v.string(),
  name: v.string(),
  email: v.nullable(v.string()),
  role: v.picklist(roles),
  state: v.picklist(userStates),
  /** Signs in through the identity provider; the role follows its allow-list at every sign-in. */
  oidc: v.boolean(),
  passkeys: v.number(),
  sessions: v.number(),
  lastSeenAt: time,
  /** Until when the open invitation can be used; null when there is none. */
  invitationEndsAt: time,
  createdAt: v.string(),
  updatedAt: v.string(),
})
export type User = v.InferOutput<typeof User>

/** A link that makes a passkey, once. The secret is in its fragment and is shown now only. */
export const Invitation = v.object({ url: v.string(), expiresAt: v.string() })
export type Invitation = v.InferOutput<typeof Invitation>

export const InvitedUser = v.object({ user: User, invitation: Invitation })
export type InvitedUser = v.InferOutput<typeof InvitedUser>

const role = v.picklist(roles, `must be one of ${roles.join(', ')}`)

/** `POST /api/users`. A guest needs an address: rooms invite by it. */
export const NewUser = v.pipe(
  v.strictObject({ name: line(80), email: v.optional(v.nullable(mailAddress)), role }),
  v.forward(
    v.check(user => user.role !== 'guest' || !!user.email, 'is required for a guest: rooms invite by it'),
    ['email'],
  ),
)
export type NewUser = v.InferOutput<typeof NewUser>

/** `PATCH /api/users/:id`. `disabled: true` signs them out everywhere at once. */
export const UserChange = v.strictObject({
  name: v.optional(line(80)),
  email: v.optional(v.nullable(mailAddress)),
  role: v.optional(role),
  disabled: v.optional(flag),
})
export type UserChange = v.InferOutput<typeof UserChange>

export const UserQuery = v.strictObject(page)
export const UserList = v.object({ items: v.array(User), next: v.nullable(v.string()) })
export type UserList = v.InferOutput<typeof UserList>

import type { NewUser, User, UserChange } from '../api/client.ts'
import type { Fault } from '../forms/faults.ts'
import { isEmail } from '../forms/mail.ts'
import type { Role } from './roles.ts'

/** A user as their form holds them. */
export type UserDraft = { name: string; email: string; role: Role }

export const emptyUserDraft: UserDraft = { name: '', email: '', role: 'operator' }

export const userDraft = (user: User): UserDraft => ({
  name: user.name,
  email: user.email ?? '',
  role: user.role,
})

/** The server's limits: worker/users/schema.ts. A guest without an address could not be invited by any room. */
export function userFaults(draft: UserDraft): Partial<Record<keyof UserDraft, Fault>> {
  const faults: Partial<Record<keyof UserDraft, Fault>> = {}
  const name = draft.name.trim()
  const email = draft.email.trim()
  if (name === '') faults.name = { is: 'empty' }
  else if (name.length > 80) faults.name = { is: 'too-long', max: 80 }
  if (email === '' ? draft.role === 'guest' : !isEmail(email))
    faults.email = { is: email === '' ? 'empty' : 'email' }
  return faults
}

/** A form without faults → the body of `POST /api/users`. */
export const newUserBody = (draft: UserDraft): NewUser => ({
  name: draft.name.trim(),
  email: draft.email.trim() || null,
  role: draft.role,
})

/** What differs between two versions of a form → the body of `PATCH /api/users/:id`. */
export function userChangeBody(base: UserDraft, draft: UserDraft): UserChange {
  const body: UserChange = {}
  if (draft.name.trim() !== base.name.trim()) body.name = draft.name.trim()
  if (draft.email.trim().toLowerCase() !== base.email.trim().toLowerCase())
    body.email = draft.email.trim() || null
  if (draft.role !== base.role) body.role = draft.role
  return body
}

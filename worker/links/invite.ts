import * as v from 'valibot'
import { line } from '../http/fields.ts'
import { mailAddress, mailDomain } from '../net/mail.ts'

/** Who may come in by signing in: one address, every address of a domain, or a group as the provider names it. */
export const inviteKinds = ['email', 'domain', 'group'] as const
export type InviteKind = (typeof inviteKinds)[number]

/**
 * Who somebody is as far as lists of people know: an address that is theirs beyond doubt, and the groups they are in.
 * An address that the provider does not vouch for never gets here.
 */
export interface Invitee {
  /** As {@link mailAddressOf} writes it. */
  email: string | undefined
  groups: readonly string[]
}

/** Compared as it is, letter for letter. */
export const inviteGroup = line(256)

/** One of the three, its value in the form that is stored. */
export const Invite = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('email'), value: mailAddress }),
    v.strictObject({ kind: v.literal('domain'), value: mailDomain }),
    v.strictObject({ kind: v.literal('group'), value: inviteGroup }),
  ],
  `must have a kind (${inviteKinds.join(', ')}) and a value`,
)
export type Invite = v.InferOutput<typeof Invite>

import * as v from 'valibot'
import { line } from '../http/fields.ts'

/** Who may come in by signing in: one address, every address of a domain, or a group as the provider names it. */
export const inviteKinds = ['email', 'domain', 'group'] as const
export type InviteKind = (typeof inviteKinds)[number]

/**
 * Who somebody is as far as lists of people know: an address that is theirs beyond doubt, and the groups they are in.
 * An address that the provider does not vouch for never gets here.
 */
export interface Invitee {
  /** As {@link addressOf} writes it. */
  email: string | undefined
  groups: readonly string[]
}

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const DOMAIN = `${LABEL}(\\.${LABEL})+`
/** One @, so that nobody can differ about which part is the domain. */
const ADDRESS = new RegExp(`^[^\\s@"<>()[\\],;:\\\\\\p{Cc}\\p{Cs}]{1,64}@${DOMAIN}$`, 'u')

/**
 * Only A to Z become lower case. Unicode's own rule also turns other letters into ASCII ones (the Kelvin sign into k),
 * and then two people's addresses would be one.
 */
const lowered = (text: string): string => text.replace(/[A-Z]+/g, letters => letters.toLowerCase())

/** An address in the one form that is stored and compared, or undefined when it is none. */
export function addressOf(text: string): string | undefined {
  const address = lowered(text)
  return address.length <= 254 && ADDRESS.test(address) ? address : undefined
}

/** The part of an {@link addressOf} after its @. */
export const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1)

export const inviteEmail = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.check(text => addressOf(text) !== undefined, 'must be an e-mail address'),
  v.transform(lowered),
)

/** With or without an @ before it. */
export const inviteDomain = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.transform(text => lowered(text.replace(/^@/, ''))),
  v.maxLength(253, 'must be a domain such as example.com'),
  v.regex(new RegExp(`^${DOMAIN}$`), 'must be a domain such as example.com'),
)

/** Compared as it is, letter for letter. */
export const inviteGroup = line(256)

/** One of the three, its value in the form that is stored. */
export const Invite = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('email'), value: inviteEmail }),
    v.strictObject({ kind: v.literal('domain'), value: inviteDomain }),
    v.strictObject({ kind: v.literal('group'), value: inviteGroup }),
  ],
  `must have a kind (${inviteKinds.join(', ')}) and a value`,
)
export type Invite = v.InferOutput<typeof Invite>

import * as v from 'valibot'
import { type Invitee, inviteGroup } from '../links/invite.ts'
import { mailAddress, mailDomain, mailDomainOf } from '../net/mail.ts'

/** Roles that a provider's word can give, strongest first. An owner is never made by somebody else's server. */
export const allowedRoles = ['admin', 'operator'] as const
export type AllowedRole = (typeof allowedRoles)[number]

const role = v.picklist(allowedRoles, `must be one of ${allowedRoles.join(', ')}`)

/** Who may sign in, and as what. */
export const AllowEntry = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('email'), value: mailAddress, role }),
    v.strictObject({ kind: v.literal('domain'), value: mailDomain, role }),
    v.strictObject({ kind: v.literal('group'), value: inviteGroup, role }),
  ],
  'must have a kind (email, domain, group), a value and a role',
)
export type AllowEntry = v.InferOutput<typeof AllowEntry>

/** The strongest role that somebody has by the list, or undefined: an empty list admits nobody. */
export function roleOf(who: Invitee, list: readonly AllowEntry[]): AllowedRole | undefined {
  return allowedRoles.find(role => list.some(entry => entry.role === role && names(entry, who)))
}

function names({ kind, value }: AllowEntry, { email, groups }: Invitee): boolean {
  if (kind === 'group') return groups.includes(value)
  if (email === undefined) return false
  return kind === 'email' ? value === email : value === mailDomainOf(email)
}

/**
 * The list as it is written in the environment: `admin:ada@example.com, operator:@example.com, operator:group=colour`.
 * Each entry that is not one adds a line to `problems`, which says where it stands and does not repeat it.
 */
export function parseAllow(text: string, problems: string[]): AllowEntry[] {
  const list: AllowEntry[] = []
  for (const [index, item] of text.split(',').entries()) {
    if (!item.trim()) continue
    const [, role, group, domain, email] = /^\s*(\w+)\s*:\s*(?:group=(.+)|(@[^=]*)|(.*))$/su.exec(item) ?? []
    const value = group ?? domain ?? email ?? ''
    const kind = group !== undefined ? 'group' : domain !== undefined ? 'domain' : 'email'
    const entry = v.safeParse(AllowEntry, { kind, value, role })
    if (entry.success) list.push(entry.output)
    else
      problems.push(
        `OIDC_ALLOW: entry ${index + 1} must be admin: or operator: before an address, an @domain or group=name.`,
      )
  }
  return list
}

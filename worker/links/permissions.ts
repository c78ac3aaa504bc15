/** What a person may do beyond watching, which is implied (Galene's op, present, message, observe, caption are covered). */
export const grants = ['op', 'present', 'message', 'annotate', 'caption', 'token', 'record'] as const
export type Grant = (typeof grants)[number]

/** Presets: names for usual grant sets. */
export const roles = {
  host: grants,
  presenter: ['present', 'message', 'annotate'],
  reviewer: ['message', 'annotate'],
  observer: [],
  captioner: ['caption'],
} as const satisfies Record<string, readonly Grant[]>
export type Role = keyof typeof roles
export const roleNames = Object.keys(roles) as [Role, ...Role[]]

/** The grants of a link as stored: a preset's, or the explicit set without doubles in the usual order. */
export function grantSet(role: Role | undefined, permissions: readonly Grant[] | undefined): Grant[] {
  if (permissions) return grants.filter(g => permissions.includes(g))
  return role ? [...roles[role]] : []
}

/** Whether two sets in the usual order are the same. */
export const sameGrants = (a: readonly Grant[], b: readonly Grant[]): boolean =>
  a.length === b.length && a.every((grant, i) => grant === b[i])

/** The preset that gives just these, in the usual order; null = none does. */
export const roleOf = (permissions: readonly Grant[]): Role | null =>
  roleNames.find(name => sameGrants(roles[name], permissions)) ?? null

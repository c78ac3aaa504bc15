/**
 * The rights matrix: the one table of what each role may do. docs/hardening.md shows it, a test walks every route with
 * every role through it. A grant that is not here does not exist.
 */
export const roles = ['owner', 'admin', 'operator', 'guest'] as const
export type Role = (typeof roles)[number]

/** Right → what it allows, and the roles that have it. Guests have none: they only watch what they are invited to. */
const matrix = {
  'rooms:read': {
    says: 'See rooms, their state and who holds a seat',
    roles: ['owner', 'admin', 'operator'],
  },
  'rooms:write': { says: 'Make, change and end rooms', roles: ['owner', 'admin', 'operator'] },
  'rooms:delete': { says: 'Delete rooms with all that is in them', roles: ['owner', 'admin'] },
  ingest: { says: 'See and change ingest keys', roles: ['owner', 'admin', 'operator'] },
  'links:read': {
    says: 'See links, secrets included, and the people of a room',
    roles: ['owner', 'admin', 'operator'],
  },
  'links:write': {
    says: 'Make, change and revoke links, let people in and remove them',
    roles: ['owner', 'admin', 'operator'],
  },
  'links:everywhere': { says: 'Make links that open every room', roles: ['owner'] },
  'attendance:read': { says: 'See who was in a room, and when', roles: ['owner', 'admin', 'operator'] },
  'users:read': { says: 'See who can sign in', roles: ['owner', 'admin'] },
  'users:write': {
    says: 'Invite, change, disable and remove users up to their own role',
    roles: ['owner', 'admin'],
  },
  keys: { says: 'Make and revoke API keys no stronger than themselves', roles: ['owner', 'admin'] },
  blocks: { says: 'Block addresses and lift blocks', roles: ['owner', 'admin'] },
  'audit:read': { says: 'Read and export the audit', roles: ['owner', 'admin'] },
  settings: { says: 'Change how people sign in', roles: ['owner'] },
  metrics: { says: 'Read counters for monitoring', roles: ['owner', 'admin'] },
  /** One's own passkeys and sessions. No API key ever has it. */
  account: { says: 'See and change their own passkeys and sessions', roles: ['owner', 'admin', 'operator'] },
} as const satisfies Record<string, { says: string; roles: readonly Role[] }>

export type Right = keyof typeof matrix

export const rights = Object.keys(matrix) as Right[]

/** What an API key can be given: everything but what belongs to a person. */
export const keyRights = rights.filter(right => right !== 'account')

/** What a right allows, in words, for documents and pages. */
export const describeRight = (right: Right): string => matrix[right].says

/** The roles that have a right. */
export const rolesWith = (right: Right): Role[] => [...matrix[right].roles]

export const rightsOf = (role: Role): ReadonlySet<Right> =>
  new Set(rights.filter(right => (matrix[right].roles as readonly Role[]).includes(role)))

/** Strength of roles, weakest first. */
const strength = (role: Role): number => roles.length - roles.indexOf(role)

/**
 * Whether somebody may make, change or remove a user: nobody touches a role above their own, and owners are made and
 * changed by owners alone. `after` is the role the change gives; the same as `before` when it leaves it.
 */
export const mayManage = (own: Role, before: Role, after: Role): boolean =>
  rightsOf(own).has('users:write') &&
  [before, after].every(role => strength(role) <= strength(own) && (role !== 'owner' || own === 'owner'))

/**
 * Whether a machine may: as an admin would, and only users whose every right it has itself, but for what belongs to a
 * person. Else a key with `users:write` alone would make itself an admin, and have all that it was not given.
 */
export const machineMayManage = (held: ReadonlySet<Right>, before: Role, after: Role): boolean =>
  mayManage('admin', before, after) &&
  [before, after].every(role => keyRights.every(right => !rightsOf(role).has(right) || held.has(right)))

import { type Grant, grants, type Role, roleOf, sameGrants } from '../links/permissions.ts'

/** What Galene calls its sets of permissions. */
export const galeneSets = ['op', 'present', 'message', 'observe', 'caption', 'admin'] as const
/** What may stand in an explicit list. */
export const galenePermissions = [
  'op',
  'present',
  'message',
  'observe',
  'caption',
  'admin',
  'token',
  'record',
] as const

export type GalenePermission = (typeof galenePermissions)[number]
export type GalenePermissions = (typeof galeneSets)[number] | GalenePermission[]

/** What a group says of its sets. */
export interface SetFlags {
  /** Operators may record. */
  allowRecording: boolean
  /** Presenters may invite. */
  presentersInvite: boolean
}

/** Permissions of somebody in one of our rooms; `admin`: they ran the group over its API, and get no such right here. */
export interface RoomGrants {
  permissions: Grant[]
  /** The preset that is the same, if one is. */
  role: Role | null
  admin: boolean
}

/** What a group's administrator gets here, so that they are not less than its operators. */
const OF_ADMIN: readonly Grant[] = ['op', 'token']

function members(named: (typeof galeneSets)[number], flags: SetFlags): GalenePermission[] {
  switch (named) {
    case 'op':
      return [
        'op',
        'present',
        'message',
        'caption',
        'token',
        ...(flags.allowRecording ? ['record' as const] : []),
      ]
    case 'present':
      return ['present', 'message', ...(flags.presentersInvite ? ['token' as const] : [])]
    case 'observe':
      return []
    default:
      return [named]
  }
}

/** Whoever may write may draw too: Galene has no notes on the picture. `observe` is what everybody may. */
export function grantsOf(given: GalenePermissions, flags: SetFlags): RoomGrants {
  const list: readonly string[] = typeof given === 'string' ? members(given, flags) : given
  const admin = list.includes('admin')
  const wanted: string[] = [
    ...list,
    ...(admin ? OF_ADMIN : []),
    ...(list.includes('message') ? ['annotate'] : []),
  ]
  const permissions = grants.filter(grant => wanted.includes(grant))
  return { permissions, role: roleOf(permissions), admin }
}

/** The other way round: the name of a set if one is the same, else the list. */
export function galeneOf(permissions: readonly Grant[], admin: boolean, flags: SetFlags): GalenePermissions {
  const known = permissions.filter(grant => grant !== 'annotate')
  const named = galeneSets.find(name => {
    const set = grantsOf(name, flags)
    return (
      set.admin === admin &&
      sameGrants(
        set.permissions.filter(grant => grant !== 'annotate'),
        known,
      )
    )
  })
  return named ?? [...(admin ? (['admin'] as const) : []), ...known]
}

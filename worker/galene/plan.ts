import type { Grant, Role } from '../links/permissions.ts'
import type { RoomJwk } from '../room-users/jwk.ts'
import type { NewRoom } from '../rooms/schema.ts'
import type { Definition } from './definition.ts'
import { grantsOf, type SetFlags } from './permissions.ts'
import type { GaleneUser, GivenPassword } from './user.ts'

/** The room's fields as the API names them; times and lengths in ms. */
export interface RoomPlan {
  title: string
  description: string
  startsAt: number | null
  endsAt: number | null
  maxViewers: number | null
  chatHistoryMs: number | null
  autolock: boolean
  autokick: boolean
  public: boolean
  contact: string
  comment: string
  presentersInvite: boolean
  allowRecording: boolean
  allowAnonymous: boolean
  autoSubrooms: boolean
  redirect: string | null
  codecs: NonNullable<NewRoom['codecs']> | null
  authServer: string | null
  authPortal: string | null
}

/** Somebody who joins with a name and a password. */
export interface UserPlan<P = GivenPassword> {
  /** null = every name that no other user has; '' = people without a name. */
  name: string | null
  /** null = nobody comes in with one. */
  password: P | null
  permissions: Grant[]
  role: Role | null
  /** They ran the group over Galene's API. */
  admin: boolean
}

/** What a group becomes, and what it is made of again. */
export interface GroupPlan<P = GivenPassword> {
  room: RoomPlan
  users: UserPlan<P>[]
  keys: RoomJwk[]
}

/** Galene's own, in seconds. */
export const USUAL_HISTORY = 14_400
/** Chat kept for so many seconds or longer is kept as long as the room. */
export const WHOLE_LIFE = 315_360_000

/** @param name the group's, for one that has no name to show */
export function planOf(d: Definition, name: string): GroupPlan {
  const flags: SetFlags = {
    allowRecording: d['allow-recording'] ?? false,
    presentersInvite: d['unrestricted-tokens'] ?? false,
  }
  const history = d['max-history-age'] || USUAL_HISTORY
  const user = (name: string | null, { password, permissions }: GaleneUser): UserPlan => ({
    name,
    password: password ?? null,
    ...grantsOf(permissions, flags),
  })
  return {
    room: {
      title: d.displayName || name,
      description: d.description ?? '',
      startsAt: d['not-before'] ?? null,
      endsAt: d.expires ?? null,
      maxViewers: d['max-clients'] || null,
      chatHistoryMs: history >= WHOLE_LIFE ? null : history * 1000,
      autolock: d.autolock ?? false,
      autokick: d.autokick ?? false,
      public: d.public ?? false,
      contact: d.contact ?? '',
      comment: d.comment ?? '',
      presentersInvite: flags.presentersInvite,
      allowRecording: flags.allowRecording,
      allowAnonymous: d['allow-anonymous'] ?? false,
      autoSubrooms: (d['auto-subgroups'] || d['allow-subgroups']) ?? false,
      redirect: d.redirect || null,
      codecs: d.codecs?.length ? d.codecs : null,
      authServer: d.authServer || null,
      authPortal: d.authPortal || null,
    },
    users: [
      ...(d.users ?? []).map(([name, own]) => user(name, own)),
      ...(d['wildcard-user'] ? [user(null, d['wildcard-user'])] : []),
      ...obsolete(d).map(({ name, own }) => user(name, own)),
    ],
    keys: d.authKeys ?? [],
  }
}

/** What the lists of old give. */
const lists = { op: 'op', presenter: 'present', other: 'message' } as const

/** The users of the obsolete lists, with where each stands in the file. */
export function obsolete(d: Definition): { name: string | null; own: GaleneUser; path: string }[] {
  return Object.entries(lists).flatMap(([list, permissions]) =>
    (d[list as keyof typeof lists] ?? []).map(
      ({ username, password = { type: 'wildcard' as const } }, i) => ({
        name: username || null,
        own: { password, permissions },
        path: `${list}.${i}`,
      }),
    ),
  )
}

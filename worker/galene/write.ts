import type { RoomJwk } from '../room-users/jwk.ts'
import type { StoredPassword } from '../room-users/password.ts'
import { galeneCodecs } from './definition.ts'
import { type GalenePermissions, galeneOf, type SetFlags } from './permissions.ts'
import { type GroupPlan, USUAL_HISTORY, type UserPlan, WHOLE_LIFE } from './plan.ts'

interface WrittenUser {
  password?: StoredPassword
  permissions: GalenePermissions
}

/** A definition that Galene reads: what is as usual is left out, nothing obsolete is in it, no password in plain. */
export type Written = Record<string, unknown> & {
  users?: Record<string, WrittenUser>
  'wildcard-user'?: WrittenUser
  authKeys?: RoomJwk[]
}

/** @param name the group's: a title that is the same need not be said */
export function definitionOf({ room, users, keys }: GroupPlan<StoredPassword>, name: string): Written {
  const flags: SetFlags = room
  const named = users.filter(user => user.name !== null)
  const everybodyElse = users.find(user => user.name === null)
  return said({
    displayName: room.title === name ? '' : room.title,
    description: room.description,
    contact: room.contact,
    comment: room.comment,
    public: room.public,
    redirect: room.redirect,
    codecs: codecsOf(room.codecs),
    'max-clients': room.maxViewers,
    'max-history-age': historyOf(room.chatHistoryMs),
    'not-before': time(room.startsAt),
    expires: time(room.endsAt),
    'allow-recording': room.allowRecording,
    'unrestricted-tokens': room.presentersInvite,
    'allow-anonymous': room.allowAnonymous,
    'auto-subgroups': room.autoSubrooms,
    autolock: room.autolock,
    autokick: room.autokick,
    authServer: room.authServer,
    authPortal: room.authPortal,
    authKeys: keys.length ? keys : null,
    users: named.length ? Object.fromEntries(named.map(user => [user.name!, userOf(user, flags)])) : null,
    'wildcard-user': everybodyElse ? userOf(everybodyElse, flags) : null,
  })
}

const userOf = (
  { password, permissions, admin }: UserPlan<StoredPassword>,
  flags: SetFlags,
): WrittenUser => ({
  ...(password ? { password } : {}),
  permissions: galeneOf(permissions, admin, flags),
})

/** In whole seconds; null where it is Galene's own. */
function historyOf(ms: number | null): number | null {
  const seconds = ms === null ? WHOLE_LIFE : Math.ceil(ms / 1000)
  return seconds === USUAL_HISTORY ? null : seconds
}

/** Only those that Galene knows. */
function codecsOf(codecs: readonly string[] | null): string[] | null {
  const known = (codecs ?? []).filter(codec => (galeneCodecs as readonly string[]).includes(codec))
  return known.length ? known : null
}

const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

/** Without what says nothing. */
const said = (fields: Record<string, unknown>): Written =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== '' && value !== false),
  )

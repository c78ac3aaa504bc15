import * as v from 'valibot'
import { flag, instant, line, whole } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { watermarkGiven, watermarkModes } from '../watermark/watermark.ts'
import { Invite, inviteKinds } from './invite.ts'
import { grants, roleNames } from './permissions.ts'

export const linkStates = ['active', 'scheduled', 'ended', 'used-up', 'revoked'] as const
export type LinkState = (typeof linkStates)[number]

/** Where a link lets people in: the room itself, its sub-rooms too, or every room there is. */
export const linkOpens = ['room', 'subrooms', 'everything'] as const
export type LinkOpens = (typeof linkOpens)[number]

const time = v.nullable(v.string())

export const Link = v.object({
  id: v.string(),
  roomId: v.string(),
  label: v.string(),
  role: v.nullable(v.picklist(roleNames)),
  permissions: v.array(v.picklist(grants)),
  /** Everybody who joins through it has this name; null = not fixed. */
  name: v.nullable(v.string()),
  /** The page asks for a name. Meaningless with a fixed one. */
  askName: v.boolean(),
  /** Whether a PIN is asked for; the PIN itself is not kept. */
  pin: v.boolean(),
  startsAt: time,
  endsAt: time,
  maxUses: v.nullable(v.number()),
  uses: v.number(),
  maxDevices: v.nullable(v.number()),
  /** Seats held through it now. */
  seats: v.number(),
  state: v.picklist(linkStates),
  /** Who comes in through it by signing in; null = who has its address. */
  invite: v.nullable(v.object({ kind: v.picklist(inviteKinds), value: v.string() })),
  /** The review link, secret in its fragment; null for an invitation, which has none. */
  url: v.nullable(v.string()),
  /** Who comes through it waits until a host lets them in, whatever the room says. */
  waitingRoom: v.boolean(),
  opens: v.picklist(linkOpens),
  /** How the picture of who comes through it is marked; null = as the room says. */
  watermark: v.nullable(v.picklist(watermarkModes)),
  /** The person of the room who made it; null = staff. */
  madeBy: v.nullable(v.object({ id: v.string(), name: v.string() })),
  createdAt: v.string(),
  updatedAt: v.string(),
  revokedAt: time,
})
export type Link = v.InferOutput<typeof Link>

const pin = v.pipe(v.string('must be text'), v.regex(/^\d{4,12}$/, 'must be 4 to 12 digits'))

const fields = {
  name: v.optional(v.nullable(line(80))),
  askName: v.optional(flag),
  pin: v.optional(v.nullable(pin)),
  startsAt: v.optional(v.nullable(instant)),
  endsAt: v.optional(v.nullable(instant)),
  maxUses: v.optional(v.nullable(whole(1, 1_000_000))),
  maxDevices: v.optional(v.nullable(whole(1, 100_000))),
  waitingRoom: v.optional(flag),
  watermark: v.optional(v.nullable(watermarkGiven)),
  opens: v.optional(v.picklist(linkOpens, `must be one of ${linkOpens.join(', ')}`)),
}
const role = v.optional(v.picklist(roleNames, `must be one of ${roleNames.join(', ')}`))
const permissions = v.optional(
  v.pipe(
    v.array(v.picklist(grants, `must be one of ${grants.join(', ')}`), 'must be a list'),
    v.maxLength(grants.length, `must have at most ${grants.length} entries`),
  ),
)

/** An invitation takes neither name nor PIN: the provider says who somebody is, and signing in is more than a PIN. */
export const NOT_FOR_INVITATIONS = 'cannot be given for an invitation'

/**
 * `POST /api/rooms/:id/links`: a role or an explicit grant set, not both; neither is an observer. With `invite` it is an
 * invitation for people who sign in.
 */
export const NewLink = v.pipe(
  v.strictObject({ label: line(80), role, permissions, ...fields, invite: v.optional(Invite) }),
  v.forward(
    v.check(l => !(l.role && l.permissions), 'cannot be given together with role'),
    ['permissions'],
  ),
  v.forward(
    v.check(l => !(l.invite && l.name), NOT_FOR_INVITATIONS),
    ['name'],
  ),
  v.forward(
    v.check(l => !(l.invite && l.askName), NOT_FOR_INVITATIONS),
    ['askName'],
  ),
  v.forward(
    v.check(l => !(l.invite && l.pin), NOT_FOR_INVITATIONS),
    ['pin'],
  ),
)
export type NewLink = v.InferOutput<typeof NewLink>

/** `PATCH …/links/:linkId`. `revoked: true` revokes it, `false` gives it back. Whom it invites stays. */
export const LinkChange = v.pipe(
  v.strictObject({
    label: v.optional(line(80)),
    role,
    permissions,
    ...fields,
    revoked: v.optional(flag),
  }),
  v.forward(
    v.check(l => !(l.role && l.permissions), 'cannot be given together with role'),
    ['permissions'],
  ),
)
export type LinkChange = v.InferOutput<typeof LinkChange>

export const LinkQuery = v.strictObject(page)
export const LinkList = v.object({ items: v.array(Link), next: v.nullable(v.string()) })
export type LinkList = v.InferOutput<typeof LinkList>

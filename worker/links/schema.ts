import * as v from 'valibot'
import { instant, line, whole } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { grants, roleNames } from './permissions.ts'

export const linkStates = ['active', 'scheduled', 'ended', 'used-up', 'revoked'] as const
export type LinkState = (typeof linkStates)[number]

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
  /** The review link, secret in its fragment. */
  url: v.string(),
  createdAt: v.string(),
  updatedAt: v.string(),
  revokedAt: time,
})
export type Link = v.InferOutput<typeof Link>

const pin = v.pipe(v.string('must be text'), v.regex(/^\d{4,12}$/, 'must be 4 to 12 digits'))

const fields = {
  name: v.optional(v.nullable(line(80))),
  askName: v.optional(v.boolean('must be true or false')),
  pin: v.optional(v.nullable(pin)),
  startsAt: v.optional(v.nullable(instant)),
  endsAt: v.optional(v.nullable(instant)),
  maxUses: v.optional(v.nullable(whole(1, 1_000_000))),
  maxDevices: v.optional(v.nullable(whole(1, 100_000))),
}
const role = v.optional(v.picklist(roleNames, `must be one of ${roleNames.join(', ')}`))
const permissions = v.optional(
  v.pipe(
    v.array(v.picklist(grants, `must be one of ${grants.join(', ')}`), 'must be a list'),
    v.maxLength(grants.length, `must have at most ${grants.length} entries`),
  ),
)

/** `POST /api/rooms/:id/links`: a role or an explicit grant set, not both; neither is an observer. */
export const NewLink = v.pipe(
  v.strictObject({ label: line(80), role, permissions, ...fields }),
  v.forward(
    v.check(l => !(l.role && l.permissions), 'cannot be given together with role'),
    ['permissions'],
  ),
)
export type NewLink = v.InferOutput<typeof NewLink>

/** `PATCH …/links/:linkId`. `revoked: true` revokes it, `false` gives it back. */
export const LinkChange = v.pipe(
  v.strictObject({
    label: v.optional(line(80)),
    role,
    permissions,
    ...fields,
    revoked: v.optional(v.boolean('must be true or false')),
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

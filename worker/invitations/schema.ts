import * as v from 'valibot'
import { instant, line, whole } from '../http/fields.ts'
import { grants, roleNames } from '../links/permissions.ts'
import { Link } from '../links/schema.ts'

/**
 * `POST /api/room/links`: a link that somebody in the room makes. A role or an explicit grant set, none of it more than
 * they hold themselves; neither is a reviewer, as far as they are one. It lasts a day unless `endsAt` says otherwise, and
 * never longer than their own.
 */
export const NewInvitation = v.pipe(
  v.strictObject({
    label: v.optional(line(80)),
    /** Everybody who joins through it has this name; without it each is asked for one. */
    name: v.optional(line(80)),
    role: v.optional(v.picklist(roleNames, `must be one of ${roleNames.join(', ')}`)),
    permissions: v.optional(
      v.pipe(
        v.array(v.picklist(grants, `must be one of ${grants.join(', ')}`), 'must be a list'),
        v.maxLength(grants.length, `must have at most ${grants.length} entries`),
      ),
    ),
    startsAt: v.optional(instant),
    endsAt: v.optional(instant),
    maxUses: v.optional(whole(1, 1_000_000)),
    /** `subrooms`: only from who comes into them. */
    opens: v.optional(v.picklist(['room', 'subrooms'], 'must be room or subrooms')),
  }),
  v.forward(
    v.check(l => !(l.role && l.permissions), 'cannot be given together with role'),
    ['permissions'],
  ),
)
export type NewInvitation = v.InferOutput<typeof NewInvitation>

/** `PATCH /api/room/links/:linkId`: a new end. */
export const InvitationChange = v.strictObject({ endsAt: instant })
export type InvitationChange = v.InferOutput<typeof InvitationChange>

/** A link as somebody in its room sees it. `url` is null for one that may more than they do. */
export const Invitation = v.pick(Link, [
  'id',
  'label',
  'role',
  'permissions',
  'name',
  'startsAt',
  'endsAt',
  'maxUses',
  'uses',
  'state',
  'opens',
  'madeBy',
  'createdAt',
  'url',
])
export type Invitation = v.InferOutput<typeof Invitation>

export const InvitationList = v.object({ items: v.array(Invitation), next: v.null() })
export type InvitationList = v.InferOutput<typeof InvitationList>

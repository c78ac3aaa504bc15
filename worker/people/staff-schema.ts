import * as v from 'valibot'
import { line } from '../http/fields.ts'
import { grants, roleNames } from '../links/permissions.ts'
import { watermarkGiven, watermarkModes } from '../watermark/watermark.ts'

/** What staff see of a room's people, and do to them without being in the room. */

/** Somebody who is in the room, before its door, or was removed. */
const ListedPerson = v.object({
  id: v.string(),
  name: v.string(),
  link: v.object({ id: v.string(), label: v.string() }),
  /** A preset's name, or null for a set of permissions of its own. */
  role: v.nullable(v.picklist(roleNames)),
  permissions: v.array(v.picklist(grants)),
  state: v.picklist(['here', 'waiting', 'removed']),
  /** What keeps them before the door; null unless they wait. */
  waitingFor: v.nullable(v.picklist(['start', 'admission', 'unlock', 'host'])),
  /** A page of theirs is connected. Who waits may have gone away again, and comes in when they are back. */
  connected: v.boolean(),
  /** When they came, knocked, or were removed. */
  since: v.string(),
  /** How their picture is marked; null = as their link says, and the room after it. */
  watermark: v.nullable(v.picklist(watermarkModes)),
  /** What was written to who was removed. */
  reason: v.nullable(v.string()),
})
export type ListedPerson = v.InferOutput<typeof ListedPerson>

export const PeopleList = v.object({ items: v.array(ListedPerson), next: v.null() })
export type PeopleList = v.InferOutput<typeof PeopleList>

/** How many were let in. */
export const Admitted = v.object({ admitted: v.number() })
export type Admitted = v.InferOutput<typeof Admitted>

/** `PUT …/people/:personId/watermark`. */
export const Marking = v.strictObject({ mode: v.nullable(watermarkGiven) })
export type Marking = v.InferOutput<typeof Marking>

const reason = v.optional(line(200))

/** `POST …/people/:personId/refuse`: away from the door, for good. They read the reason. */
export const Refusal = v.strictObject({ reason })

/** `POST …/people/:personId/kick`. `ban`: their link is closed for all, their addresses are kept out of the room. */
export const Kick = v.strictObject({
  reason,
  ban: v.optional(v.array(v.picklist(['link', 'address'], 'must be link or address'))),
})

import * as v from 'valibot'
import { line } from '../http/fields.ts'
import { Room } from '../rooms/schema.ts'

/** What a further stream shows: a camera in the room, or somebody's screen. */
const kinds = ['camera', 'screen'] as const
const kind = v.picklist(kinds, `must be one of ${kinds.join(', ')}`)
const label = line(40)

/** A stream of a room beside its programme, as staff see it. */
export const Stream = v.object({
  id: v.string(),
  kind: v.picklist(kinds),
  label: v.string(),
  /** While a publisher is admitted, as of a room. */
  live: Room.entries.live,
  createdAt: v.string(),
})
export type Stream = v.InferOutput<typeof Stream>

export const StreamList = v.object({ items: v.array(Stream), next: v.null() })
export type StreamList = v.InferOutput<typeof StreamList>

/** `POST /api/rooms/:id/streams`. No two of a room have one label. */
export const NewStream = v.strictObject({ label, kind })
export type NewStream = v.InferOutput<typeof NewStream>

/** `PATCH /api/rooms/:id/streams/:streamId`. */
export const StreamChange = v.strictObject({ label: v.optional(label), kind: v.optional(kind) })
export type StreamChange = v.InferOutput<typeof StreamChange>

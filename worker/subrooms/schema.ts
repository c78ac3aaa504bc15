import * as v from 'valibot'
import { line, slug } from '../http/fields.ts'
import { lockGiven, lockShown } from '../rooms/settings.ts'

/** A room within a room: the same picture, a conversation and a lock of its own, at `/r/room/name`. */
export const Subroom = v.object({
  name: v.string(),
  title: v.string(),
  lock: lockShown,
  createdAt: v.string(),
})
export type Subroom = v.InferOutput<typeof Subroom>

/** All of a room, by name: there are never many. */
export const SubroomList = v.object({ items: v.array(Subroom), next: v.null() })
export type SubroomList = v.InferOutput<typeof SubroomList>

/** `POST /api/rooms/:id/subrooms`. Without a title its name is shown. */
export const NewSubroom = v.strictObject({ name: slug, title: v.optional(line(200)), lock: lockGiven })
export type NewSubroom = v.InferOutput<typeof NewSubroom>

/** `PATCH …/subrooms/:name`. The name stays: its conversation and everybody's address hang on it. */
export const SubroomChange = v.strictObject({ title: v.optional(line(200)), lock: lockGiven })
export type SubroomChange = v.InferOutput<typeof SubroomChange>

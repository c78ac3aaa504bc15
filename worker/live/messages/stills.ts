import * as v from 'valibot'
import { id, named, Somebody } from './fields.ts'

/** The live channel's messages about the still that is shown to all. Part of `protocol.ts`. */

/** Both need `op` or `present`, and are answered by `done` or `refused`. */
export const stillsToServer = [
  /** One that the room keeps. It takes the place of what was shown before. */
  v.strictObject({ type: v.literal('still.show'), id, ...named }),
  v.strictObject({ type: v.literal('still.hide'), ...named }),
] as const

/** The still that everybody is shown over the picture; its file is at `GET /api/room/stills/:id`. */
export const ShownStill = v.strictObject({
  id: v.string(),
  name: v.string(),
  at: v.string(),
  /** Pixels. */
  width: v.number(),
  height: v.number(),
  /** Of which picture; null = the programme. */
  streamId: v.nullable(v.string()),
  /** Who shows it. */
  by: Somebody,
})
export type ShownStill = v.InferOutput<typeof ShownStill>

export const stillsToClient = [
  /** Null: none is shown any more. */
  v.strictObject({ type: v.literal('still.shown'), seq: v.number(), still: v.nullable(ShownStill) }),
] as const

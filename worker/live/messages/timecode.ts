import * as v from 'valibot'
import { framesPerDay, rates } from '../../../timecode/rate.ts'
import { whole } from '../../http/fields.ts'
import { named } from './fields.ts'

/** The live channel's messages about the timecode that the picture shows. Part of `protocol.ts`. */

export const rate = v.picklist(rates, 'must be a rate')

/** Frames since 00:00:00:00, of whatever rate; beyond the day of that rate it wraps. */
const frame = whole(0, framesPerDay('60') - 1)

/** Both need `op`. */
export const timecodeToServer = [
  /** The picture shows this frame `at` that instant: ms of the server's clock, the page's delay taken off already. */
  v.strictObject({
    type: v.literal('timecode.set'),
    rate,
    frame,
    at: whole(0, Number.MAX_SAFE_INTEGER),
    running: v.boolean('must be true or false'),
    ...named,
  }),
  v.strictObject({ type: v.literal('timecode.clear'), ...named }),
] as const

/** The room's clock, as everybody in it is told. `at`: ms of the server's clock. `by`: who set it, by name. */
export const RoomTimecode = v.strictObject({
  rate,
  frame: v.number(),
  at: v.number(),
  running: v.boolean(),
  by: v.string(),
})
export type RoomTimecode = v.InferOutput<typeof RoomTimecode>

import * as v from 'valibot'
import { rates } from '../../timecode/rate.ts'
import { instant } from '../http/fields.ts'
import { id, Somebody } from '../live/messages/fields.ts'

/** A room keeps at most so many stills. */
export const MAX_STILLS = 200

/** A name for a file on every system: no separators, no dot at the start. */
const name = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z0-9][\w.-]{0,119}$/i, 'must be 1 to 120 of A–Z, a–z, 0–9, dot, _ and -'),
  v.check(text => !text.toLowerCase().endsWith('.png'), 'must not have the ending .png'),
)

/** Frames from 00:00:00:00; a day at 60 a second. */
const frame = v.pipe(
  v.string('must be a whole number'),
  v.regex(/^\d{1,7}$/, 'must be a whole number'),
  v.transform(Number),
  v.maxValue(5_183_999, 'must be within a day'),
)

/** `POST /api/room/stills?…` with the PNG as its body: what the frame in it is. */
export const NewStill = v.pipe(
  v.strictObject({
    name,
    /** When the frame was made, on the server's clock. */
    at: instant,
    frame: v.optional(frame),
    rate: v.optional(v.picklist(rates, 'must be a frame rate')),
    /** Absent = the programme. */
    stream: v.optional(id),
  }),
  v.check(
    ({ frame, rate }) => (frame === undefined) === (rate === undefined),
    'frame and rate belong together',
  ),
)
export type NewStill = v.InferOutput<typeof NewStill>

/** A still that the room keeps. */
export const Still = v.object({
  id: v.string(),
  /** Of its file, without ending. */
  name: v.string(),
  by: v.object({ id: v.nullable(v.string()), name: Somebody.entries.name }),
  at: v.string(),
  frame: v.nullable(v.number()),
  rate: v.nullable(v.string()),
  streamId: v.nullable(v.string()),
  /** Pixels. */
  width: v.number(),
  height: v.number(),
  bytes: v.number(),
  createdAt: v.string(),
})
export type Still = v.InferOutput<typeof Still>

/** The youngest first. */
export const StillList = v.object({ items: v.array(Still), next: v.null() })
export type StillList = v.InferOutput<typeof StillList>

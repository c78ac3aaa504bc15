import * as v from 'valibot'
import { parseTimecode, type TimecodeFault } from '../../timecode/timecode.ts'
import { instant } from '../http/fields.ts'
import { rate } from '../live/messages/timecode.ts'

/** What timecode a room's picture shows: at an instant, and whether it runs from there. */
export const Timecode = v.object({
  rate,
  /** `HH:MM:SS:FF`; `HH:MM:SS;FF` at drop-frame rates. */
  timecode: v.string(),
  at: v.string(),
  running: v.boolean(),
  /** Who set it, by name. */
  by: v.string(),
})
export type Timecode = v.InferOutput<typeof Timecode>

const details: Record<TimecodeFault, string> = {
  form: 'must be HH:MM:SS:FF',
  separator: 'has a semicolon only at drop-frame rates',
  hours: 'has hours from 00 to 23',
  minutes: 'has minutes from 00 to 59',
  seconds: 'has seconds from 00 to 59',
  frames: 'has as many frames as the rate, from 00',
  dropped: 'is a label that drop-frame counting leaves out',
}

/** `PUT /api/rooms/:id/timecode`. Without `at` it is now. */
export const NewTimecode = v.pipe(
  v.strictObject({
    rate,
    timecode: v.string('must be HH:MM:SS:FF'),
    at: v.optional(instant),
    running: v.optional(v.boolean('must be true or false'), true),
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const { timecode, ...rest } = dataset.value
    const read = parseTimecode(timecode, rest.rate)
    if ('frame' in read) return { ...rest, frame: read.frame }
    addIssue({
      message: details[read.fault],
      path: [{ type: 'object', origin: 'value', input: dataset.value, key: 'timecode', value: timecode }],
    })
    return NEVER
  }),
)

import * as v from 'valibot'

/** A stream as people in the room are told of it; the programme, which has no label, comes first. */
export const StreamNow = v.object({
  /** For `POST /api/playback`. */
  id: v.string(),
  kind: v.picklist(['programme', 'camera', 'screen']),
  label: v.string(),
  /** A publisher is admitted. */
  publishing: v.boolean(),
  /** Playing now: true or false as the origin says, null when it cannot be asked (then try signalling). */
  playable: v.nullable(v.boolean()),
})
export type StreamNow = v.InferOutput<typeof StreamNow>

import * as v from 'valibot'

/** `POST /api/playback`. `stream` is a stream's id; without it, the programme. */
export const PlaybackRequest = v.strictObject({
  stream: v.optional(v.pipe(v.string('must be text'), v.maxLength(64, 'must have at most 64 characters'))),
})

export type PlaybackRequest = v.InferOutput<typeof PlaybackRequest>

/** Where to play from. Append nothing after `stream_token`: it must stay the last query parameter. */
export const Playback = v.object({
  webrtc: v.object({ url: v.string() }),
  llhls: v.object({ url: v.string() }),
  /** Until when a session may be opened with these addresses. */
  expiresAt: v.string(),
  /** How long such a session lasts at most, in ms: open the next one before. */
  leaseMs: v.number(),
})
export type Playback = v.InferOutput<typeof Playback>

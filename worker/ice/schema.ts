import * as v from 'valibot'

/** `GET /api/ice`: what an `RTCPeerConnection` is made with. */
export const IceAnswer = v.object({
  /** As `RTCConfiguration.iceServers`; empty when the deployment has none, which is enough within one network. */
  iceServers: v.array(
    v.object({
      urls: v.array(v.string()),
      username: v.optional(v.string()),
      credential: v.optional(v.string()),
    }),
  ),
  /** Use `iceTransportPolicy: 'relay'`: nobody is to learn another's address. */
  relayOnly: v.boolean(),
  /** For how long this holds, in s; then ask again. */
  ttl: v.number(),
})
export type IceAnswer = v.InferOutput<typeof IceAnswer>

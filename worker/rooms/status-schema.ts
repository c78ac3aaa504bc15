import * as v from 'valibot'

/**
 * What a stranger may know of a room that is public, in the words of Galene's `.status`. Staff get it of every room.
 */
export const RoomStatus = v.object({
  /** The slug. */
  name: v.string(),
  /** The review is elsewhere: where. */
  redirect: v.optional(v.string()),
  /** The room's page. */
  location: v.string(),
  /** Its live channel. */
  endpoint: v.string(),
  displayName: v.string(),
  description: v.optional(v.string()),
  authServer: v.optional(v.string()),
  authPortal: v.optional(v.string()),
  locked: v.boolean(),
  /** People in the room now. */
  clientCount: v.number(),
  /** Whether who joins with a name and a password can change that password. */
  canChangePassword: v.optional(v.literal(true)),
})
export type RoomStatus = v.InferOutput<typeof RoomStatus>

/** A room of the landing page. */
export const PublicRoom = v.object({
  name: v.string(),
  displayName: v.string(),
  description: v.string(),
  locked: v.boolean(),
  clientCount: v.number(),
  /** Null once it has begun. */
  startsAt: v.nullable(v.string()),
})
export type PublicRoom = v.InferOutput<typeof PublicRoom>

/** By title; those that have ended are not among them. */
export const PublicRoomList = v.object({ items: v.array(PublicRoom), next: v.null() })
export type PublicRoomList = v.InferOutput<typeof PublicRoomList>

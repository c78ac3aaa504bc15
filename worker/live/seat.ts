import type { PersonFacts, RoomFacts } from './rules/state.ts'

/** Somebody who may connect: what the door hands on to the room's channel. Plain data, because it may go elsewhere. */
export interface Seat {
  roomId: string
  /** The sub-room's name; '' = the room itself. */
  sub: string
  /** When their token ends, ms. */
  until: number
  /** The client's, as far as it is known. */
  address: string | null
  userAgent: string | null
  room: RoomFacts
  person: PersonFacts
}

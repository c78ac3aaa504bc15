/** Where people meet: a room, or a sub-room of it by its name. Each has a live channel of its own. */
export interface Place {
  roomId: string
  /** '' = the room itself. */
  sub: string
}

/** What a place's channel is called among all others. */
export const keyOf = ({ roomId, sub }: Place): string => (sub ? `${roomId}/${sub}` : roomId)

/** A room has at most so many streams, its programme among them. */
export const MAX_STREAMS = 16

import { first, type InStatement, type ResultSet, sql } from '../db.ts'

/** A still of a room as its channel shows it. */
export interface StillSeen {
  name: string
  /** ms */
  at: number
  width: number
  height: number
  streamId: string | null
}

export const stillStatement = (roomId: string, id: string): InStatement =>
  sql(
    `SELECT name, at, width, height, stream_id AS streamId FROM stills WHERE id = :id AND room_id = :roomId`,
    { id, roomId },
  )

export const stillSeen = (result: ResultSet): StillSeen | undefined => first(result)

import { BANNED } from '../blocks/bans.ts'
import { BLOCKED } from '../blocks/store.ts'
import { type InStatement, sql } from '../db.ts'
import type { Place } from '../live/place.ts'
import { BEFORE_DOOR, IS_HOST } from '../rooms/door.ts'

/** A room has at most so many sub-rooms before people make no more by entering them. */
export const MAX_ENTERED = 50

const PEOPLE = 'people p JOIN links l ON l.id = p.link_id JOIN rooms r ON r.id = p.room_id'

/** Whether they may look where others are: hosts, and those whose link opens sub-rooms. */
export const SEES_SUBROOMS = `(${IS_HOST} OR l.opens <> 'room')`

/** Whether the person `p` of link `l`, whom room `r` has let in, may enter its sub-rooms. */
export const ENTERS = `(${IS_HOST} OR p.admitted_at IS NOT NULL AND (l.opens <> 'room' OR r.auto_subrooms = 1))`

/**
 * Makes a sub-room of a room where they are there as soon as somebody enters, and notes that somebody did. Nobody makes
 * one who could not be in the room.
 */
export const makeByEntering = (
  { roomId, sub }: Place,
  personId: string,
  blockKey: string | null,
  now: number,
): InStatement =>
  sql(
    `INSERT INTO subrooms (room_id, name, title, created_at, entered_at)
     SELECT r.id, :sub, :sub, :now, :now FROM ${PEOPLE}
     WHERE p.id = :personId AND p.room_id = :roomId AND r.auto_subrooms = 1
       AND p.removed_at IS NULL AND l.revoked_at IS NULL AND r.ended_at IS NULL
       AND MIN(COALESCE(l.ends_at, 9e15), COALESCE(r.ends_at, 9e15)) > :now
       AND NOT ${BEFORE_DOOR} AND NOT ${BLOCKED} AND NOT ${BANNED}
       AND (EXISTS (SELECT 1 FROM subrooms b WHERE b.room_id = :roomId AND b.name = :sub)
         OR (SELECT COUNT(*) FROM subrooms b WHERE b.room_id = :roomId) < ${MAX_ENTERED})
     ON CONFLICT (room_id, name) DO UPDATE SET entered_at = excluded.entered_at WHERE subrooms.entered_at IS NOT NULL`,
    { roomId, sub, personId, blockKey, now },
  )

/** Notes who is in a sub-room while it is not locked: they may come back when it is. */
export const rememberInside = ({ roomId, sub }: Place, ids: readonly string[]): InStatement =>
  sql(
    `INSERT INTO subroom_people (room_id, sub, person_id)
     SELECT b.room_id, b.name, p.id FROM ${PEOPLE} JOIN subrooms b ON b.room_id = r.id AND b.name = :sub
     WHERE p.id IN (SELECT value FROM json_each(:ids)) AND p.room_id = :roomId AND p.removed_at IS NULL
       AND b.locked_at IS NULL AND ${ENTERS}
     ON CONFLICT DO NOTHING`,
    { roomId, sub, ids: JSON.stringify(ids) },
  )

/** How long a sub-room that people made is kept when nobody is there and nothing is left of what was said, in ms. */
const LEFT_FOR = 5 * 60_000

/** The statement that takes away sub-rooms that people made and left. */
export const sweepSubrooms = (now: number): InStatement =>
  sql(
    `DELETE FROM subrooms WHERE entered_at IS NOT NULL AND people = 0 AND entered_at < :before
       AND NOT EXISTS (SELECT 1 FROM chat c WHERE c.room_id = subrooms.room_id AND c.sub = subrooms.name)`,
    { before: now - LEFT_FOR },
  )

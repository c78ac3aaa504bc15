import { type InStatement, type InValue, sql } from '../db.ts'

/** Every table with rows of a room, in the order in which they can go. */
export const ROOM_TABLES = [
  'leases',
  'chat',
  'notes',
  'stills',
  'calibrations',
  'health_incidents',
  'room_timecodes',
  'bans',
  'subrooms',
  'subroom_people',
  'room_hosts',
  'people',
  'room_users',
  'room_keys',
  'links',
  'streams',
] as const

/**
 * The statements that delete rooms with all that is in them. Written out, because databases differ in whether they
 * follow foreign keys.
 * @param ids a query of room ids, with its arguments
 */
export const emptyRooms = (ids: string, args: Record<string, InValue>): InStatement[] => [
  sql(`DELETE FROM publications WHERE stream_id IN (SELECT id FROM streams WHERE room_id IN (${ids}))`, args),
  // Through a link that opens every room people came into others, too.
  ...['leases', 'people'].map(table =>
    sql(`DELETE FROM ${table} WHERE link_id IN (SELECT id FROM links WHERE room_id IN (${ids}))`, args),
  ),
  ...ROOM_TABLES.map(table => sql(`DELETE FROM ${table} WHERE room_id IN (${ids})`, args)),
  sql(`DELETE FROM rooms WHERE id IN (${ids})`, args),
]

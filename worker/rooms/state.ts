import type { RoomState } from './schema.ts'

/** What a room's state follows from: the schedule, "end now", and whether a publisher is admitted. */
export interface RoomTimes {
  startsAt: number | null
  endsAt: number | null
  endedAt: number | null
  publishing: boolean
}

/** A room is ended from `endsAt` on, open from `startsAt` on, and live while somebody publishes in between. */
export function roomState({ startsAt, endsAt, endedAt, publishing }: RoomTimes, now: number): RoomState {
  if (endedAt !== null || (endsAt !== null && endsAt <= now)) return 'ended'
  if (startsAt !== null && startsAt > now) return 'scheduled'
  return publishing ? 'live' : 'open'
}

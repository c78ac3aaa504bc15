import { iso } from '../http/fields.ts'
import type { Verdict } from './may-watch.ts'
import type { RoomView, ViewedRoom } from './schema.ts'

/** What a room's door shows. */
export const doorOf = (room: {
  lockedAt: number | null
  lockMessage: string
  waitingRoom: boolean | number
}): Pick<ViewedRoom, 'lock' | 'waitingRoom'> => ({
  lock: room.lockedAt === null ? null : { message: room.lockMessage },
  waitingRoom: Boolean(room.waitingRoom),
})

/** What somebody waits for, as their page reads it. */
export const waitingOf = (verdict: Verdict): Pick<RoomView, 'opensAt' | 'waiting'> =>
  verdict.state === 'waiting'
    ? {
        opensAt: verdict.for === 'start' ? iso(verdict.opensAt) : null,
        waiting: { for: verdict.for, message: verdict.for === 'unlock' ? verdict.message : null },
      }
    : { opensAt: null, waiting: null }

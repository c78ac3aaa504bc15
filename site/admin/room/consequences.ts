import type { Room } from '../api/client.ts'
import { t } from '../text.ts'

/** What ending a room means for the people it concerns. Pure. */
export function endSays(room: Room): string[] {
  return [
    room.live ? t.room.endEncoder : t.room.endDoor,
    ...(room.seats > 0 ? [t.room.endSeats(room.seats, room.leaseMs)] : []),
    t.room.endBack,
  ]
}

export function reopenSays(room: Room, now: number): string[] {
  const passed = room.endsAt !== null && Date.parse(room.endsAt) <= now
  return [t.room.reopenSay, ...(passed ? [t.room.reopenNoEnd] : [])]
}

export function deleteSays(room: Room): string[] {
  return [t.room.deleteSay(room.links), ...(room.live ? [t.room.deleteEncoder] : []), t.room.deleteEnd]
}

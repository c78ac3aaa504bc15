import type { Room, RoomState } from '../api/client.ts'

/** What the filter shows. */
export type Show = 'current' | 'ended' | 'all'
export const shows: readonly Show[] = ['current', 'ended', 'all']

/** The lists that a filter needs: the server keeps one order per state. */
export const statesOf = (show: Show): RoomState[] =>
  show === 'ended'
    ? ['ended']
    : show === 'current'
      ? ['live', 'open', 'scheduled']
      : ['live', 'open', 'scheduled', 'ended']

export type GroupName = 'live' | 'next' | 'ended'
export interface RoomGroup {
  name: GroupName
  rooms: Room[]
}

const groupOf = (state: RoomState): GroupName =>
  state === 'live' ? 'live' : state === 'ended' ? 'ended' : 'next'

const at = (iso: string | null, otherwise: number) => (iso === null ? otherwise : Date.parse(iso))

const order: Record<GroupName, (a: Room, b: Room) => number> = {
  live: (a, b) => at(b.live?.since ?? null, 0) - at(a.live?.since ?? null, 0),
  // Open ones need a hand before those whose time has not come; then the soonest.
  next: (a, b) =>
    Number(a.state !== 'open') - Number(b.state !== 'open') ||
    at(a.startsAt, 0) - at(b.startsAt, 0) ||
    at(b.createdAt, 0) - at(a.createdAt, 0),
  ended: (a, b) => at(b.endedAt ?? b.endsAt, 0) - at(a.endedAt ?? a.endsAt, 0),
}

/**
 * Rooms → groups, live first; empty groups are left out. A room that changed its state while its lists were being
 * read is in two of them: the later version counts.
 */
export function groupRooms(rooms: readonly Room[]): RoomGroup[] {
  const latest = new Map<string, Room>()
  for (const room of rooms) {
    const known = latest.get(room.id)
    if (!known || at(room.updatedAt, 0) > at(known.updatedAt, 0)) latest.set(room.id, room)
  }
  return (['live', 'next', 'ended'] as const)
    .map(name => ({
      name,
      rooms: [...latest.values()].filter(r => groupOf(r.state) === name).sort(order[name]),
    }))
    .filter(group => group.rooms.length > 0)
}

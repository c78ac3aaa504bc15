import type { Room } from '../api/client.ts'

/** A room for tests; every field can be given. */
export const room = (given: Partial<Room> = {}): Room => ({
  id: 'r1',
  slug: 'reel-3',
  title: 'Reel 3 review',
  description: '',
  state: 'open',
  startsAt: null,
  endsAt: null,
  endedAt: null,
  maxViewers: null,
  leaseMs: null,
  originId: 'first',
  live: null,
  seats: 0,
  links: 0,
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
  ...given,
})

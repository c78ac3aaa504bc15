import type { Link } from '../api/client.ts'

/** A link for tests; every field can be given. */
export const link = (given: Partial<Link> = {}): Link => ({
  id: 'l1',
  roomId: 'r1',
  label: 'Client',
  role: 'reviewer',
  permissions: ['message', 'annotate'],
  name: null,
  askName: true,
  pin: false,
  startsAt: null,
  endsAt: null,
  maxUses: null,
  uses: 0,
  maxDevices: null,
  seats: 0,
  state: 'active',
  invite: null,
  url: 'https://review.example/r/reel-3#secret',
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
  revokedAt: null,
  waitingRoom: false,
  opens: 'room',
  madeBy: null,
  ...given,
})

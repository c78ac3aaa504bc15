import type { RoomView } from '../../worker/people/schema.ts'

/** A room as its viewer sees it, for tests. */
export const roomView = (change: Partial<RoomView> = {}): RoomView => ({
  person: { id: 'p1', name: 'Client' },
  room: {
    slug: 'reel-3',
    title: 'Reel 3 review',
    state: 'open',
    startsAt: null,
    endsAt: null,
    maxViewers: null,
    lock: null,
    waitingRoom: false,
  },
  permissions: ['message', 'annotate'],
  state: 'admitted',
  opensAt: null,
  waiting: null,
  publishing: false,
  playable: false,
  streams: [],
  demo: false,
  watermark: null,
  now: '2026-11-21T14:00:00.000Z',
  ...change,
})

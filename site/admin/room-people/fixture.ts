import type { ListedPerson } from '../api/room-calls.ts'

/** A person for tests; every field can be given. */
export const person = (given: Partial<ListedPerson> = {}): ListedPerson => ({
  id: 'p1',
  name: 'Anna Ek',
  link: { id: 'l1', label: 'Client' },
  role: 'reviewer',
  permissions: ['message', 'annotate'],
  state: 'here',
  waitingFor: null,
  connected: true,
  since: '2026-11-21T12:00:00.000Z',
  watermark: null,
  reason: null,
  ...given,
})

import type { AuditItem } from '../api/client.ts'

/** A row of the audit for tests; every field can be given. */
export const entry = (given: Partial<AuditItem> = {}): AuditItem => ({
  id: 42,
  at: '2026-11-21T13:41:03.000Z',
  action: 'room.create',
  outcome: 'done',
  actor: { kind: 'user', id: 'u1', name: 'Post supervisor' },
  target: { kind: 'room', id: 'r1', name: 'Reel 3 review' },
  roomId: 'r1',
  params: {},
  address: '192.0.2.31',
  userAgent: null,
  ...given,
})

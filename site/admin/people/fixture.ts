import type { User } from '../api/client.ts'

/** A user for tests; every field can be given. */
export const user = (given: Partial<User> = {}): User => ({
  id: 'u1',
  name: 'Suite assistant',
  email: 'assist@example.com',
  role: 'operator',
  state: 'active',
  oidc: false,
  passkeys: 1,
  sessions: 0,
  lastSeenAt: null,
  invitationEndsAt: null,
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
  ...given,
})

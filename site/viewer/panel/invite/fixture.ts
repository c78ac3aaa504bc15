import type { Invitation } from '../../../../worker/invitations/schema.ts'

/** A link as somebody in its room sees it, for tests. */
export const invitation = (change: Partial<Invitation> = {}): Invitation => ({
  id: 'abcdefgh23456723',
  label: 'Cem',
  role: 'reviewer',
  permissions: ['message', 'annotate'],
  name: 'Cem',
  startsAt: null,
  endsAt: '2026-11-22T14:00:00.000Z',
  maxUses: null,
  uses: 0,
  state: 'active',
  opens: 'room',
  madeBy: { id: 'p1', name: 'Ann' },
  createdAt: '2026-11-21T14:00:00.000Z',
  url: 'https://sightline.example/r/reel#s3cret',
  ...change,
})

import { expect, it } from 'vitest'
import { link } from './fixture.ts'
import { linkActions } from './link-actions.ts'

it.each([
  [{}, ['open', 'edit', 'revoke']],
  [{ endsAt: '2026-11-21T18:00:00Z' }, ['open', 'hour', 'day', 'edit', 'revoke']],
  [{ state: 'ended', endsAt: '2026-11-20T18:00:00Z' }, ['hour', 'day', 'edit', 'revoke']],
  [{ state: 'used-up' }, ['edit', 'revoke']],
  [{ state: 'scheduled', endsAt: '2026-11-22T18:00:00Z' }, ['hour', 'day', 'edit', 'revoke']],
  [{ state: 'revoked', endsAt: '2026-11-22T18:00:00Z' }, ['giveBack', 'edit']],
  [{ url: null, invite: { kind: 'domain', value: 'example.com' } }, ['edit', 'revoke']],
] as const)('%o', (given, actions) => {
  expect(linkActions(link(given), true)).toEqual(actions)
})

it.each([
  [{}, ['open']],
  [{ state: 'ended', endsAt: '2026-11-20T18:00:00Z' }, []],
  [{ state: 'revoked' }, []],
] as const)('who may not change links is offered of %o only %o', (given, actions) => {
  expect(linkActions(link(given), false)).toEqual(actions)
})

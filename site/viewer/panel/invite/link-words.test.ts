import { expect, test } from 'vitest'
import type { Invitation } from '../../../../worker/invitations/schema.ts'
import type { Grant } from '../../../lib/roles.ts'
import { panel } from '../text.ts'
import { invitation } from './fixture.ts'
import { actsFor, type LinkAct, linkFacts, linkRole, linkState, linkUntil } from './link-words.ts'

const { list: t } = panel.invite
const now = Date.parse('2026-11-21T14:00:00Z')

test.each<[Partial<Invitation>, string[]]>([
  [{}, ['Reviewer', 'until Sunday 14:00', '0 uses', 'made by Ann']],
  [{ endsAt: '2026-11-21T18:30:00.000Z', uses: 1 }, ['Reviewer', 'until 18:30', '1 use', 'made by Ann']],
  [{ endsAt: null, uses: 3, maxUses: 10 }, ['Reviewer', t.noEnd, '3 of 10 uses', 'made by Ann']],
  [{ madeBy: null, opens: 'subrooms' }, ['Reviewer', 'until Sunday 14:00', '0 uses', t.byStaff, t.subrooms]],
])('of a link with %j it says %j', (change, facts) => {
  expect(linkFacts(invitation(change), now, 'UTC')).toEqual(facts)
})

test.each<[Invitation['role'], Grant[], string]>([
  ['host', [], 'Host'],
  [null, [], 'Observer'],
  [null, ['token', 'message'], 'chat, invite'],
])('role %s with %j is %s', (role, permissions, word) => expect(linkRole({ role, permissions })).toBe(word))

test.each<[Invitation['state'], string]>([
  ['active', 'good'],
  ['scheduled', 'scheduled'],
  ['ended', 'ended'],
  ['used-up', 'ended'],
  ['revoked', 'ended'],
])('%s has a silhouette and a word', (state, glyph) => {
  expect(linkState({ state })).toEqual({ glyph, word: t.states[state] })
})

test('no end is none', () => expect(linkUntil({ endsAt: null }, now)).toBeNull())

test.each<[Partial<Invitation>, Grant[], LinkAct[]]>([
  [{}, ['message', 'annotate', 'token'], ['show', 'day', 'end', 'revoke']],
  [{ endsAt: null }, ['message', 'annotate', 'token'], ['show', 'end', 'revoke']],
  [{ url: null }, ['message', 'annotate', 'token'], ['day', 'end', 'revoke']],
  [{ permissions: [] }, ['token'], ['show', 'day', 'end', 'revoke']],
  [{}, ['message', 'token'], []],
  [{ permissions: ['op'], url: null }, ['message', 'annotate', 'token'], []],
])('for %j somebody with %j is offered %j', (change, own, acts) => {
  expect(actsFor(invitation(change), own)).toEqual(acts)
})

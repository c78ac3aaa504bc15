import { expect, test } from 'vitest'
import type { LinkState } from './schema.ts'
import { type LinkTimes, linkState } from './state.ts'

const NOW = 1_000
const past = NOW - 1
const future = NOW + 1
const free: LinkTimes = { startsAt: null, endsAt: null, revokedAt: null, maxUses: null, uses: 0 }

test.each<[Partial<LinkTimes>, LinkState]>([
  [{}, 'active'],
  [{ uses: 1_000 }, 'active'],
  [{ maxUses: 2, uses: 1 }, 'active'],
  [{ startsAt: NOW }, 'active'],
  [{ startsAt: past, endsAt: future }, 'active'],
  [{ startsAt: future }, 'scheduled'],
  [{ startsAt: future, endsAt: future + 1, maxUses: 1 }, 'scheduled'],
  [{ endsAt: NOW }, 'ended'],
  [{ endsAt: past }, 'ended'],
  [{ endsAt: past, maxUses: 1, uses: 1 }, 'ended'],
  [{ maxUses: 2, uses: 2 }, 'used-up'],
  [{ maxUses: 2, uses: 3 }, 'used-up'],
  [{ maxUses: 1, uses: 1, startsAt: future }, 'used-up'],
  [{ revokedAt: past }, 'revoked'],
  [{ revokedAt: future }, 'revoked'],
  [{ revokedAt: past, endsAt: past, maxUses: 1, uses: 1 }, 'revoked'],
])('%j is %s', (times, state) => {
  expect(linkState({ ...free, ...times }, NOW)).toBe(state)
})

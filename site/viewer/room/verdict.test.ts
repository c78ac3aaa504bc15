import { expect, test } from 'vitest'
import { type Verdict, type VerdictFacts, verdictOf } from './verdict.ts'

const facts: VerdictFacts = { screen: 'playing', route: 'udp', stream: 'playable', failures: 0 }
const none: Verdict = { level: 0, word: 'none', why: null }

test.each<[string, Partial<VerdictFacts>, Verdict | null]>([
  ['plays', {}, { level: 3, word: 'good', why: null }],
  ['plays through a relay', { route: 'relay' }, { level: 3, word: 'good', why: null }],
  ['one answer missed is nothing', { failures: 1 }, { level: 3, word: 'good', why: null }],
  ['the server is gone', { failures: 2 }, { level: 2, word: 'fair', why: 'server' }],
  ['plays late', { route: 'llhls' }, { level: 2, word: 'fair', why: 'seconds' }],
  ['held', { screen: 'held' }, none],
  ['held, and the server is gone', { screen: 'held', stream: 'none', failures: 2 }, none],
  ['held by the encoder', { screen: 'held', stream: 'none' }, null],
  ['no picture yet', { screen: 'waiting', route: null }, null],
])('%s', (_, change, verdict) => expect(verdictOf({ ...facts, ...change })).toEqual(verdict))

import { expect, test } from 'vitest'
import { type PaceFacts, pace } from './pace.ts'

const noon = Date.parse('2026-11-21T12:00:00Z')
const facts: PaceFacts = {
  view: { state: 'admitted', opensAt: null, publishing: false, playable: false },
  refused: false,
  failures: 0,
  playing: false,
  hidden: false,
  now: noon,
  spread: 0.5,
}
const waiting = (left: number) => ({
  ...facts.view!,
  state: 'waiting' as const,
  opensAt: new Date(noon + left).toISOString(),
})
const publishing = { ...facts.view!, publishing: true }

test.each<[string, Partial<PaceFacts>, number]>([
  ['waiting for an encoder', {}, 1000],
  ['the same unseen: it must start all the same', { hidden: true }, 1000],
  ['nothing known yet', { view: null }, 1000],
  ['an encoder is there', { view: publishing }, 400],
  ['the origin cannot be asked', { view: { ...publishing, playable: null } }, 400],
  ['playable, not yet playing', { view: { ...publishing, playable: true } }, 1000],
  ['playing', { view: { ...publishing, playable: true }, playing: true }, 5000],
  ['playing unseen', { view: { ...publishing, playable: true }, playing: true, hidden: true }, 15_000],
  ['playing while the encoder seems gone', { playing: true }, 5000],
  ['an hour to go', { view: waiting(3_600_000) }, 5000],
  ['three seconds to go', { view: waiting(3000) }, 3050],
  ['due', { view: waiting(0) }, 1000],
  ['overdue', { view: waiting(-60_000) }, 1000],
  ['not open, nobody knows when', { view: { ...facts.view!, state: 'waiting' } }, 1000],
  ['refused', { refused: true }, 15_000],
  ['refused, unseen', { refused: true, hidden: true }, 120_000],
  ['one answer missed', { failures: 1, playing: true }, 500],
  ['many', { failures: 9 }, 10_000],
])('%s', (_, change, wait) => expect(pace({ ...facts, ...change })).toBe(wait))

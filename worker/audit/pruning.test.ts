import { expect, it } from 'vitest'
import { NOON } from '../../test/support/app.ts'
import { prunable } from './pruning.ts'

const DAY = 86_400_000
const KEEP = 30
const now = NOON
const before = now - KEEP * DAY
/** Seals of ten rows each, whose newest rows are so many ms older than the oldest day to keep. */
const seals = (...older: number[]) =>
  older.map((ms, i) => ({ to_id: 10 * (i + 1), rows: 10, newest_at: before - ms }))

it.each<[string, number[], { to: number; rows: number } | undefined]>([
  ['no seal', [], undefined],
  ['one that is young', [-DAY], undefined],
  ['one that is just old enough, but not by a day', [DAY], undefined],
  ['one that is old enough by a day', [DAY + 1], { to: 10, rows: 10 }],
  ['several, the last just old enough', [DAY + 1, 5, 1], { to: 30, rows: 30 }],
  ['several, the last just too young', [DAY + 1, 5, 0], { to: 20, rows: 20 }],
  ['an old one behind a young one', [DAY + 1, 0, DAY + 1], { to: 10, rows: 10 }],
  ['a young one before old ones', [0, DAY + 1], undefined],
])('%s', (_, older, expected) => {
  expect(prunable(seals(...older), KEEP, now)).toEqual(expected && { ...expected, before })
})

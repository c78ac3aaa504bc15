import { expect, test } from 'vitest'
import type { StreamNow } from '../../../worker/streams/now-schema.ts'
import { chosenOf } from './chosen.ts'

const stream = (id: string, kind: StreamNow['kind'], label: string, publishing = true): StreamNow => ({
  id,
  kind,
  label,
  publishing,
  playable: publishing,
})
const streams = [
  stream('p', 'programme', ''),
  stream('a', 'camera', 'Colourist', false),
  stream('b', 'camera', 'Director'),
  stream('c', 'screen', 'camera'),
  stream('d', 'screen', 'Timeline', false),
]

test.each([
  [null, 'p'],
  ['', 'p'],
  [' ', 'p'],
  ['programme', 'p'],
  ['director', 'b'],
  [' COLOURIST ', 'a'],
  // A label goes before a kind.
  ['camera', 'c'],
  ['screen', 'c'],
  ['Timeline', 'd'],
  ['Directo', undefined],
  ['p', undefined],
])('%j is stream %s', (name, id) => {
  expect(chosenOf(streams, name)?.id).toBe(id)
})

test('of a kind, one that is published goes before one that is not', () => {
  const cameras = streams.filter(({ kind }) => kind !== 'screen')
  expect(chosenOf(cameras, 'camera')?.id).toBe('b')
  expect(chosenOf(cameras.slice(0, 2), 'camera')?.id).toBe('a')
  expect(chosenOf([], null)).toBeUndefined()
})

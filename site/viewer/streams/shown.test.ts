import { expect, test } from 'vitest'
import type { StreamNow } from '../../../worker/streams/now-schema.ts'
import { placeOf, shownOf } from './shown.ts'

const stream = (id: string, kind: StreamNow['kind'], publishing = true): StreamNow => ({
  id,
  kind,
  label: id,
  publishing,
  playable: publishing,
})
const programme = stream('p', 'programme', false)
const all = [programme, stream('a', 'camera'), stream('b', 'camera', false), stream('c', 'screen')]

test('the programme is shown whether or not it is published, the others when they are', () => {
  expect(shownOf(all).map(({ id }) => id)).toEqual(['p', 'a', 'c'])
  expect(shownOf([])).toEqual([])
})

test.each([
  [null, true, 'p', { is: 'large' }],
  [null, true, 'a', { is: 'tile', at: 0 }],
  [null, true, 'c', { is: 'tile', at: 1 }],
  ['a', true, 'p', { is: 'tile', at: 0 }],
  ['a', true, 'a', { is: 'large' }],
  ['a', true, 'c', { is: 'tile', at: 1 }],
  ['c', true, 'a', { is: 'tile', at: 1 }],
  [null, false, 'p', { is: 'alone' }],
  ['c', false, 'p', { is: 'aside' }],
  ['c', false, 'c', { is: 'alone' }],
] as const)('%s is large, grid open %s: %s lies %j', (large, open, id, place) => {
  expect(placeOf(id, { large, open, shown: shownOf(all) })).toEqual(place)
})

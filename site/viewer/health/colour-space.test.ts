import { expect, test } from 'vitest'
import { colourOf } from './colour-space.ts'

test.each<[VideoColorSpaceInit, string | null]>([
  [{ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false }, 'BT.709, limited'],
  [{ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: true }, 'BT.709, full'],
  [
    { primaries: 'bt709', transfer: 'bt709', matrix: 'smpte170m', fullRange: false },
    'BT.709 with BT.601 matrix, limited',
  ],
  [{ primaries: 'smpte170m', matrix: 'smpte170m', fullRange: null }, 'BT.601'],
  [
    {
      primaries: 'bt2020',
      transfer: 'pq',
      matrix: 'bt2020-ncl',
      fullRange: false,
    } as unknown as VideoColorSpaceInit,
    'BT.2020, PQ, limited',
  ],
  [{ primaries: null, matrix: 'bt709', fullRange: null }, 'BT.709'],
  [{ primaries: null, transfer: 'bt709', matrix: null, fullRange: false }, null],
  [{}, null],
])('%j: %s', (space, said) => {
  expect(colourOf(space)).toBe(said)
})

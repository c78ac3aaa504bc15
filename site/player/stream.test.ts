import { expect, test } from 'vitest'
import { streamOf } from './stream.ts'

test.each([
  ['admitted', false, false, 'none'],
  ['admitted', false, null, 'none'],
  ['admitted', false, true, 'none'],
  ['admitted', true, false, 'coming'],
  ['admitted', true, null, 'unknown'],
  ['admitted', true, true, 'playable'],
  ['waiting', true, true, 'none'],
  ['waiting', false, false, 'none'],
] as const)('%s, publishing %s, playable %s: %s', (state, publishing, playable, stream) => {
  expect(streamOf({ state, publishing, playable })).toBe(stream)
})

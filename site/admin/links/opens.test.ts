import { expect, test } from 'vitest'
import type { LinkOpens } from './link-draft.ts'
import { opensChoices } from './opens.ts'

test.each<[LinkOpens, boolean, LinkOpens[]]>([
  ['room', false, ['room', 'subrooms']],
  ['subrooms', false, ['room', 'subrooms']],
  ['everything', false, ['room', 'subrooms', 'everything']],
  ['room', true, ['room', 'subrooms', 'everything']],
])('a link that opens %s, by somebody who may open all: %j', (set, everywhere, choices) => {
  expect(opensChoices(set, everywhere).map(choice => choice.value)).toEqual(choices)
})

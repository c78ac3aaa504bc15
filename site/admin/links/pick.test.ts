import { expect, it } from 'vitest'
import { link } from './fixture.ts'
import { hostLink, reviewLink } from './pick.ts'

const dead = link({ id: 'dead', state: 'revoked', permissions: ['op'] })
const plain = link({ id: 'plain' })
const host = link({ id: 'host', permissions: ['op'] })

it.each([
  [[], undefined, undefined],
  [[dead], undefined, undefined],
  [[dead, plain], undefined, 'plain'],
  [[dead, plain, host], 'host', 'host'],
  [[link({ id: 'later', state: 'scheduled', permissions: ['op'] })], 'later', 'later'],
  [[link({ state: 'used-up' })], undefined, undefined],
  [[link({ url: null, permissions: ['op'] })], undefined, undefined],
])('picks from %o', (links, forHost, forReview) => {
  expect([hostLink(links)?.id, reviewLink(links)?.id]).toEqual([forHost, forReview])
})

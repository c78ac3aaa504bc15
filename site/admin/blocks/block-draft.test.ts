import { describe, expect, it } from 'vitest'
import { blockFaults, emptyBlockDraft, newBlockBody } from './block-draft.ts'

const now = Date.parse('2026-11-21T14:00:00Z')
const draft = { ...emptyBlockDraft, block: '203.0.113.7' }

describe('blockFaults', () => {
  it.each(['203.0.113.7', ' 203.0.113.0/24 ', '2001:DB8::/32', '::1', '::ffff:192.0.2.7'])(
    'takes %j',
    block => {
      expect(blockFaults({ ...draft, block })).toEqual({})
    },
  )

  it.each([
    ['', 'empty'],
    [' ', 'empty'],
    ['example.org', 'block'],
    ['12345', 'block'],
    ['203.0.113.0/', 'block'],
    ['203.0.113.0 /24', 'block'],
    ['203.0.113.1-9', 'block'],
    ['[::1]', 'block'],
    ['fe80::1%eth0', 'block'],
    ['*', 'block'],
  ] as const)('%j is %s', (block, is) => {
    expect(blockFaults({ ...draft, block })).toEqual({ block: { is } })
  })

  it('bounds the reason', () => {
    expect(blockFaults({ ...draft, reason: 'x'.repeat(201) })).toEqual({
      reason: { is: 'too-long', max: 200 },
    })
  })
})

it.each([
  [{ lasts: 'lifted' }, { block: '203.0.113.7' }],
  [
    { lasts: 'hour', reason: ' ' },
    { block: '203.0.113.7', until: '2026-11-21T15:00:00.000Z' },
  ],
  [
    { lasts: 'day', block: ' ::1 ', reason: ' Scanner ' },
    { block: '::1', reason: 'Scanner', until: '2026-11-22T14:00:00.000Z' },
  ],
] as const)('newBlockBody of %o', (given, body) => {
  expect(newBlockBody({ ...draft, ...given }, now)).toEqual(body)
})

import { describe, expect, test } from 'vitest'
import { sayProgress, saySize, sayState } from './say-file.ts'
import { askedOf, draftOf, type Failure, type Transfer } from './state.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [12_345, '12.3 kB'],
  [99_949, '99.9 kB'],
  [99_950, '100 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [12_100_000, '12.1 MB'],
  [2_000_000_000, '2.0 GB'],
  [2 ** 43, '8.8 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(saySize(bytes)).toBe(text)
})

const what = { id: 'x', peer: { id: 'ada', name: 'Ada' }, file: { name: 'a', size: 10_000_000, mime: '' } }
const out = (change: Partial<Transfer>): Transfer => ({ ...draftOf(what, 0), ...change })
const into = (change: Partial<Transfer>): Transfer => ({ ...askedOf(what, 0), ...change })

test.each<[moved: number, at: number, words: string[]]>([
  [0, 500, ['0 B of 10.0 MB']],
  [1_000_000, 2000, ['1.0 MB of 10.0 MB', '500 kB/s', '18 s left']],
  [10_000, 2000, ['10.0 kB of 10.0 MB', '5.0 kB/s', '33 min left']],
  [1000, 4000, ['1.0 kB of 10.0 MB', '250 B/s', '11 h left']],
  [0, 4000, ['0 B of 10.0 MB', '0 B/s']],
  [9_999_999, 2000, ['10.0 MB of 10.0 MB', '5.0 MB/s', '1 s left']],
])('%i bytes after %i ms: %j', (moved, at, words) => {
  const transfer = out({ phase: 'moving', moved, marks: [{ at: 0, moved: 0 }] })
  expect(sayProgress(transfer, at)).toEqual(words)
})

describe('every state has a sentence', () => {
  test.each<[transfer: Transfer, sentence: string]>([
    [out({ phase: 'draft' }), 'Send this file to Ada?'],
    [into({ phase: 'asked' }), 'Ada offers you a file.'],
    [out({ phase: 'offered' }), 'Waiting for Ada to accept.'],
    [out({ phase: 'moving' }), 'Sending.'],
    [into({ phase: 'moving' }), 'Receiving.'],
    [out({ phase: 'done' }), 'Ada has it, whole and checked.'],
    [
      into({ phase: 'done' }),
      'Whole and checked, and saved as a download. If your browser kept that back, save it again.',
    ],
    [into({ phase: 'refused', by: 'you' }), 'You refused it.'],
    [
      out({ phase: 'refused', by: 'you', refusal: { why: 'too_large', limit: 5 } }),
      'Files up to 2.0 GB can be sent here. Send a smaller one.',
    ],
    [
      out({ phase: 'refused', by: 'them', refusal: { why: 'refused', limit: null } }),
      'Ada does not want it.',
    ],
    [
      out({ phase: 'refused', by: 'them', refusal: { why: 'too_large', limit: 500_000_000 } }),
      'Ada’s browser keeps files up to 500 MB. Send a smaller one.',
    ],
    [out({ phase: 'cancelled', by: 'them' }), 'Ada stopped it. Nothing of it was kept.'],
    [out({ phase: 'failed', failure: 'storage' }), 'Ada’s browser has no room for it. Send a smaller file.'],
    [
      into({ phase: 'failed', failure: 'storage' }),
      'This browser has no room for it. Free some space, then ask for it again.',
    ],
    [into({ phase: 'failed', failure: 'no_answer' }), 'The offer ran out.'],
  ])('%#', (transfer, sentence) => {
    expect(sayState(transfer)).toBe(sentence)
  })

  const failures: Failure[] = [
    'connection',
    'no_relay',
    'lost',
    'slow',
    'hash',
    'storage',
    'file',
    'protocol',
    'no_answer',
    'left',
    'unsaid',
    'theirs',
  ]
  test.each(failures)('also when it failed with %s, on both sides', failure => {
    for (const transfer of [out({ phase: 'failed', failure }), into({ phase: 'failed', failure })])
      expect(sayState(transfer)).toMatch(/^[A-Z].+\.$/)
  })
})

import { describe, expect, test } from 'vitest'
import { DATA_SDP, ID, TAB } from './fixture.ts'
import { type FileSignal, readSignal, writeSignal } from './signal.ts'

const file = { name: 'Reel 3.mov', size: 12_000_000, mime: 'video/quicktime' }

test.each<FileSignal>([
  { is: 'offer', id: ID, file },
  { is: 'offer', id: ID, file: { name: 'file', size: 0, mime: '' } },
  { is: 'accept', id: ID, tab: TAB },
  { is: 'refuse', id: ID, why: 'refused' },
  { is: 'refuse', id: ID, why: 'too_large', limit: 500 },
  { is: 'stop', id: ID, why: 'cancelled' },
  { is: 'sdp', id: ID, tab: TAB, type: 'offer', sdp: DATA_SDP },
  { is: 'sdp', id: ID, tab: TAB, type: 'answer', sdp: DATA_SDP },
])('$is comes through as it was said', signal => {
  expect(readSignal(writeSignal(signal))).toEqual(signal)
})

test('a name is made harmless, a type that is none is left out', () => {
  const said = { is: 'offer', id: ID, file: { name: '../a\u202Eb', size: 1, mime: 'x' } } as const
  expect(readSignal(writeSignal(said))).toEqual({
    is: 'offer',
    id: ID,
    file: { name: '_ab', size: 1, mime: '' },
  })
})

describe('nothing else is taken:', () => {
  const kind = 'file.1'
  const offer = { kind, is: 'offer', id: ID, file }
  const sdp = { kind, is: 'sdp', id: ID, tab: TAB, type: 'offer', sdp: DATA_SDP }
  const bad: unknown[] = [
    undefined,
    null,
    7,
    {},
    '',
    'x',
    '{',
    'null',
    '[]',
    '"x"',
    '{}',
    ...[
      { ...offer, kind: undefined },
      { ...offer, kind: 'file.2' },
      { ...offer, id: undefined },
      { ...offer, id: 7 },
      { ...offer, id: 'ABCDEFGHIJKLMNOP' },
      { ...offer, id: `${ID}a` },
      { ...offer, id: '../../../../../../' },
      { ...offer, is: 'give' },
      { ...offer, is: '__proto__' },
      { ...offer, more: 1 },
      { ...offer, file: undefined },
      { ...offer, file: [] },
      { ...offer, file: { ...file, size: -1 } },
      { ...offer, file: { ...file, size: 1.5 } },
      { ...offer, file: { ...file, size: 2 ** 44 } },
      { ...offer, file: { ...file, size: '12' } },
      { ...offer, file: { ...file, size: null } },
      { ...offer, file: { ...file, name: 7 } },
      { ...offer, file: { ...file, name: 'x'.repeat(1001) } },
      { ...offer, file: { ...file, mime: {} } },
      { ...offer, file: { ...file, path: '/' } },
      { kind, is: 'accept', id: ID },
      { kind, is: 'accept', id: ID, tab: 'x' },
      { kind, is: 'accept', id: ID, tab: TAB, sdp: DATA_SDP },
      { kind, is: 'refuse', id: ID },
      { kind, is: 'refuse', id: ID, why: 'because' },
      { kind, is: 'refuse', id: ID, why: 'too_large', limit: '<b>' },
      { kind, is: 'stop', id: ID, why: 'toString' },
      { kind, is: 'stop', id: ID },
      { ...sdp, type: 'pranswer' },
      { ...sdp, type: 'rollback' },
      { ...sdp, tab: undefined },
      { ...sdp, sdp: '' },
      { ...sdp, sdp: DATA_SDP.replace('m=application', 'm=audio') },
      { ...sdp, sdp: [DATA_SDP] },
      { ...sdp, candidate: 'x' },
      { ...sdp, sdp: DATA_SDP.padEnd(17_000, 'a=x\r\n') },
    ].map(value => JSON.stringify(value)),
  ]
  test.each(bad.map((data, n) => [n, data] as const))('%i', (_, data) => {
    expect(readSignal(data)).toBeNull()
  })
})

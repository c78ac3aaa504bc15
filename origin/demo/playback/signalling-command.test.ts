import { describe, expect, it } from 'vitest'
import { readCommand } from './signalling-command.ts'

describe('readCommand', () => {
  it.each([
    ['{"command":"request_offer"}', { command: 'request_offer' }],
    ['{"command":"stop","id":5,"peer_id":0}', { command: 'stop', id: 5 }],
    [
      '{"command":"answer","id":5,"sdp":{"type":"answer","sdp":"v=0"}}',
      { command: 'answer', id: 5, sdp: 'v=0' },
    ],
    [
      '{"command":"candidate","id":5,"candidates":[{"candidate":"c","sdpMid":"1"},{"candidate":"d","sdpMLineIndex":0},{"candidate":"e"}]}',
      {
        command: 'candidate',
        id: 5,
        candidates: [
          { candidate: 'c', mid: '1' },
          { candidate: 'd', mid: '0' },
          { candidate: 'e', mid: '0' },
        ],
      },
    ],
    [
      '{"command":"candidate","id":5,"candidates":[null,{},{"candidate":7}]}',
      { command: 'candidate', id: 5, candidates: [] },
    ],
  ])('%s', (text, expected) => {
    expect(readCommand(text)).toEqual(expected)
  })

  it.each([
    '',
    'request_offer',
    'null',
    '[]',
    '{}',
    '{"command":"dance"}',
    '{"command":"stop"}',
    '{"command":"stop","id":"5"}',
    '{"command":"answer","id":5}',
    '{"command":"answer","id":5,"sdp":"v=0"}',
    '{"command":"answer","id":5,"sdp":{"sdp":7}}',
    '{"command":"candidate","id":5}',
    '{"command":"candidate","id":5,"candidates":{}}',
  ])('nothing of %j', text => {
    expect(readCommand(text)).toBeUndefined()
  })
})

import { expect, it } from 'vitest'
import { protocolName } from './protocol-name.ts'

it.each([
  ['rtmp', 'RTMP'],
  ['WebRTC', 'WebRTC'],
  ['LLHLS', 'LL-HLS'],
  ['unknown', 'unknown'],
  ['constructor', 'constructor'],
  ['', ''],
])('%s is %s', (protocol, name) => {
  expect(protocolName(protocol)).toBe(name)
})

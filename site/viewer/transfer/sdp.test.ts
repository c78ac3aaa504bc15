import { expect, test } from 'vitest'
import { DATA_SDP } from './fixture.ts'
import { relaysOnly } from './relays-only.ts'
import { isOurSdp } from './sdp.ts'

const without = (start: string) =>
  DATA_SDP.split('\r\n')
    .filter(line => !line.startsWith(start))
    .join('\r\n')
const changed = (from: string, to: string) => {
  expect(DATA_SDP).toContain(from)
  return DATA_SDP.replace(from, to)
}

test('one data channel is ours', () => {
  expect(isOurSdp(DATA_SDP)).toBe(true)
  expect(isOurSdp(DATA_SDP.replaceAll('\r\n', '\n'))).toBe(true)
  expect(isOurSdp(without('a=candidate:'))).toBe(true)
})

test.each([
  ['nothing', ''],
  ['a word', 'v=0'],
  ['something before it', `x=1\r\n${DATA_SDP}`],
  ['sound', changed('m=application', 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=application')],
  [
    'pictures alone',
    changed('m=application 54400 UDP/DTLS/SCTP webrtc-datachannel', 'm=video 9 UDP/TLS/RTP/SAVPF 96'),
  ],
  ['two of it', DATA_SDP + DATA_SDP.slice(DATA_SDP.indexOf('m='))],
  ['another transport', changed('UDP/DTLS/SCTP', 'TCP/DTLS/SCTP')],
  ['no encryption', without('a=fingerprint:')],
  ['a weak fingerprint', changed('sha-256', 'sha-1')],
  ['a fingerprint that is none', changed('6F:12', 'zz:zz')],
  ['no name', without('a=ice-ufrag:')],
  ['no password', without('a=ice-pwd:')],
  ['two passwords', changed('a=ice-pwd:', 'a=ice-pwd:x\r\na=ice-pwd:')],
  ['a line of another kind', changed('a=mid:0', 'k=clear:x')],
  ['markup', changed('s=-', '<script>')],
  ['a letter that is not ASCII', changed('s=-', 's=é')],
  ['a control character', changed('s=-', 's=\u0007')],
  ['a line without an end', changed('s=-', `s=${'x'.repeat(600)}`)],
  [
    'far too many ways',
    changed('a=setup', `${'a=candidate:1 1 udp 1 192.0.2.1 1 typ host\r\n'.repeat(41)}a=setup`),
  ],
  ['far too much', `${DATA_SDP}${'a=x\r\n'.repeat(3000)}`],
])('with %s it is not', (_, sdp) => {
  expect(isOurSdp(sdp)).toBe(false)
})

test('of a relay-only description nothing but relays is left, and they name nobody', () => {
  const left = relaysOnly(DATA_SDP)
  expect(left.split('\r\n').filter(line => line.startsWith('a=candidate:'))).toEqual([
    'a=candidate:2 1 udp 33562367 203.0.113.10 54400 typ relay raddr 0.0.0.0 rport 0 generation 0',
  ])
  expect(left).not.toMatch(/192\.0\.2\.7|198\.51\.100\.7/)
  expect(isOurSdp(left)).toBe(true)
})

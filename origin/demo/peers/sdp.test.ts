import { describe, expect, it } from 'vitest'
import { acceptableOffer, isUsableCandidate, withBitrate, withoutCandidates } from './sdp.ts'

const sdp = (...lines: string[]) => `${lines.join('\r\n')}\r\n`
const SESSION = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=extmap-allow-mixed',
]
/** A browser's way of offering a camera: everything it knows, H.264 not first. */
const VIDEO = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100',
  'c=IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 2113937151 8f2c.local 50000 typ host',
  'a=candidate:2 1 udp 2113937151 127.0.0.1 50000 typ host',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:toffset',
  'a=sendonly',
  'a=rtcp-mux',
  'a=rtpmap:96 VP8/90000',
  'a=rtcp-fb:96 nack pli',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:98 H264/90000',
  'a=rtcp-fb:98 transport-cc',
  'a=rtcp-fb:98 ccm fir',
  'a=rtcp-fb:98 nack pli',
  'a=fmtp:98 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f',
  'a=rtpmap:99 H264/90000',
  'a=fmtp:99 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f',
  'a=rtpmap:100 H264/90000',
  'a=rtcp-fb:100 nack pli',
  'a=fmtp:100 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
  'a=ssrc-group:FID 1 2',
  'a=ssrc:1 cname:x',
]
const AUDIO = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 63 111',
  'a=mid:1',
  'a=rtpmap:63 red/48000/2',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
]

describe('acceptableOffer', () => {
  it('keeps baseline H.264 in packetization mode 1 and Opus, and nothing else', () => {
    expect(acceptableOffer(sdp(...SESSION, ...VIDEO, ...AUDIO))).toBe(
      sdp(
        ...SESSION.slice(0, -1),
        'm=video 9 UDP/TLS/RTP/SAVPF 100',
        'c=IN IP4 0.0.0.0',
        'a=candidate:2 1 udp 2113937151 127.0.0.1 50000 typ host',
        'a=mid:0',
        'a=sendonly',
        'a=rtcp-mux',
        'a=rtpmap:100 H264/90000',
        'a=rtcp-fb:100 nack pli',
        'a=fmtp:100 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
        'a=ssrc:1 cname:x',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        'a=mid:1',
        'a=rtpmap:111 opus/48000/2',
        'a=fmtp:111 minptime=10;useinbandfec=1',
      ),
    )
  })

  it('takes another profile where there is no baseline', () => {
    const offer = acceptableOffer(sdp(...SESSION, ...VIDEO.filter(line => !line.includes(':100 '))))
    expect(offer).toContain('a=rtpmap:99 H264/90000')
  })

  it('takes a picture without sound', () => {
    expect(acceptableOffer(sdp(...SESSION, ...VIDEO))).not.toContain('m=audio')
  })

  it.each([
    ['nothing', ''],
    ['no media', sdp(...SESSION)],
    ['sound alone', sdp(...SESSION, ...AUDIO)],
    ['no H.264', sdp(...SESSION, ...VIDEO.filter(line => !line.includes('H264')))],
    [
      'H.264 in packetization mode 0 alone',
      sdp(...SESSION, ...VIDEO.filter(line => !/:(?:99|100) /.test(line))),
    ],
    ['sound it does not know', sdp(...SESSION, ...VIDEO, ...AUDIO.filter(line => !line.includes('opus')))],
    [
      'a data channel',
      sdp(...SESSION, ...VIDEO, 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:2'),
    ],
  ])('takes nothing from an offer with %s', (_, offer) => {
    expect(acceptableOffer(offer)).toBeUndefined()
  })
})

describe('candidates', () => {
  it('are taken out once each', () => {
    const all = sdp(
      'v=0',
      'm=video',
      'a=candidate:1 a',
      'a=end-of-candidates',
      'm=audio',
      'a=candidate:1 a',
      'a=candidate:2 b',
    )
    expect(withoutCandidates(all)).toEqual({
      sdp: sdp('v=0', 'm=video', 'm=audio'),
      candidates: ['candidate:1 a', 'candidate:2 b'],
    })
  })

  it.each([
    ['candidate:1 1 udp 1 127.0.0.1 5 typ host', true],
    ['candidate:1 1 udp 1 8f2c-11.local 5 typ host', false],
    ['', false],
  ])('%j can be used: %s', (candidate, expected) => {
    expect(isUsableCandidate(candidate)).toBe(expected)
  })
})

describe('withBitrate', () => {
  it('asks for more in the line of the picture only', () => {
    const answer = sdp('a=fmtp:100 packetization-mode=1;profile-level-id=42e01f', 'a=fmtp:111 minptime=10')
    const [video, audio] = withBitrate(answer).split('\r\n')
    expect(video).toMatch(
      /^a=fmtp:100 packetization-mode=1;profile-level-id=42e01f;x-google-start-bitrate=\d+;/,
    )
    expect(audio).toBe('a=fmtp:111 minptime=10')
  })
})

/** A description as Chromium writes it for one data channel, shortened in nothing that matters. */
export const DATA_SDP = [
  'v=0',
  'o=- 4611733054762223410 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=application 54400 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 203.0.113.10',
  'a=candidate:1 1 udp 2113937151 192.0.2.7 54321 typ host generation 0 network-cost 999',
  'a=candidate:2 1 udp 33562367 203.0.113.10 54400 typ relay raddr 198.51.100.7 rport 61000 generation 0',
  'a=ice-ufrag:Yi3s',
  'a=ice-pwd:1Gb0fKX4mLwZ1a2c3d4e5f6g',
  'a=ice-options:trickle',
  'a=fingerprint:sha-256 6F:12:A0:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D',
  'a=setup:actpass',
  'a=mid:0',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
  '',
].join('\r\n')

export const ID = 'abcdefghijklmnop'
export const TAB = 'tttttttttttttttt'

/** One end of a data channel that exists in memory only: what is sent arrives at the other end, in order, later. */
export interface FakeChannel {
  bufferedAmount: number
  bufferedAmountLowThreshold: number
  onmessage: ((event: MessageEvent) => void) | null
  onbufferedamountlow: ((event: Event) => void) | null
  send(data: string | Uint8Array<ArrayBuffer>): void
  /** What was sent from here, text as objects and bytes by their number. */
  said: unknown[]
}

type Sent = string | ArrayBuffer

/** @param spoil may change what one end sends, or swallow it (undefined) */
export function channelPair(
  spoil: (data: Sent, n: number) => Sent | undefined = data => data,
): [near: FakeChannel, far: FakeChannel] {
  const make = (other: () => FakeChannel, spoiled: boolean): FakeChannel => {
    let n = 0
    const channel: FakeChannel = {
      bufferedAmount: 0,
      bufferedAmountLowThreshold: 0,
      onmessage: null,
      onbufferedamountlow: null,
      said: [],
      send(data) {
        const copy = typeof data === 'string' ? data : data.slice().buffer
        channel.said.push(typeof data === 'string' ? JSON.parse(data) : data.length)
        const size = typeof copy === 'string' ? copy.length : copy.byteLength
        channel.bufferedAmount += size
        const sent = spoiled ? spoil(copy, n++) : copy
        queueMicrotask(() => {
          const before = channel.bufferedAmount
          channel.bufferedAmount -= size
          if (sent !== undefined) other().onmessage?.({ data: sent } as MessageEvent)
          const low = channel.bufferedAmountLowThreshold
          if (before > low && channel.bufferedAmount <= low) channel.onbufferedamountlow?.(new Event('low'))
        })
      },
    }
    return channel
  }
  const near: FakeChannel = make(() => far, true)
  const far: FakeChannel = make(() => near, false)
  return [near, far]
}

/** A file's place in memory, and what was done to it. */
export function fakeKeep(fails: 'write' | 'finish' | null = null) {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const done: string[] = []
  return {
    parts,
    done,
    async write(bytes: Uint8Array<ArrayBuffer>) {
      if (fails === 'write') throw new Error('full')
      parts.push(bytes)
    },
    async finish() {
      if (fails === 'finish') throw new Error('full')
      done.push('finish')
      return new Blob(parts, { type: 'application/octet-stream' })
    },
    async discard() {
      done.push('discard')
    },
  }
}

/** Bytes like any others. */
export const someBytes = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) % 256)

import type { IceAnswer } from '../../../worker/ice/schema.ts'
import { relaysOnly } from './relays-only.ts'
import type { Failure } from './state.ts'

export interface ConnectionOptions {
  servers: IceAnswer
  /** The sender of the file begins. */
  role: 'offer' | 'answer'
  /** To be told to the other page. */
  say(type: 'offer' | 'answer', sdp: string): void
  open(channel: RTCDataChannel): void
  broke(why: Failure): void
}

export interface Connection {
  /** What the other page said. */
  take(type: 'offer' | 'answer', sdp: string): void
  close(): void
}

/** How long ways are looked for before those that were found are told, and at most when there is none yet, in ms. */
const GATHER_MS = 3000
const GATHER_MOST_MS = 10_000
/** What was said last still has to arrive: how long until the connection is gone, in ms. */
const FAREWELL_MS = 1000
/** Who ends a transfer says so through the room, and that may come after the end of the connection, in ms. */
const WHY_MS = 2000

/**
 * A connection of two pages with one data channel, agreed on beforehand, and nothing else. All its ways are told in one
 * message each: the room's channel takes few messages, and a page that says little can be checked.
 */
export function openConnection({ servers, role, say, open, broke }: ConnectionOptions): Connection {
  const { iceServers, relayOnly } = servers
  const own = (sdp: string) => (relayOnly ? relaysOnly(sdp) : sdp)
  let over = false
  let opened = false
  const peer = new RTCPeerConnection({
    iceServers: iceServers as RTCIceServer[],
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
  })
  const channel = peer.createDataChannel('file', { negotiated: true, id: 0, ordered: true })
  channel.binaryType = 'arraybuffer'

  const fail = (why: Failure) => {
    if (over) return
    over = true
    broke(why)
  }
  channel.onopen = () => {
    opened = true
    if (!over) open(channel)
  }
  channel.onclose = () => setTimeout(() => fail('lost'), WHY_MS)
  // No page of ours opens another one.
  peer.ondatachannel = () => fail('protocol')
  peer.onconnectionstatechange = () => {
    if (peer.connectionState === 'failed') setTimeout(() => fail(opened ? 'lost' : 'connection'), WHY_MS)
  }

  async function describe(type: 'offer' | 'answer'): Promise<void> {
    await peer.setLocalDescription()
    await gathered(peer)
    if (over) return
    const sdp = own(peer.localDescription?.sdp ?? '')
    if (relayOnly && !sdp.includes('a=candidate:')) return fail('no_relay')
    say(type, sdp)
  }
  async function take(type: 'offer' | 'answer', sdp: string): Promise<void> {
    await peer.setRemoteDescription({ type, sdp: own(sdp) })
    if (type === 'offer') await describe('answer')
  }
  const failed = () => fail('connection')
  if (role === 'offer') describe('offer').catch(failed)
  return {
    take(type, sdp) {
      if (!over) take(type, sdp).catch(failed)
    },
    close() {
      over = true
      channel.close()
      setTimeout(() => peer.close(), FAREWELL_MS)
    },
  }
}

/** Resolves when all ways are found, or enough time has passed and there is one, or more than enough. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise(resolve => {
    let patient = true
    const look = () => {
      const any = peer.localDescription?.sdp.includes('a=candidate:')
      if (peer.iceGatheringState === 'complete' || (!patient && any)) done()
    }
    const done = () => {
      clearTimeout(soon)
      clearTimeout(late)
      peer.removeEventListener('icegatheringstatechange', look)
      peer.removeEventListener('icecandidate', look)
      resolve()
    }
    const soon = setTimeout(() => {
      patient = false
      look()
    }, GATHER_MS)
    const late = setTimeout(done, GATHER_MOST_MS)
    peer.addEventListener('icegatheringstatechange', look)
    peer.addEventListener('icecandidate', look)
    look()
  })
}

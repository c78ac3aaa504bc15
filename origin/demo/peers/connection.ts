import { randomInt } from 'node:crypto'
import ndc, { type PeerConnection, type Track } from 'node-datachannel'
import { isUsableCandidate } from './sdp.ts'

/**
 * A peer connection that listens on the loopback interface only and negotiates when told to. Each session has its own
 * UDP port: sharing one (`enableIceUdpMux`) failed to connect in about one of fifty attempts.
 */
export function openConnection(name: string): PeerConnection {
  return new ndc.PeerConnection(name, {
    iceServers: [],
    bindAddress: '127.0.0.1',
    disableAutoNegotiation: true,
    forceMediaTransport: true,
  })
}

/** The local description once every candidate is known. There is no STUN server to wait for: it takes milliseconds. */
export function describeLocally(connection: PeerConnection, type: 'offer' | 'answer'): Promise<string> {
  return new Promise((resolve, reject) => {
    const whenComplete = () => {
      if (connection.gatheringState() !== 'complete') return
      const description = connection.localDescription()
      if (description) resolve(description.sdp)
      else reject(new Error('No local description'))
    }
    connection.onGatheringStateChange(whenComplete)
    connection.setLocalDescription(type)
    whenComplete()
  })
}

/** A random SSRC: 32 bits, never 0. */
export function randomSsrc(): number {
  return randomInt(1, 2 ** 32)
}

/** Sends a packet. False when the track is closed: it can close at any time, by the network's doing. */
export function sendOn(track: Track, packet: Buffer): boolean {
  try {
    return track.isOpen() && track.sendMessageBinary(packet)
  } catch {
    return false
  }
}

/** Takes a candidate of the other side. One that cannot be used or read is none. */
export function addCandidate(connection: PeerConnection, candidate: string, mid: string): void {
  if (!isUsableCandidate(candidate)) return
  try {
    connection.addRemoteCandidate(candidate, mid)
  } catch {
    // Said by a client: nothing depends on it.
  }
}

import ndc, { type PeerConnection, type Track } from 'node-datachannel'
import type { MediaKind, MediaPacket } from '../media/media-source.ts'
import { startsKeyFrame } from '../media/rtp-payload.ts'
import { addCandidate, describeLocally, openConnection } from './connection.ts'
import { acceptableOffer, withBitrate } from './sdp.ts'

/**
 * What a publisher's connection delivers. Its sender reports are not among it: the binding keeps them to itself, so
 * whoever needs the publisher's clock takes it from when packets come.
 */
export interface PublisherPeerEvents {
  packet(packet: MediaPacket): void
}

/** A WebRTC connection that takes one picture and one sound from a browser. */
export class PublisherPeer {
  readonly #connection: PeerConnection
  readonly answer: string
  readonly #video: () => Track | undefined

  private constructor(connection: PeerConnection, answer: string, video: () => Track | undefined) {
    this.#connection = connection
    this.answer = answer
    this.#video = video
  }

  /** Answers an offer; `undefined` when there is nothing in it that this origin can take. */
  static async create(offer: string, events: PublisherPeerEvents): Promise<PublisherPeer | undefined> {
    const acceptable = acceptableOffer(offer)
    if (acceptable === undefined) return undefined
    const connection = openConnection('publisher')
    let video: Track | undefined
    // Kept: the binding forgets tracks that nothing refers to.
    const tracks: Track[] = []
    connection.onTrack(track => {
      const kind = track.type() === 'video' ? 'video' : 'audio'
      tracks.push(track)
      if (kind === 'video') video = track
      track.setMediaHandler(new ndc.RtcpReceivingSession())
      receive(track, kind, events)
    })
    try {
      connection.setRemoteDescription(acceptable, 'offer')
      const answer = withBitrate(await describeLocally(connection, 'answer'))
      return new PublisherPeer(connection, answer, () => video)
    } catch {
      connection.close()
      return undefined
    }
  }

  requestKeyFrame(): void {
    const track = this.#video()
    if (track?.isOpen()) track.requestKeyframe()
  }

  candidate(candidate: string, mid: string): void {
    addCandidate(this.#connection, candidate, mid)
  }

  close(): void {
    this.#connection.close()
  }
}

function receive(track: Track, kind: MediaKind, events: PublisherPeerEvents): void {
  let lastSequence: number | undefined
  track.onMessage(message => {
    if (message.length < 12 || isRtcp(message)) return
    const payload = rtpPayload(message)
    if (!payload) return
    const sequence = message.readUInt16BE(2)
    const step = lastSequence === undefined ? 1 : (sequence - lastSequence) & 0xffff
    lastSequence = sequence
    events.packet({
      kind,
      payload,
      timestamp: message.readUInt32BE(4),
      marker: ((message[1] ?? 0) & 0x80) !== 0,
      startsKeyFrame: kind === 'video' && startsKeyFrame(payload),
      step,
    })
  })
}

/** RTCP and RTP share a port; the payload type tells them apart (RFC 5761). */
function isRtcp(packet: Buffer): boolean {
  const type = (packet[1] ?? 0) & 127
  return type >= 64 && type < 96
}

/** The payload of an RTP packet, without header, extension and padding; `undefined` when nothing is left. */
function rtpPayload(packet: Buffer): Buffer | undefined {
  const first = packet[0] ?? 0
  let start = 12 + 4 * (first & 15)
  if ((first & 0x10) !== 0) start += 4 + 4 * (start + 4 <= packet.length ? packet.readUInt16BE(start + 2) : 0)
  const end = packet.length - ((first & 0x20) !== 0 ? (packet.at(-1) ?? 0) : 0)
  return end > start ? packet.subarray(start, end) : undefined
}

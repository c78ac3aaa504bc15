import { randomInt } from 'node:crypto'
import ndc, { type PeerConnection, type Track } from 'node-datachannel'
import type { ClockPair, MediaKind, MediaPacket, MediaSink } from '../media/media-source.ts'
import { asksForKeyFrame, senderReport } from '../media/sender-report.ts'
import { addCandidate, describeLocally, openConnection, randomSsrc, sendOn } from './connection.ts'
import { withoutCandidates } from './sdp.ts'

/** Payload types and parameters as OME offers them. */
const H264 = {
  type: 98,
  parameters: 'profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1',
}
const OPUS = { type: 110, parameters: 'sprop-stereo=1;stereo=1;minptime=10;useinbandfec=1' }
const RTP_HEADER = 12

interface Outgoing {
  readonly track: Track
  readonly ssrc: number
  readonly payloadType: number
  sequence: number
  packets: number
  bytes: number
}

/** What a viewer's connection tells the session that owns it. Each may come more than once. */
export interface ViewerPeerEvents {
  /** Media can flow. */
  open(): void
  /** The connection is lost. */
  gone(): void
  /** The browser cannot decode until it gets a key frame. */
  keyFrameWanted(): void
  /** So many bytes of media went out. */
  sent(bytes: number): void
}

/** A WebRTC connection that sends one picture and one sound to a browser. Begins with a key frame, never before. */
export class ViewerPeer implements MediaSink {
  readonly #connection: PeerConnection
  readonly #events: ViewerPeerEvents
  readonly #tracks: Record<MediaKind, Outgoing>
  readonly offer: string
  readonly candidates: readonly string[]
  #open = false
  #started = false

  private constructor(
    connection: PeerConnection,
    tracks: Record<MediaKind, Outgoing>,
    local: { sdp: string; candidates: string[] },
    events: ViewerPeerEvents,
  ) {
    this.#connection = connection
    this.#tracks = tracks
    this.#events = events
    this.offer = local.sdp
    this.candidates = local.candidates
    tracks.video.track.onMessage(message => {
      if (asksForKeyFrame(message)) events.keyFrameWanted()
    })
    connection.onStateChange(state => this.#onState(state))
  }

  static async create(events: ViewerPeerEvents): Promise<ViewerPeer> {
    const connection = openConnection('viewer')
    const name = randomInt(2 ** 32).toString(36)
    const video = new ndc.Video('0', 'SendOnly')
    video.addH264Codec(H264.type, H264.parameters)
    const audio = new ndc.Audio('1', 'SendOnly')
    audio.addOpusCodec(OPUS.type, OPUS.parameters)
    const add = (media: typeof video | typeof audio, payloadType: number): Outgoing => {
      const ssrc = randomSsrc()
      // One stream id for both: browsers keep tracks of one stream in step.
      media.addSSRC(ssrc, name, name, `${name}-${media.mid()}`)
      const track = connection.addTrack(media)
      track.setMediaHandler(new ndc.RtcpNackResponder())
      return { track, ssrc, payloadType, sequence: randomInt(2 ** 15), packets: 0, bytes: 0 }
    }
    const tracks = { video: add(video, H264.type), audio: add(audio, OPUS.type) }
    return new ViewerPeer(
      connection,
      tracks,
      withoutCandidates(await describeLocally(connection, 'offer')),
      events,
    )
  }

  /** Takes the browser's answer. Throws when it is not one. */
  answer(sdp: string): void {
    this.#connection.setRemoteDescription(sdp, 'answer')
  }

  candidate(candidate: string, mid: string): void {
    addCandidate(this.#connection, candidate, mid)
  }

  packet(packet: MediaPacket): void {
    if (!this.#open) return
    if (!this.#started) {
      if (!packet.startsKeyFrame) return
      this.#started = true
    }
    const to = this.#tracks[packet.kind]
    to.sequence = (to.sequence + packet.step) & 0xffff
    const rtp = Buffer.allocUnsafe(RTP_HEADER + packet.payload.length)
    rtp[0] = 0x80
    rtp[1] = to.payloadType | (packet.marker ? 0x80 : 0)
    rtp.writeUInt16BE(to.sequence, 2)
    rtp.writeUInt32BE(packet.timestamp, 4)
    rtp.writeUInt32BE(to.ssrc, 8)
    packet.payload.copy(rtp, RTP_HEADER)
    if (!sendOn(to.track, rtp)) return
    to.packets += 1
    to.bytes += packet.payload.length
    this.#events.sent(rtp.length)
  }

  clock(pair: ClockPair): void {
    const to = this.#tracks[pair.kind]
    if (this.#open) sendOn(to.track, senderReport(to.ssrc, pair, to))
  }

  close(): void {
    this.#open = false
    this.#connection.close()
  }

  #onState(state: string): void {
    if (state === 'connected' && !this.#open) {
      this.#open = true
      this.#events.open()
    }
    if (state === 'failed' || state === 'closed' || state === 'disconnected') {
      this.#open = false
      this.#events.gone()
    }
  }
}

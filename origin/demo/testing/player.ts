import ndc, { type PeerConnection, type Track } from 'node-datachannel'
import { WebSocket } from 'ws'
import { describeLocally, openConnection } from '../peers/connection.ts'

/** An RTP packet as it came over the wire. */
export interface ReceivedPacket {
  readonly sequence: number
  readonly timestamp: number
  readonly marker: boolean
  readonly payload: Buffer
}

/** A player without a screen: OME's signalling on one side, a real peer connection on the other. */
export class Player {
  readonly messages: Record<string, unknown>[] = []
  readonly video: ReceivedPacket[] = []
  readonly audio: ReceivedPacket[] = []
  /** The close code of the socket. */
  readonly closed: Promise<number>
  readonly #socket: WebSocket
  readonly #tracks: Track[] = []
  #connection: PeerConnection | undefined
  readonly #waiting = new Set<() => void>()

  private constructor(socket: WebSocket) {
    this.#socket = socket
    this.closed = new Promise(resolve => {
      socket.on('close', code => resolve(code))
    })
    socket.on('message', data => {
      this.messages.push(JSON.parse(data.toString()) as Record<string, unknown>)
      this.#look()
    })
    socket.on('error', () => {})
  }

  static async connect(url: string): Promise<Player> {
    const player = new Player(new WebSocket(url, { headers: { 'User-Agent': 'contract-test/1.0' } }))
    await new Promise<void>((resolve, reject) => {
      player.#socket.once('open', resolve)
      player.#socket.once('error', reject)
    })
    return player
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** Asks for an offer; resolves with whatever is said first. */
  async ask(): Promise<Record<string, unknown>> {
    const before = this.messages.length
    this.send({ command: 'request_offer' })
    await this.until(() => this.messages.length > before)
    return this.messages[before]!
  }

  /** Answers an offer; resolves when both notifications are there. */
  async accept(offer: Record<string, unknown>): Promise<void> {
    const { sdp } = offer.sdp as { sdp: string }
    const connection = openConnection('test player')
    this.#connection = connection
    connection.onTrack(track => {
      this.#tracks.push(track)
      track.setMediaHandler(new ndc.RtcpReceivingSession())
      const into = track.type() === 'video' ? this.video : this.audio
      track.onMessage(message => {
        into.push({
          sequence: message.readUInt16BE(2),
          timestamp: message.readUInt32BE(4),
          marker: (message[1]! & 0x80) !== 0,
          payload: message.subarray(12),
        })
        this.#look()
      })
    })
    connection.setRemoteDescription(sdp, 'offer')
    const answer = await describeLocally(connection, 'answer')
    const before = this.messages.length
    this.send({ id: offer.id, peer_id: 0, command: 'answer', sdp: { type: 'answer', sdp: answer } })
    await this.until(() => this.messages.length >= before + 2)
    // Only now: a check that comes before the answer is lost, and repeated half a second later.
    for (const { candidate } of offer.candidates as { candidate: string }[])
      connection.addRemoteCandidate(candidate, '0')
  }

  /** Asks, answers, and waits for the first packet of the picture. */
  async play(): Promise<Record<string, unknown>> {
    const offer = await this.ask()
    await this.accept(offer)
    await this.until(() => this.video.length > 0)
    return offer
  }

  /** Resolves when a condition holds, looked at after every message and packet. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve()
    return new Promise(resolve => {
      const look = () => {
        if (!condition()) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
    })
  }

  close(): void {
    this.#connection?.close()
    this.#socket.close()
  }

  #look(): void {
    for (const look of [...this.#waiting]) look()
  }
}

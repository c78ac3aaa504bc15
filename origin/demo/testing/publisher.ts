import { loadClip } from '../media/clip.ts'
import { ClipSource } from '../media/clip-source.ts'
import { ViewerPeer } from '../peers/viewer-peer.ts'
import type { HttpAnswer, HttpClient } from './http-client.ts'
import { CLIP_DIR } from './stage.ts'

const clip = loadClip(CLIP_DIR)

/** A WHIP publisher without a camera: it sends the clip. */
export class Publisher {
  readonly #peer: ViewerPeer
  readonly #source = new ClipSource(clip)
  #stopSending: (() => void) | undefined
  readonly connected: Promise<void>

  private constructor(peer: ViewerPeer, connected: Promise<void>) {
    this.#peer = peer
    this.connected = connected
  }

  static async create(): Promise<Publisher> {
    let open = () => {}
    const connected = new Promise<void>(resolve => {
      open = resolve
    })
    const peer = await ViewerPeer.create({ open, gone: () => {}, keyFrameWanted: () => {}, sent: () => {} })
    return new Publisher(peer, connected)
  }

  get offer(): string {
    return this.#peer.offer
  }

  /** POSTs the offer, and connects when it is taken. */
  async publish(client: HttpClient, path: string): Promise<HttpAnswer> {
    const answer = await client.send('POST', path, {
      headers: { 'Content-Type': 'application/sdp' },
      body: this.#peer.offer,
    })
    if (answer.status === 201) {
      this.#peer.answer(answer.body)
      await this.connected
      this.#stopSending = this.#source.watch(this.#peer)
    }
    return answer
  }

  /** Falls silent without a word, as a browser does that loses its network. */
  vanish(): void {
    this.#stopSending?.()
  }

  close(): void {
    this.vanish()
    this.#peer.close()
  }
}

import { ViewerPeer } from '../peers/viewer-peer.ts'
import type { LiveStream } from '../streams/live-stream.ts'

interface Setup {
  readonly id: number
  readonly stream: LiveStream
  readonly lifetimeMs: number | undefined
  /** Called once, whatever ends the session. */
  readonly onEnd: () => void
  /** Disconnects the client: its lifetime is over, or there is nothing left to play. */
  readonly cut: () => void
}

/** One admitted WebRTC viewer, from its offer to its closing. */
export class ViewerSession {
  readonly id: number
  readonly stream: LiveStream
  readonly peer: ViewerPeer
  readonly #setup: Setup
  readonly #undo: (() => void)[] = []
  #over = false

  static async open(setup: Setup): Promise<ViewerSession> {
    const holder: { session?: ViewerSession } = {}
    const { source } = setup.stream.publication
    const peer = await ViewerPeer.create({
      open: () => holder.session?.play(),
      gone: () => holder.session?.lose(),
      keyFrameWanted: () => source.requestKeyFrame(),
      sent: bytes => setup.stream.meter.sent(bytes, Date.now()),
    })
    holder.session = new ViewerSession(setup, peer)
    return holder.session
  }

  private constructor(setup: Setup, peer: ViewerPeer) {
    this.id = setup.id
    this.stream = setup.stream
    this.peer = peer
    this.#setup = setup
    this.#undo.push(
      setup.stream.join(() => this.lose()),
      setup.stream.meter.connected('webrtc', Date.now()),
    )
    if (setup.lifetimeMs !== undefined) {
      const lifetime = setTimeout(() => this.lose(), setup.lifetimeMs)
      this.#undo.push(() => clearTimeout(lifetime))
    }
    // The stream may have ended while the offer was made.
    if (setup.stream.over) this.lose()
  }

  play(): void {
    if (this.#over) return
    const { source } = this.stream.publication
    this.#undo.push(source.watch(this.peer))
    source.requestKeyFrame()
  }

  /** Ends the session; the socket stays as it is. */
  end(): void {
    if (this.#over) return
    this.#over = true
    for (const undo of this.#undo) undo()
    this.peer.close()
    this.#setup.onEnd()
  }

  /** Ends the session and disconnects the client. */
  lose(): void {
    if (this.#over) return
    this.end()
    this.#setup.cut()
  }
}

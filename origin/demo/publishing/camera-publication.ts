import type { Session } from '../admission/session.ts'
import { Nal, nalType } from '../media/annex-b.ts'
import { PictureAssembler } from '../media/picture-assembler.ts'
import { pictureSize } from '../media/sps.ts'
import { PublisherPeer } from '../peers/publisher-peer.ts'
import { CameraWindow, KEY_FRAME_MS } from '../playback/camera-window.ts'
import type { LiveStream } from '../streams/live-stream.ts'
import type { MediaFacts, Publication } from '../streams/publication.ts'
import type { Registry } from '../streams/registry.ts'
import { CameraSource } from './camera-source.ts'

/** A browser's WHIP connection, from its offer to its end. OME sends a closing only when the client says DELETE. */
export class CameraPublication implements Publication {
  readonly sourceType = 'WebRTC'
  readonly session: Session
  readonly newUrl: string
  readonly source: CameraSource
  readonly hls: CameraWindow
  readonly thumbnail: Buffer
  readonly #peer: PublisherPeer
  readonly #hasSound: boolean
  readonly #timers: NodeJS.Timeout[] = []
  #size = { width: 0, height: 0 }
  #stream: LiveStream | undefined
  #registry: Registry | undefined
  #resolveEnded: () => void = () => {}
  readonly ended: Promise<void>

  private constructor(setup: {
    session: Session
    newUrl: string
    thumbnail: Buffer
    peer: PublisherPeer
    source: CameraSource
    hls: CameraWindow
    hasSound: boolean
  }) {
    this.session = setup.session
    this.newUrl = setup.newUrl
    this.thumbnail = setup.thumbnail
    this.source = setup.source
    this.hls = setup.hls
    this.#peer = setup.peer
    this.#hasSound = setup.hasSound
    this.ended = new Promise(resolve => {
      this.#resolveEnded = resolve
    })
    this.source.watch(this.hls)
    this.#watchSize()
  }

  /** Answers an offer; `undefined` when there is nothing in it that this origin can take. Not on air yet. */
  static async create(
    offer: string,
    admitted: { session: Session; newUrl: string; thumbnail: Buffer },
  ): Promise<CameraPublication | undefined> {
    const holder: { peer?: PublisherPeer } = {}
    const source = new CameraSource(() => holder.peer?.requestKeyFrame())
    const peer = await PublisherPeer.create(offer, source)
    if (!peer) return undefined
    holder.peer = peer
    const hasSound = /^m=audio /m.test(peer.answer)
    const hls = new CameraWindow({ hasSound })
    return new CameraPublication({ ...admitted, peer, source, hls, hasSound })
  }

  get answer(): string {
    return this.#peer.answer
  }

  candidate(candidate: string, mid: string): void {
    this.#peer.candidate(candidate, mid)
  }

  /** Goes on air under a name, which must be free. `silentMs`: how long nothing may come before it counts as gone. */
  goLive(on: { name: string; registry: Registry; lifetimeMs: number | undefined; silentMs: number }): void {
    this.#registry = on.registry
    this.#stream = on.registry.publish(on.name, this)
    const look = Math.max(20, Math.min(1000, on.silentMs / 4))
    this.#timers.push(
      setInterval(() => this.source.requestKeyFrame(), KEY_FRAME_MS),
      setInterval(() => {
        if (Date.now() - this.source.heardAt >= on.silentMs) this.end()
      }, look),
    )
    if (on.lifetimeMs !== undefined) this.#timers.push(setTimeout(() => this.end(), on.lifetimeMs))
  }

  facts(): MediaFacts {
    const rates = this.source.rates()
    return {
      video: {
        ...this.#size,
        framerate: rates.framerate,
        bitrate: rates.videoBits,
        keyFrameInterval: rates.keyFrameInterval,
        framesSinceKey: rates.framesSinceKey,
      },
      audio: this.#hasSound ? { codec: 'OPUS', bitrate: rates.audioBits } : undefined,
    }
  }

  dropped(): void {
    this.end()
  }

  /** A browser keeps its name until it has ended. */
  giveWay(): boolean {
    return false
  }

  freeze(): void {
    this.source.freeze()
  }

  thaw(): void {
    this.source.thaw()
  }

  /** Takes the stream off the air and closes the connection. */
  end(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.source.close()
    this.#peer.close()
    if (this.#stream) this.#registry?.remove(this.#stream)
    this.#resolveEnded()
  }

  /** The first key frame makes the stream playable in time, and every one may change its size. */
  #watchSize(): void {
    const assembler = new PictureAssembler()
    this.source.watch({
      clock: () => {},
      packet: packet => {
        if (packet.kind !== 'video') return
        const picture = assembler.add(packet)
        if (!picture?.key) return
        this.#stream?.mediaBegan()
        const parameters = picture.nals.find(nal => nalType(nal) === Nal.parameters)
        this.#size = (parameters && pictureSize(parameters)) ?? this.#size
      },
    })
  }
}

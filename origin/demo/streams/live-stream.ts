import { Meter } from './meter.ts'
import type { Publication } from './publication.ts'

/** How long OME takes from the first media to a stream that can be played, in ms. */
export interface Readiness {
  /** Until the stream has `outputs` and WebRTC offers. */
  readonly playableMs: number
  /** From then until its first LL-HLS playlist. */
  readonly hlsMs: number
}

/** One stream on air: who feeds it, who watches it, when it became playable. */
export class LiveStream {
  readonly name: string
  readonly createdAt = Date.now()
  readonly meter = new Meter(this.createdAt)
  readonly publication: Publication
  readonly ended: Promise<void>
  readonly #readiness: Readiness
  readonly #viewers = new Set<() => void>()
  #resolveEnded: () => void = () => {}
  #over = false
  #mediaAt: number | undefined

  constructor(name: string, publication: Publication, readiness: Readiness) {
    this.name = name
    this.publication = publication
    this.#readiness = readiness
    this.ended = new Promise(resolve => {
      this.#resolveEnded = resolve
    })
  }

  /** The first key frame is here: the time to being playable counts from now. */
  mediaBegan(): void {
    this.#mediaAt ??= Date.now()
  }

  get playable(): boolean {
    return this.#mediaAt !== undefined && Date.now() >= this.#mediaAt + this.#readiness.playableMs
  }

  get hlsPlayable(): boolean {
    const wait = this.#readiness.playableMs + this.#readiness.hlsMs
    return this.#mediaAt !== undefined && Date.now() >= this.#mediaAt + wait
  }

  /** Has `leave` called when the stream ends; the answer takes it back. */
  join(leave: () => void): () => void {
    this.#viewers.add(leave)
    return () => this.#viewers.delete(leave)
  }

  get over(): boolean {
    return this.#over
  }

  /** Ends the stream for everybody who watches it. */
  end(): void {
    if (this.#over) return
    this.#over = true
    for (const leave of [...this.#viewers]) leave()
    this.#resolveEnded()
  }
}

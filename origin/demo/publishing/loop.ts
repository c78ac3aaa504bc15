import { randomInt } from 'node:crypto'
import type { Admission, Decision } from '../admission/admission.ts'
import type { Session } from '../admission/session.ts'
import type { Clip } from '../media/clip.ts'
import type { Registry } from '../streams/registry.ts'
import { ClipPublication, type Ending } from './clip-publication.ts'

/** Where OME's RTMP server would listen. Nothing does here: the encoder is built in. */
const RTMP_SERVER = 'rtmp://127.0.0.1:1935'

export interface LoopSetup {
  readonly app: string
  readonly clip: Clip
  /** Where in the clip to begin: a multiple of 40 frames. */
  readonly firstFrame: number
  /** How long the encoder waits before it tries again, in ms. */
  readonly retryMs: number
  readonly admission: Admission
  readonly registry: Registry
}

export type LoopState = 'connecting' | 'live' | 'retrying' | 'waiting for a browser' | 'stopped'

/**
 * The built-in encoder: publishes the clip under a stream key as an RTMP client would, through admission, and like an
 * encoder keeps trying when it is refused or cut off.
 */
export class Loop {
  readonly #key: string
  readonly #setup: LoopSetup
  #state: LoopState = 'connecting'
  #live: ClipPublication | undefined
  /** Connections the encoder gave up on, but the origin has not. */
  readonly #lost = new Set<ClipPublication>()
  #retry: NodeJS.Timeout | undefined

  /** `key` is what follows the application in the URL: the stream key, maybe with a query. */
  constructor(key: string, setup: LoopSetup) {
    this.#key = key
    this.#setup = setup
    void this.#connect()
  }

  get state(): LoopState {
    return this.#state
  }

  stop(): void {
    this.#state = 'stopped'
    clearTimeout(this.#retry)
    for (const publication of [this.#live, ...this.#lost]) publication?.stop()
  }

  async #connect(): Promise<void> {
    this.#state = 'connecting'
    const { app, admission } = this.#setup
    const session: Session = {
      direction: 'incoming',
      protocol: 'RTMP',
      client: { address: '127.0.0.1', port: randomInt(32_768, 61_000), realIp: '127.0.0.1' },
      url: `${RTMP_SERVER}/${app}/${this.#key}`,
    }
    const decision = await admission.opening(session)
    if (!decision.allowed || this.#isStopped()) {
      admission.closing(session, decision.newUrl)
      this.#retryLater()
    } else {
      this.#publish(session, decision)
    }
  }

  #publish(session: Session, decision: Decision & { allowed: true }): void {
    const { registry, admission, clip, firstFrame, app } = this.#setup
    const name = decision.target.stream
    if (decision.target.app !== app) {
      admission.closing(session, decision.newUrl)
      this.#retryLater()
      return
    }
    const holder = registry.get(name)
    if (holder) {
      // OME's closing for a second publisher names the first one's URLs; only the client is the second's.
      admission.closing({ ...session, url: holder.publication.session.url }, holder.publication.newUrl)
      if (holder.publication.sourceType === 'WebRTC') this.#waitFor(holder.ended)
      else this.#retryLater()
      return
    }
    const publication: ClipPublication = new ClipPublication({
      session,
      name,
      newUrl: decision.newUrl,
      lifetimeMs: decision.lifetimeMs,
      clip,
      firstFrame,
      admission,
      registry,
      onEnd: ending => this.#onEnd(publication, ending),
      onLost: () => this.#onLost(publication),
    })
    this.#live = publication
    this.#state = 'live'
  }

  #onEnd(publication: ClipPublication, ending: Ending): void {
    this.#lost.delete(publication)
    if (this.#live !== publication) return
    this.#live = undefined
    if (ending.why === 'gave way') this.#waitFor(ending.until)
    else if (ending.why === 'cut') this.#retryLater()
  }

  #onLost(publication: ClipPublication): void {
    this.#lost.add(publication)
    this.#live = undefined
    this.#retryLater()
  }

  #retryLater(): void {
    if (this.#isStopped()) return
    this.#state = 'retrying'
    this.#retry = setTimeout(() => void this.#connect(), this.#setup.retryMs)
  }

  #waitFor(ended: Promise<void>): void {
    if (this.#isStopped()) return
    this.#state = 'waiting for a browser'
    void ended.then(() => {
      if (!this.#isStopped()) void this.#connect()
    })
  }

  #isStopped(): boolean {
    return this.#state === 'stopped'
  }
}

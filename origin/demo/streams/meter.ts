/** Ways of playing that OME counts apart. */
export const PUBLISHERS = ['file', 'hlsv3', 'llhls', 'ovt', 'push', 'srt', 'thumbnail', 'webrtc'] as const
export type PublisherKind = (typeof PUBLISHERS)[number]

const SECOND = 1000

/** Counts what goes out of a stream, the way OME's statistics want it. */
export class Meter {
  readonly createdAt: number
  bytesOut = 0
  /** Bytes in the last full second. */
  lastSecondOut = 0
  /** Most bits in a second. */
  maxBitsOut = 0
  lastSentAt: number
  maxConnections = 0
  maxConnectionsAt: number
  #second: number
  #inSecond = 0
  readonly #connections = new Map<PublisherKind, number>()

  constructor(now: number) {
    this.createdAt = now
    this.lastSentAt = now
    this.maxConnectionsAt = now
    this.#second = now
  }

  sent(bytes: number, now: number): void {
    this.#roll(now)
    this.bytesOut += bytes
    this.#inSecond += bytes
    this.lastSentAt = now
  }

  /** One more player; the answer takes it off again, once. */
  connected(kind: PublisherKind, now: number): () => void {
    this.#connections.set(kind, this.connections(kind) + 1)
    if (this.total > this.maxConnections) {
      this.maxConnections = this.total
      this.maxConnectionsAt = now
    }
    let counted = true
    return () => {
      if (counted) this.#connections.set(kind, this.connections(kind) - 1)
      counted = false
    }
  }

  connections(kind: PublisherKind): number {
    return this.#connections.get(kind) ?? 0
  }

  get total(): number {
    return PUBLISHERS.reduce((sum, kind) => sum + this.connections(kind), 0)
  }

  #roll(now: number): void {
    if (now - this.#second < SECOND) return
    this.lastSecondOut = now - this.#second < 2 * SECOND ? this.#inSecond : 0
    this.maxBitsOut = Math.max(this.maxBitsOut, this.lastSecondOut * 8)
    this.#inSecond = 0
    this.#second = now
  }
}

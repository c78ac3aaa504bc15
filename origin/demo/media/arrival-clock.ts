import { AUDIO_RATE, type MediaKind, VIDEO_RATE } from './media-source.ts'

/**
 * The clock of a track, taken from when its packets come: the ones that travelled fastest say best when they were
 * sent. On the loopback interface this puts picture and sound within a few ms of each other.
 */
export class ArrivalClock {
  readonly #rate: number
  #first: number | undefined
  /** The least of arrival minus media time, in ms. */
  #offset = Number.POSITIVE_INFINITY

  constructor(kind: MediaKind) {
    this.#rate = (kind === 'video' ? VIDEO_RATE : AUDIO_RATE) / 1000
  }

  /** A packet with this RTP timestamp came now. */
  note(timestamp: number, now: number): void {
    this.#first ??= timestamp
    const mediaMs = ((timestamp - this.#first) >>> 0) / this.#rate
    this.#offset = Math.min(this.#offset, now - mediaMs)
  }

  /** The RTP timestamp of an instant; `undefined` before the first packet. */
  at(now: number): number | undefined {
    if (this.#first === undefined) return undefined
    return (this.#first + Math.round((now - this.#offset) * this.#rate)) >>> 0
  }
}

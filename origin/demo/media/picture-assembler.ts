import { Nal, nalType } from './annex-b.ts'
import type { MediaPacket } from './media-source.ts'
import { nalsOf } from './rtp-payload.ts'

/** One picture as it came over RTP. */
export interface Picture {
  readonly timestamp: number
  readonly key: boolean
  readonly nals: readonly Buffer[]
}

/** Puts the RTP packets of a stream together into pictures. A picture with a gap in it is left out. */
export class PictureAssembler {
  #nals: Buffer[] = []
  #unfinished: Buffer[] = []
  #broken = true

  /** Takes the next packet; answers with a picture when it is the last one of it. */
  add(packet: MediaPacket): Picture | undefined {
    if (packet.step !== 1) this.#broken = true
    const { nals, unfinished } = nalsOf(packet.payload, this.#unfinished)
    this.#nals.push(...nals)
    this.#unfinished = unfinished
    if (!packet.marker) return undefined
    const picture = { timestamp: packet.timestamp, nals: this.#nals, key: this.#nals.some(isKeySlice) }
    this.#nals = []
    this.#unfinished = []
    // After a loss nothing can be decoded until the next key frame.
    if (picture.key) this.#broken = false
    return this.#broken || picture.nals.length === 0 ? undefined : picture
  }
}

function isKeySlice(nal: Buffer): boolean {
  return nalType(nal) === Nal.keySlice
}

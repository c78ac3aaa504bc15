/**
 * The size of the picture a sequence parameter set describes (ITU-T H.264, 7.3.2.1.1), cropped; `undefined` when it
 * cannot be read, or uses what no encoder for the web does (scaling lists, picture order count type 1).
 */
export function pictureSize(parameters: Buffer): { width: number; height: number } | undefined {
  try {
    return readSize(parameters)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

class Unreadable extends Error {}

function readSize(parameters: Buffer): { width: number; height: number } {
  const bits = new BitReader(withoutEmulation(parameters.subarray(1)))
  const profile = bits.read(8)
  bits.read(16)
  bits.golomb()
  const chroma = HIGH_PROFILES.has(profile) ? readHighProfile(bits) : 1
  bits.golomb()
  const order = bits.golomb()
  if (order === 0) bits.golomb()
  else if (order === 1) throw new Unreadable('picture order count type 1')
  bits.golomb()
  bits.read(1)
  const width = (bits.golomb() + 1) * 16
  const mapUnits = bits.golomb() + 1
  const frameOnly = bits.read(1)
  if (frameOnly === 0) bits.read(1)
  bits.read(1)
  const height = mapUnits * 16 * (2 - frameOnly)
  const crop =
    bits.read(1) === 1 ? [bits.golomb(), bits.golomb(), bits.golomb(), bits.golomb()] : [0, 0, 0, 0]
  const stepX = chroma === 1 || chroma === 2 ? 2 : 1
  const stepY = (chroma === 1 ? 2 : 1) * (2 - frameOnly)
  return { width: width - stepX * (crop[0]! + crop[1]!), height: height - stepY * (crop[2]! + crop[3]!) }
}

/** Profiles whose parameter sets go on with chroma format, bit depths and scaling lists. */
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128])

function readHighProfile(bits: BitReader): number {
  const chroma = bits.golomb()
  if (chroma === 3) bits.read(1)
  bits.golomb()
  bits.golomb()
  bits.read(1)
  if (bits.read(1) === 1) throw new Unreadable('scaling lists')
  return chroma
}

/** Takes out the bytes that keep start codes from appearing inside a NAL unit. */
function withoutEmulation(data: Buffer): Buffer {
  const kept: number[] = []
  data.forEach((byte, i) => {
    if (!(byte === 3 && data[i - 1] === 0 && data[i - 2] === 0)) kept.push(byte)
  })
  return Buffer.from(kept)
}

class BitReader {
  readonly #data: Buffer
  #at = 0

  constructor(data: Buffer) {
    this.#data = data
  }

  read(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.#data[this.#at >> 3]
      if (byte === undefined) throw new Unreadable('ends early')
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1)
    }
    return value
  }

  /** An unsigned Exp-Golomb number. */
  golomb(): number {
    let zeros = 0
    while (this.read(1) === 0) zeros++
    return 2 ** zeros - 1 + this.read(zeros)
  }
}

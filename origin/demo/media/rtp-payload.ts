import { Nal, nalType } from './annex-b.ts'

/** Largest RTP payload in bytes: with RTP, SRTP, UDP and IP headers it stays below a 1280-byte path. */
const MAX_PAYLOAD = 1180
const STAP_A = 24
const FU_A = 28

/** The RTP payloads of one picture (RFC 6184, packetization mode 1): small NAL units together, large ones in parts. */
export function payloadsOf(nals: readonly Buffer[]): Buffer[] {
  const parameters = nals.filter(
    nal => nalType(nal) === Nal.parameters || nalType(nal) === Nal.pictureParameters,
  )
  const others = nals.filter(nal => !parameters.includes(nal))
  return [...(parameters.length > 0 ? [aggregate(parameters)] : []), ...others.flatMap(fragment)]
}

function aggregate(nals: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x60 | STAP_A])]
  for (const nal of nals) {
    const size = Buffer.alloc(2)
    size.writeUInt16BE(nal.length)
    parts.push(size, nal)
  }
  return Buffer.concat(parts)
}

function fragment(nal: Buffer): Buffer[] {
  if (nal.length <= MAX_PAYLOAD) return [nal]
  const header = nal[0] ?? 0
  const payloads: Buffer[] = []
  for (let at = 1; at < nal.length; at += MAX_PAYLOAD - 2) {
    const end = Math.min(nal.length, at + MAX_PAYLOAD - 2)
    const flags = (at === 1 ? 0x80 : 0) | (end === nal.length ? 0x40 : 0)
    payloads.push(
      Buffer.concat([Buffer.from([(header & 0xe0) | FU_A, flags | (header & 31)]), nal.subarray(at, end)]),
    )
  }
  return payloads
}

/** Whether an H.264 RTP payload begins a key frame: parameter sets, or the start of a key slice. */
export function startsKeyFrame(payload: Buffer): boolean {
  const type = nalType(payload)
  if (type === Nal.parameters || type === Nal.keySlice) return true
  if (type === STAP_A) return ((payload[3] ?? 0) & 31) === Nal.parameters
  if (type === FU_A) return ((payload[1] ?? 0) & 0x80) !== 0 && ((payload[1] ?? 0) & 31) === Nal.keySlice
  return false
}

/** The NAL units an RTP payload completes, and the unfinished one to hand to the next call. */
export function nalsOf(
  payload: Buffer,
  unfinished: readonly Buffer[],
): { nals: Buffer[]; unfinished: Buffer[] } {
  const type = nalType(payload)
  if (type === STAP_A) return { nals: separate(payload), unfinished: [] }
  if (type !== FU_A) return { nals: [payload], unfinished: [] }
  const indicator = payload[0] ?? 0
  const header = payload[1] ?? 0
  const body = payload.subarray(2)
  const starts = (header & 0x80) !== 0
  // A part without its beginning is useless: the beginning was lost.
  if (!starts && unfinished.length === 0) return { nals: [], unfinished: [] }
  const parts = starts ? [Buffer.from([(indicator & 0xe0) | (header & 31)]), body] : [...unfinished, body]
  return (header & 0x40) !== 0
    ? { nals: [Buffer.concat(parts)], unfinished: [] }
    : { nals: [], unfinished: parts }
}

function separate(payload: Buffer): Buffer[] {
  const nals: Buffer[] = []
  for (let at = 1; at + 2 < payload.length; ) {
    const size = payload.readUInt16BE(at)
    nals.push(payload.subarray(at + 2, at + 2 + size))
    at += 2 + size
  }
  return nals
}

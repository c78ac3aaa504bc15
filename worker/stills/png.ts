/** The largest still, in bytes. */
export const MAX_STILL = 8 * 1024 * 1024

/** The widest and highest, in pixels: 8K and a little. */
const MAX_SIDE = 8192

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Bytes of a chunk beside its data: length, name, checksum. */
const AROUND = 12

/**
 * The size of a still, if the bytes are a PNG such as a page makes of a frame: 8 bits, colour with or without alpha, not
 * interlaced, chunk after chunk to the very end, nothing behind. Undefined for everything else. The pixels themselves are
 * not decoded: they are served as a download of their own type and nothing here looks at them.
 */
export function readPng(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const nameAt = (at: number) => String.fromCharCode(...bytes.subarray(at + 4, at + 8))
  const header = SIGNATURE.length
  if (bytes.length < header + AROUND + 13 || view.getUint32(header) !== 13 || nameAt(header) !== 'IHDR')
    return undefined
  const data = header + 8
  const [width, height] = [view.getUint32(data), view.getUint32(data + 4)]
  const [depth, color, ...rest] = bytes.subarray(data + 8, data + 13)
  const fits = [width, height].every(side => side >= 1 && side <= MAX_SIDE)
  if (!fits || depth !== 8 || (color !== 2 && color !== 6) || rest.some(method => method !== 0))
    return undefined
  for (let at = header; at + AROUND <= bytes.length; ) {
    const length = view.getUint32(at)
    const name = nameAt(at)
    at += AROUND + length
    if (name === 'IEND') return length === 0 && at === bytes.length ? { width, height } : undefined
  }
  return undefined
}

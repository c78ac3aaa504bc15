import { deflateSync } from 'node:zlib'

const chunk = (name: string, data: Uint8Array): number[] => {
  const length = new DataView(new ArrayBuffer(4))
  length.setUint32(0, data.length)
  // Checksums are nobody's business here.
  return [...new Uint8Array(length.buffer), ...new TextEncoder().encode(name), ...data, 0, 0, 0, 0]
}

/** A PNG of a size, with pixels for two. */
export function png(
  width: number,
  height: number,
  more: Uint8Array = new Uint8Array(),
): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  header.setUint8(8, 8)
  header.setUint8(9, 2)
  const pixels = deflateSync(new Uint8Array([0, 255, 0, 0, 0, 0, 255]))
  const before = [
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...chunk('IHDR', new Uint8Array(header.buffer)),
  ]
  const after = [...chunk('IDAT', pixels), ...chunk('IEND', new Uint8Array())]
  const bytes = new Uint8Array(before.length + (more.length ? more.length + 12 : 0) + after.length)
  bytes.set(before)
  if (more.length) {
    new DataView(bytes.buffer).setUint32(before.length, more.length)
    bytes.set(new TextEncoder().encode('teXt'), before.length + 4)
    bytes.set(more, before.length + 8)
  }
  bytes.set(after, bytes.length - after.length)
  return bytes
}

/** One of two pixels. */
export const PNG = png(2, 1)

/** Unsigned big-endian numbers of 8, 16, 32 and 64 bits, as ISO base media files hold them. */
export const u8 = (...values: number[]) => Buffer.from(values)
export const u16 = (...values: number[]) =>
  numbers(values, 2, (buffer, value, at) => buffer.writeUInt16BE(value, at))
export const u32 = (...values: number[]) =>
  numbers(values, 4, (buffer, value, at) => buffer.writeUInt32BE(value >>> 0, at))
export const u64 = (value: bigint) => {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64BE(value)
  return buffer
}

function numbers(
  values: number[],
  size: number,
  write: (buffer: Buffer, value: number, at: number) => void,
): Buffer {
  const buffer = Buffer.alloc(values.length * size)
  values.forEach((value, i) => {
    write(buffer, value, i * size)
  })
  return buffer
}

/** A box (ISO 14496-12, 4.2): size, four-character type, contents. */
export function box(type: string, ...contents: Buffer[]): Buffer {
  const size = contents.reduce((sum, part) => sum + part.length, 8)
  return Buffer.concat([u32(size), Buffer.from(type, 'latin1'), ...contents])
}

/** A box with a version and flags. */
export function fullBox(type: string, version: number, flags: number, ...contents: Buffer[]): Buffer {
  return box(type, u32((version << 24) | flags), ...contents)
}

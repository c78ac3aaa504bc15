/** The raw AAC frames of an ADTS file, without their headers (ISO 14496-3, 1.A.2). */
export function aacFrames(file: Buffer): Buffer[] {
  const frames: Buffer[] = []
  for (let at = 0; at + 7 <= file.length; ) {
    const size = (((file[at + 3] ?? 0) & 3) << 11) | ((file[at + 4] ?? 0) << 3) | ((file[at + 5] ?? 0) >> 5)
    if (file[at] !== 0xff || size < 7) throw new Error(`Not ADTS at byte ${at}`)
    const header = ((file[at + 1] ?? 0) & 1) === 1 ? 7 : 9
    frames.push(file.subarray(at + header, at + size))
    at += size
  }
  return frames
}

/** The packets of an Ogg/Opus file, without its two header packets (RFC 3533, RFC 7845). */
export function opusPackets(file: Buffer): Buffer[] {
  const packets: Buffer[] = []
  let parts: Buffer[] = []
  for (let page = 0; page + 27 <= file.length; ) {
    const segments = file[page + 26] ?? 0
    let at = page + 27 + segments
    for (let i = 0; i < segments; i++) {
      const size = file[page + 27 + i] ?? 0
      parts.push(file.subarray(at, at + size))
      at += size
      // 255 means that the packet goes on in the next segment.
      if (size === 255) continue
      packets.push(Buffer.concat(parts))
      parts = []
    }
    page = at
  }
  return packets.slice(2)
}

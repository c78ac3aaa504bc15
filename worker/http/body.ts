/**
 * A message's raw bytes, or undefined when there are more than `max`: a declared length above it is not read at all,
 * an undeclared one only so far.
 */
export async function readBody(
  request: Pick<Request, 'headers' | 'body' | 'arrayBuffer'>,
  max: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (!(declared <= max)) return undefined
  if (declared > 0) {
    // The runtime holds a body to its declared length, so it can be read in one piece, which is also the cheap way.
    const bytes = new Uint8Array(await request.arrayBuffer())
    return bytes.length <= max ? bytes : undefined
  }
  if (!request.body) return new Uint8Array(0)
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length
    if (size > max) {
      await reader.cancel()
      return undefined
    }
    parts.push(part.value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

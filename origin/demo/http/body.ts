import type { IncomingMessage } from 'node:http'

/** Reads a request's body; `undefined` when it is longer than `limit` bytes or the client goes away. */
export async function readBody(request: IncomingMessage, limit = 64 * 1024): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length
      if (size > limit) return undefined
      chunks.push(chunk as Buffer)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString()
}

import type { Context } from 'hono'
import { bytesOf, toBase64url } from '../crypto/encoding.ts'
import { noneMatch } from './etag.ts'

/** A JSON answer under a given ETag; 304 when the caller has it already. */
export function tagged(
  c: Context,
  body: unknown,
  etag: string,
  status: 200 | 201 = 200,
  headers: Record<string, string> = {},
) {
  const all = { ETag: etag, 'Cache-Control': 'private, no-cache', ...headers }
  if (status === 200 && c.req.method === 'GET' && noneMatch(c.req.header('if-none-match'), etag))
    return c.body(null, 304, all)
  return c.json(body as object, status, all)
}

/** A tag that follows from contents, for answers that have no version of their own. */
export async function digestTag(contents: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytesOf(JSON.stringify(contents)))
  return `"${toBase64url(new Uint8Array(digest).subarray(0, 12))}"`
}

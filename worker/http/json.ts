import type { Context } from 'hono'
import { noneMatch } from './etag.ts'

/** Of an answer that no cache may keep: it is somebody's own, or holds a secret. */
export const NO_STORE = { 'Cache-Control': 'no-store' }

/** A JSON answer under a given ETag; 304 when the caller has it already. */
export function tagged(
  c: Context,
  body: unknown,
  etag: string,
  status: 200 | 201 = 200,
  headers: Record<string, string> = {},
) {
  const all = { ETag: etag, 'Cache-Control': 'private, no-cache', ...headers }
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (status === 200 && reads && noneMatch(c.req.header('if-none-match'), etag)) return c.body(null, 304, all)
  return c.json(body as object, status, all)
}

import type { Context } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import type { App } from '../deps.ts'
import type { Http } from '../http/mount.ts'
import { notFound } from '../problem.ts'
import { pageHeaders } from './headers.ts'

/** A page may be shared by all caches for this long (s); hashed assets for ever. */
const PAGE_CACHE = 'public, max-age=60, stale-while-revalidate=600'
const ASSET_CACHE = 'public, max-age=31536000, immutable'

/** Paths of pages → the file that serves them all. The page itself finds out which room it is for. */
const pages: [path: string, file: string][] = [
  ['/', '/viewer.html'],
  ['/r/:room', '/viewer.html'],
  ['/r/:room/:sub', '/viewer.html'],
  ['/admin', '/admin.html'],
  ['/admin/*', '/admin.html'],
  // Where an identity provider sends people back to.
  ['/auth/callback', '/admin.html'],
]

/** Puts the static site on the wire: pages with their headers, assets under their hashed names. */
export function mountPages(http: Http, app: App): void {
  const headers = pageHeaders(app.origins.all(), app.config.publicUrl?.startsWith('https:') ?? false)
  const show = async (c: Context, file: string, asked: Request, status?: StatusCode): Promise<Response> => {
    const page = await app.asset(file, asked)
    if (!page) throw notFound()
    return c.newResponse(page.body, status ?? (page.status as StatusCode), {
      ...headers,
      'Cache-Control': PAGE_CACHE,
      'Content-Type': 'text/html; charset=utf-8',
      ...entityHeaders(page),
    })
  }
  for (const [path, file] of pages) http.get(path, c => show(c, file, c.req.raw))

  http.get('*', async c => {
    const { pathname } = new URL(c.req.url)
    // Only pages have a page's headers, and only by their own paths: no file under another spelling of its name.
    if (/%|\/\/|\.html$/.test(pathname)) throw notFound()
    const file = await app.asset(pathname, c.req.raw)
    // A person who mistyped gets a page that says so; a program gets the problem.
    if (!file && /\btext\/html\b/.test(c.req.header('accept') ?? ''))
      return show(c, '/viewer.html', new Request(c.req.url), 404)
    if (!file) throw notFound()
    return c.newResponse(file.body, file.status as StatusCode, {
      'Cache-Control': pathname.startsWith('/assets/') ? ASSET_CACHE : 'public, max-age=3600',
      'Content-Type': file.headers.get('content-type') ?? 'application/octet-stream',
      ...entityHeaders(file),
    })
  })
}

/** What belongs to the very bytes the runtime gave: its tag, and how they are packed. */
function entityHeaders(file: Response): Record<string, string> {
  const names = ['ETag', 'Content-Encoding', 'Vary']
  return Object.fromEntries(
    names.flatMap(name => {
      const value = file.headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

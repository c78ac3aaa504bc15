import type { Context } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import type { App } from '../deps.ts'
import type { Http } from '../http/mount.ts'
import { notFound } from '../problem.ts'
import { CALLBACK } from './callback.ts'
import { FILE_POLICY, type PageKind, pageHeaders } from './headers.ts'

/**
 * A page may be shared by all caches for a minute, but a browser asks each time (its tag makes that cheap): a kept page
 * would come with a policy from before the origin's address changed, and never reach the picture. Hashed assets are kept
 * for ever.
 */
const PAGE_CACHE = 'public, max-age=0, s-maxage=60, must-revalidate'
const ASSET_CACHE = 'public, max-age=31536000, immutable'

/** The files that serve all pages. The page itself finds out which room it is for. */
const files: Record<PageKind, string> = {
  room: '/viewer.html',
  viewer: '/viewer.html',
  landing: '/landing.html',
  chart: '/chart.html',
  admin: '/admin.html',
}

/** Paths of pages. */
const pages: [path: string, kind: PageKind, cache: string][] = [
  ['/', 'landing', PAGE_CACHE],
  ['/r/:room', 'room', PAGE_CACHE],
  ['/r/:room/:sub', 'room', PAGE_CACHE],
  ['/chart', 'chart', PAGE_CACHE],
  ['/admin', 'admin', PAGE_CACHE],
  ['/admin/*', 'admin', PAGE_CACHE],
  // An identity provider sends people back to it, with a code in the query: no cache keeps that address.
  [CALLBACK, 'admin', 'no-store'],
]

/** Puts the static site on the wire: pages with their headers, assets under their hashed names. */
export function mountPages(http: Http, app: App): void {
  const { publicUrl, embedParents } = app.config
  const site = {
    origins: app.origins.all(),
    https: publicUrl?.startsWith('https:') ?? false,
    embedParents,
  }
  const headersOf: Record<PageKind, Record<string, string>> = {
    room: pageHeaders('room', site),
    viewer: pageHeaders('viewer', site),
    landing: pageHeaders('landing', site),
    chart: pageHeaders('chart', site),
    admin: pageHeaders('admin', site),
  }
  const show = async (
    c: Context,
    kind: PageKind,
    cache: string,
    asked: Request,
    status?: StatusCode,
  ): Promise<Response> => {
    const page = await app.asset(files[kind], asked)
    if (!page) throw notFound()
    const headers = headersOf[kind]
    if (!('X-Frame-Options' in headers)) c.header('X-Frame-Options', undefined)
    return c.newResponse(page.body, status ?? (page.status as StatusCode), {
      ...headers,
      'Cache-Control': cache,
      'Content-Type': 'text/html; charset=utf-8',
      ...entityHeaders(page),
    })
  }
  // Where Galene has its groups, and auth portals send people back to, with a token in the query.
  for (const path of ['/group/:room{[a-z0-9-]{1,64}}', '/group/:room{[a-z0-9-]{1,64}}/'])
    http.get(path, c => {
      c.header('Cache-Control', 'no-store')
      return c.redirect(`/r/${c.req.param('room')}${new URL(c.req.url).search}`, 302)
    })
  for (const [path, kind, cache] of pages) http.get(path, c => show(c, kind, cache, c.req.raw))

  http.get('*', async c => {
    const { pathname } = new URL(c.req.url)
    // Only pages have a page's headers, and only by their own paths: no file under another spelling of its name.
    if (/%|\/\/|\.html$/.test(pathname)) throw notFound()
    const file = await app.asset(pathname, c.req.raw)
    // A person who mistyped gets a page that says so; a program gets the problem.
    if (!file && /\btext\/html\b/.test(c.req.header('accept') ?? ''))
      return show(c, 'viewer', PAGE_CACHE, new Request(c.req.url), 404)
    if (!file) throw notFound()
    return c.newResponse(file.body, file.status as StatusCode, {
      'Content-Security-Policy': FILE_POLICY,
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

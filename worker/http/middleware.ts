import { cors } from 'hono/cors'
import { newId } from '../crypto/id.ts'
import type { App } from '../deps.ts'
import { isLocalName } from '../environment.ts'
import { CALLBACK } from '../pages/callback.ts'
import { commonHeaders } from '../pages/headers.ts'
import { Problem } from '../problem.ts'
import type { Http } from './mount.ts'
import type { Route } from './route.ts'

/** A request id we are given must look like one: it ends up in log lines and in an answer's header. */
const GIVEN_ID = /^[\w.:-]{8,64}$/

/** Every request gets an id, a log line without query or secrets, a counter and the common headers. */
export function observe(http: Http, app: App): void {
  const headers = Object.entries(commonHeaders(app.config.publicUrl?.startsWith('https:') ?? false))
  http.use(async (c, next) => {
    const given = c.req.header('x-request-id')
    const requestId = given && GIVEN_ID.test(given) ? given : newId()
    c.set('requestId', requestId)
    // Before the answer is made: a header added to a finished answer makes every runtime build it twice.
    c.header('X-Request-Id', requestId)
    for (const [name, value] of headers) c.header(name, value)
    const began = app.now()
    await next()
    const { status } = c.res
    const ms = app.now() - began
    const route = c.req.routePath
    app.metrics.request(route, status, ms)
    app.log[levelOf(status)]('request', {
      requestId,
      method: c.req.method,
      route,
      status,
      ms,
    })
  })
}

/** Pages poll; that nothing changed is no news. */
const levelOf = (status: number) => (status >= 500 ? 'error' : status === 304 ? 'debug' : 'info')

/** CORS for the calls that other web origins may make, by the deployment's list and nothing else. */
export function allowOrigins(http: Http, app: App, routes: readonly Route[]): void {
  if (!app.config.corsOrigins.length) return
  const policy = cors({
    origin: app.config.corsOrigins,
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'If-None-Match'],
    exposeHeaders: ['ETag', 'Location', 'Retry-After', 'X-Request-Id'],
    maxAge: 600,
  })
  for (const { path, shared } of routes) if (shared) http.use(path, policy)
}

/** What other machines' programs ask for, by the names they have for this one. */
const FOR_PROGRAMS = /^\/(v1|healthz|readyz)(\/|$)/

/**
 * Where the server is this machine's alone, refuses pages and API under any other name: a site whose name suddenly means
 * this machine (DNS rebinding) could otherwise call us as if it were our own page.
 */
export function ownNames(http: Http, app: App): void {
  if (!app.localOnly) return
  http.use(async (c, next) => {
    const { hostname, pathname } = new URL(c.req.url)
    if (isLocalName(hostname) || FOR_PROGRAMS.test(pathname)) return next()
    throw new Problem(
      421,
      'wrong_host',
      'This server answers on its own machine only, as localhost. To open it under another name, set PUBLIC_URL and start it again.',
    )
  })
}

/**
 * Sends people who came under another name to the canonical one, path and query kept (the fragment, with the link's
 * secret, stays in the browser and comes along by itself). API calls and webhooks are answered under any name.
 */
export function canonicalHost(http: Http, app: App): void {
  const { publicUrl, canonicalRedirect } = app.config
  if (!publicUrl || !canonicalRedirect) return
  const { host } = new URL(publicUrl)
  http.use(async (c, next) => {
    const url = new URL(c.req.url)
    const page =
      (c.req.method === 'GET' || c.req.method === 'HEAD') &&
      !/^\/(api|v1|healthz|readyz|metrics|\.well-known)(\/|$)/.test(url.pathname)
    if (!page || url.host === host) return next()
    // A browser may keep this kind of redirect for ever, with the address it leads to.
    if (url.pathname === CALLBACK) c.header('Cache-Control', 'no-store')
    return c.redirect(`${publicUrl}${url.pathname}${url.search}`, 308)
  })
}

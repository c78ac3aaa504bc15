import type { Context, Hono } from 'hono'
import { authenticate, requirePerson } from '../auth/authenticate.ts'
import { isForeign } from '../auth/foreign.ts'
import type { App, RequestEnv } from '../deps.ts'
import { limitTries } from '../limits/limit.ts'
import { faultOf } from '../log.ts'
import { answerProblem, blocked, forbidden, notFound, Problem } from '../problem.ts'
import { clientAddress } from './client-address.ts'
import { placeOf } from './place.ts'
import { recorderOf } from './recorder.ts'
import type { Call, Route, Variables } from './route.ts'
import { validBody, validQuery } from './validate.ts'

export type Http = Hono<{ Bindings: RequestEnv; Variables: Variables }>

/**
 * Puts the route table on the wire. The order is the same for every route: who calls, from whose page, with what right;
 * validation; the work; the audit.
 */
export function mount(http: Http, app: App, routes: Route[], pending: Set<Promise<unknown>>): void {
  for (const definition of routes) {
    const { who } = definition
    http.on(definition.method.toUpperCase(), definition.path, async c => {
      const after = (what: string, work: () => Promise<unknown>) => later(app, pending, c, what, work)
      const address = addressOf(app, c)
      const recorder = recorderOf(app, definition, c, address, after)
      try {
        const authorization = c.req.header('authorization')
        const person = who === 'person' ? await requirePerson(app, authorization) : undefined
        const known =
          typeof who === 'object' ? await authenticate(app, c, address, after, who.right) : undefined
        const caller = known?.caller
        recorder.caller = caller
        if (known?.blocked) throw blocked()
        if (who !== 'origin') refuseForeign(app, c, definition, caller?.kind === 'user')
        if (typeof who === 'object' && who.right !== null && !caller!.rights.has(who.right)) throw forbidden()
        if (definition.limit) await limitTries(app, definition.limit, address)
        const body = definition.body && (await validBody(c, definition.body, definition.maxBody))
        recorder.body = body
        const call = {
          c,
          app,
          params: c.req.param() as Record<string, string>,
          query: definition.query && validQuery(c, definition.query),
          body,
          person,
          caller,
          address,
          tell: recorder.tell,
          after,
        }
        const answer = await definition.handle(call as unknown as Call<never, never>)
        await recorder.done()
        return answer
      } catch (error) {
        recorder.failed(error)
        throw error
      }
    })
  }
  refuseTheRest(http, routes)
}

function addressOf(app: App, c: Context): string | undefined {
  return clientAddress(c.env?.address, c.req.header('x-forwarded-for'), app.config.trustedProxies)
}

/** @throws {Problem} 403 when the request comes from somebody else's page */
function refuseForeign(app: App, c: Context, { shared }: Route, byCookie: boolean): void {
  const coming = {
    method: c.req.method,
    origin: c.req.header('origin'),
    site: c.req.header('sec-fetch-site'),
    byCookie,
  }
  const allowed = shared ? app.config.corsOrigins : []
  if (isForeign(coming, [placeOf(app, c.req.url).origin], allowed))
    throw new Problem(403, 'foreign_origin', 'This call is only for Sightline’s own pages.')
}

/** A known path under another method, and everything unknown where only the API lives. */
function refuseTheRest(http: Http, routes: Route[]): void {
  for (const path of new Set(routes.map(r => r.path))) {
    const methods = routes.filter(r => r.path === path).map(r => r.method.toUpperCase())
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ')
    http.all(path, () => {
      throw new Problem(405, 'method_not_allowed', `This address takes ${allow}.`, {}, { Allow: allow })
    })
  }
  for (const path of ['/api/*', '/v1/*'])
    http.all(path, () => {
      throw notFound()
    })
  http.notFound(c => answerProblem(c, notFound()))
}

/** Runs work beside the answer: the runtime is told to wait for it, and a failure is logged and counted. */
function later(
  app: App,
  pending: Set<Promise<unknown>>,
  c: Call<never, never>['c'],
  what: string,
  work: () => Promise<unknown>,
): void {
  const running = Promise.resolve()
    .then(work)
    .catch(error => {
      app.metrics.failure(what)
      app.log.error('deferred.failed', { requestId: c.get('requestId'), what, error: faultOf(error) })
    })
    .finally(() => pending.delete(running))
  pending.add(running)
  c.env?.defer?.(running)
}

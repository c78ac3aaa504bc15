import type { Hono } from 'hono'
import type { App, RequestEnv } from '../deps.ts'
import { faultOf } from '../log.ts'
import { answerProblem, notFound, Problem } from '../problem.ts'
import { requireAdmin, requirePerson } from './auth.ts'
import type { Call, Route, Variables } from './route.ts'
import { validBody, validQuery } from './validate.ts'

export type Http = Hono<{ Bindings: RequestEnv; Variables: Variables }>

/** Puts the route table on the wire. The order is the same for every route: rights, validation, the work. */
export function mount(http: Http, app: App, routes: Route[], pending: Set<Promise<unknown>>): void {
  for (const definition of routes) {
    http.on(definition.method.toUpperCase(), definition.path, async c => {
      const authorization = c.req.header('authorization')
      const person = definition.who === 'person' ? await requirePerson(app, authorization) : undefined
      if (definition.who === 'admin' || definition.who === 'monitor') await requireAdmin(app, authorization)
      const call = {
        c,
        app,
        params: c.req.param() as Record<string, string>,
        query: definition.query && validQuery(c, definition.query),
        body: definition.body && (await validBody(c, definition.body)),
        person,
        after: (what: string, work: () => Promise<unknown>) => later(app, pending, c, what, work),
      }
      return definition.handle(call as unknown as Call<never, never>)
    })
  }
  refuseTheRest(http, routes)
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

import type { Context } from 'hono'
import type { GenericSchema, InferOutput } from 'valibot'
import type { App, RequestEnv } from '../deps.ts'
import type { PersonClaims } from '../people/token.ts'

/** Who may call a route. `origin` calls carry a webhook signature, which the route itself checks over the raw bytes. */
export type Who = 'anyone' | 'admin' | 'person' | 'origin' | 'monitor'

type Out<S> = S extends GenericSchema ? InferOutput<S> : undefined

/** What a handler gets: everything already authenticated and validated, in that order. */
export interface Call<B, Q> {
  c: Context<{ Bindings: RequestEnv; Variables: Variables }>
  app: App
  params: Record<string, string>
  body: B
  query: Q
  /** The verified bearer of a `person` route. */
  person: PersonClaims
  /** Runs after the answer; a failure is logged under `what`, never lost. */
  after: (what: string, work: () => Promise<unknown>) => void
}

export interface Variables {
  requestId: string
}

/** One row of the route table: enough to mount it, to check a caller's rights and to describe it in OpenAPI. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  who: Who
  summary: string
  body?: GenericSchema | undefined
  query?: GenericSchema | undefined
  /** Status → schema of the JSON answer, or null for none. */
  answers: Record<number, GenericSchema | null>
  handle: (call: Call<never, never>) => Promise<Response> | Response
}

/** Declares a route; the handler's `body` and `query` have the schemas' types. */
export function route<
  B extends GenericSchema | undefined = undefined,
  Q extends GenericSchema | undefined = undefined,
>(
  definition: Omit<Route, 'handle' | 'body' | 'query'> & {
    body?: B
    query?: Q
    handle: (call: Call<Out<B>, Out<Q>>) => Promise<Response> | Response
  },
): Route {
  return definition as unknown as Route
}

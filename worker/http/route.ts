import type { Context } from 'hono'
import type { GenericSchema, InferOutput } from 'valibot'
import type { AuditAction } from '../audit/actions.ts'
import type { AuditEntry } from '../audit/record.ts'
import type { Caller } from '../auth/caller.ts'
import type { App, RequestEnv } from '../deps.ts'
import type { After } from '../later.ts'
import type { Limited } from '../limits/rules.ts'
import type { PersonClaims } from '../people/token.ts'
import type { Right } from '../users/rights.ts'

/**
 * Who may call a route: whoever has the right (null = whoever is signed in, man or machine), a person by their bearer,
 * or anyone. `origin` calls carry a webhook signature, which the route itself checks over the raw bytes.
 */
export type Who = 'anyone' | 'person' | 'origin' | { right: Right | null }

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
  /** Who calls a route that wants a right. */
  caller: Caller
  /** Where the request comes from, as far as it is believed. */
  address: string | undefined
  /** Tells the audit what the route table cannot know: a new row's id, a name, who signed in. */
  tell: (what: Told) => void
  after: After
}

/** What a handler adds to its audit entry; the rest follows from route, path and body. */
export interface Told extends Partial<Pick<AuditEntry, 'action' | 'actor' | 'params' | 'room'>> {
  /** Of the target, when it is of another kind than the route's usual one. */
  kind?: string
  id?: string | null
  name?: string
  /** A stranger's refusal that says nothing of anybody, and that they can have as often as they like: no entry, a count. */
  onlyCounted?: true
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
  /** What the audit calls it, and what it is done to; everything that changes something has it. */
  audit?: { action: AuditAction; kind: string }
  /** How often an address may try, for routes without a caller. */
  limit?: Limited
  /** Pages of other web origins may call it, where the deployment lists them. */
  shared?: true
  body?: GenericSchema | undefined
  /** Bytes of a body, when more than usual. */
  maxBody?: number
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

import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** One wrong field of a request: where it is and what would be right. */
export interface FieldError {
  field: string
  detail: string
}

/**
 * The one error shape of the API (RFC 9457). `code` is stable and for programs, `detail` is a sentence for
 * people. Never put a secret, a token or a query in either.
 */
export class Problem extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string,
    readonly detail: string,
    readonly extra: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(code)
  }
}

const titles: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not possible now',
  410: 'Ended',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Wrong content type',
  421: 'Not under this name',
  426: 'Needs another protocol',
  429: 'Too many tries',
  500: 'The server failed',
  503: 'Not available',
}

/** Writes a {@link Problem} as `application/problem+json`. */
export function answerProblem(c: Context, problem: Problem): Response {
  const body = {
    type: `urn:sightline:problem:${problem.code}`,
    title: titles[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    ...problem.extra,
  }
  return c.body(JSON.stringify(body), problem.status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...problem.headers,
  })
}

export const notFound = () => new Problem(404, 'not_found', 'There is nothing here, or it is not for you.')
export const unauthenticated = () =>
  new Problem(
    401,
    'unauthenticated',
    'Sign in first, or send a valid bearer token.',
    {},
    { 'WWW-Authenticate': 'Bearer' },
  )
export const changedMeanwhile = () =>
  new Problem(
    412,
    'changed_meanwhile',
    'Somebody changed this since you read it. Read it again, then change it.',
  )
export const forbidden = () => new Problem(403, 'forbidden', 'You do not have the right to do this.')
/** The same whoever is blocked, and for whatever reason. */
export const blocked = () =>
  new Problem(
    403,
    'blocked',
    'Requests from this address are blocked. If that is a mistake, tell an administrator, or try again in an hour.',
  )
export const invalid = (errors: FieldError[]) =>
  new Problem(400, 'invalid', errors.map(e => (e.field ? `${e.field}: ${e.detail}` : e.detail)).join('; '), {
    errors,
  })

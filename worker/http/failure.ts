import type { Context } from 'hono'
import type { App } from '../deps.ts'
import { faultOf } from '../log.ts'
import { answerProblem, Problem } from '../problem.ts'

/**
 * The one place where errors become answers. What is not a {@link Problem} is ours or the database's: the log gets its
 * kind, the caller a sentence. Without a database everything fails alike, and says so.
 */
export function answerFailure(app: App, error: unknown, c: Context): Response {
  if (error instanceof Problem) return answerProblem(c, error)
  app.metrics.failure('request')
  app.log.error('request.failed', {
    requestId: c.get('requestId'),
    route: c.req.routePath,
    error: faultOf(error),
  })
  if (isDatabaseError(error))
    return answerProblem(
      c,
      new Problem(
        503,
        'unavailable',
        'The database does not answer. Try again in a moment.',
        {},
        { 'Retry-After': '2' },
      ),
    )
  return answerProblem(c, new Problem(500, 'failed', 'Something failed here. The log has the request id.'))
}

/** libSQL's errors carry a code (SQLITE_…, or the transport's); over HTTP an unreachable server is a plain TypeError. */
const isDatabaseError = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'LibsqlError' ||
    error.name === 'LibsqlBatchError' ||
    /fetch failed|connection/i.test(error.message))

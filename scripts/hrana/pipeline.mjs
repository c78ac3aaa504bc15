import { HranaError } from './streams.mjs'

/**
 * @typedef {import('./connection.mjs').Statement & { sql?: string, sql_id?: number }} StatementRequest
 * @typedef {{ type: string, step?: number, cond?: Condition, conds?: Condition[] }} Condition
 * @typedef {{ type: string, stmt?: StatementRequest, batch?: { steps: { stmt: StatementRequest, condition?: Condition }[] },
 *   sql?: string, sql_id?: number }} StreamRequest
 */

/**
 * Answers the requests of one `POST /v2/pipeline`, in order, on one stream.
 * @param {import('./streams.mjs').Streams} streams
 * @param {{ baton?: string | null, requests: StreamRequest[] }} body
 */
export async function answerPipeline(streams, { baton, requests }) {
  if (!Array.isArray(requests)) throw new HranaError('HRANA_PROTO', 'requests must be a list')
  const stream = await streams.take(baton)
  const results = requests.map(request => {
    try {
      return { type: 'ok', response: answer(stream, request) }
    } catch (error) {
      return { type: 'error', error: faultOf(error) }
    }
  })
  const closed = requests.some(request => request?.type === 'close')
  if (closed) streams.end(stream)
  return { baton: closed ? null : streams.park(stream), base_url: null, results }
}

/**
 * What Hrana says of an error.
 * @param {unknown} error
 */
export function faultOf(error) {
  const { message, code } = /** @type {{ message?: string, code?: unknown }} */ (error)
  return { message: message ?? String(error), ...(code === undefined ? {} : { code: String(code) }) }
}

/**
 * @param {import('./streams.mjs').Stream} stream
 * @param {StreamRequest} request
 */
function answer(stream, request) {
  const { connection, texts } = stream
  switch (request.type) {
    case 'execute':
      return { type: 'execute', result: connection.execute(resolve(stream, request.stmt)) }
    case 'batch':
      return { type: 'batch', result: answerBatch(stream, request.batch?.steps ?? []) }
    case 'sequence':
      connection.run(textOf(stream, request))
      return { type: 'sequence' }
    case 'describe':
      return { type: 'describe', result: connection.describe(textOf(stream, request)) }
    case 'store_sql':
      texts.set(Number(request.sql_id), String(request.sql))
      return { type: 'store_sql' }
    case 'close_sql':
      texts.delete(Number(request.sql_id))
      return { type: 'close_sql' }
    case 'get_autocommit':
      return { type: 'get_autocommit', is_autocommit: !connection.inTransaction }
    case 'close':
      return { type: 'close' }
    default:
      throw new HranaError('HRANA_PROTO', 'Unknown type of request')
  }
}

/**
 * Steps run in order, each only if its condition holds; a failed step does not stop the others.
 * @param {import('./streams.mjs').Stream} stream
 * @param {{ stmt: StatementRequest, condition?: Condition }[]} steps
 */
function answerBatch(stream, steps) {
  /** @type {(object | null)[]} */
  const step_results = []
  /** @type {(object | null)[]} */
  const step_errors = []
  /** @type {(condition: Condition | undefined | null) => boolean} */
  const holds = condition => {
    if (!condition) return true
    switch (condition.type) {
      case 'ok':
        return Boolean(step_results[condition.step ?? -1])
      case 'error':
        return Boolean(step_errors[condition.step ?? -1])
      case 'not':
        return !holds(condition.cond)
      case 'and':
        return (condition.conds ?? []).every(holds)
      case 'or':
        return (condition.conds ?? []).some(holds)
      case 'is_autocommit':
        return !stream.connection.inTransaction
      default:
        throw new HranaError('HRANA_PROTO', 'Unknown type of condition')
    }
  }
  for (const { stmt, condition } of steps) {
    let result = null
    let fault = null
    if (holds(condition)) {
      try {
        result = stream.connection.execute(resolve(stream, stmt))
      } catch (error) {
        fault = faultOf(error)
      }
    }
    step_results.push(result)
    step_errors.push(fault)
  }
  return { step_results, step_errors }
}

/**
 * @param {import('./streams.mjs').Stream} stream
 * @param {StatementRequest | undefined} statement
 */
function resolve(stream, statement) {
  if (!statement) throw new HranaError('HRANA_PROTO', 'The statement is missing')
  return { ...statement, sql: textOf(stream, statement) }
}

/**
 * @param {import('./streams.mjs').Stream} stream
 * @param {{ sql?: string | null, sql_id?: number | null }} source
 */
function textOf(stream, { sql, sql_id }) {
  const text = sql ?? stream.texts.get(Number(sql_id))
  if (text === undefined) throw new HranaError('SQL_NOT_FOUND', 'No SQL text with this id')
  return text
}

import type { Context } from 'hono'
import * as v from 'valibot'
import { textOf } from '../crypto/encoding.ts'
import { type FieldError, invalid, Problem } from '../problem.ts'
import { readBody } from './body.ts'

/** The usual largest JSON body of our own API, in bytes. */
const MAX_BODY = 64 * 1024

/** @throws {Problem} 413, 415 or 400, the last with every wrong field named. */
export async function validBody(c: Context, schema: v.GenericSchema, max = MAX_BODY): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  const raw = await readBody(c.req.raw, max)
  if (!raw) throw new Problem(413, 'too_large', `A request has at most ${max / 1024} KiB.`)
  if (type !== 'application/json') throw new Problem(415, 'not_json', 'Send application/json.')
  let json: unknown
  try {
    json = JSON.parse(textOf(raw))
  } catch {
    throw new Problem(400, 'not_json', 'The body is not JSON.')
  }
  // Valibot takes a list for an object without fields.
  if (Array.isArray(json)) throw invalid([{ field: '', detail: 'The body must be an object' }])
  return validated(schema, json)
}

export const validQuery = (c: Context, schema: v.GenericSchema): unknown => {
  const query: Record<string, string> = Object.create(null)
  for (const [name, value] of new URL(c.req.url).searchParams) {
    if (name in query) throw invalid([{ field: name, detail: 'must be given once' }])
    query[name] = value
  }
  return validated(schema, query)
}

function validated(schema: v.GenericSchema, input: unknown): unknown {
  const read = v.safeParse(schema, input, { abortPipeEarly: true })
  if (read.success) return read.output
  throw invalid(read.issues.map(fieldError))
}

export function fieldError(issue: v.BaseIssue<unknown>): FieldError {
  const field = v.getDotPath(issue) ?? ''
  // Valibot's own sentences speak of types and received values; received values may be secrets.
  if (issue.type === 'strict_object') {
    if (issue.expected === 'never') return { field, detail: 'is not known here' }
    if (!field) return { field, detail: 'The body must be an object' }
    return { field, detail: issue.expected === 'Object' ? 'must be an object' : 'is required' }
  }
  return { field, detail: issue.message.startsWith('Invalid ') ? 'has the wrong type' : issue.message }
}

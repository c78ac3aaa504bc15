import * as v from 'valibot'
import { bytesOf } from '../crypto/encoding.ts'
import { MAX_MESSAGE, type RefusedCode, refusalDetails, ToServer } from './protocol.ts'

/** What came in: a message, or why it is none, with as much as could be read of what it was about. */
export type Reading =
  | { message: ToServer }
  | { about: string | null; ref?: string; code: RefusedCode; detail: string }

/** Reads what a page sent. Nothing that was not checked here comes any further; what was sent is never repeated. */
export function readMessage(data: unknown): Reading {
  if (typeof data !== 'string') return fault('unreadable')
  if (data.length > MAX_MESSAGE || bytesOf(data).length > MAX_MESSAGE) return fault('too_large')
  let json: unknown
  try {
    json = JSON.parse(data)
  } catch {
    return fault('unreadable')
  }
  const read = v.safeParse(ToServer, json, { abortEarly: true })
  if (read.success) return { message: read.output }
  const { type, ref } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>
  const [issue] = read.issues
  const field = v.getDotPath(issue)
  const own = issue.message.startsWith('Invalid ') || issue.message.includes('"') ? undefined : issue.message
  return {
    ...fault('unreadable'),
    about: isKnown(type) ? type : null,
    ...(typeof ref === 'string' && /^[\w-]{1,32}$/.test(ref) ? { ref } : {}),
    // Our own sentences only: those of the library repeat what was sent.
    ...(field && own ? { detail: `${field}: ${own}` } : {}),
  }
}

const types: readonly string[] = ToServer.options.map(option => option.entries.type.literal)
const isKnown = (type: unknown): type is string => typeof type === 'string' && types.includes(type)

const fault = (code: RefusedCode) => ({ about: null, code, detail: refusalDetails[code] })

import type { Loops } from '../publishing/loops.ts'
import type { LiveStream } from '../streams/live-stream.ts'
import type { Registry } from '../streams/registry.ts'
import { isAlertCode } from './alerts.ts'
import { type ApiAnswer, NO_CONTROLLER } from './answer.ts'

export interface DemoRoutesSetup {
  readonly registry: Registry
  readonly loops: Loops
  /** Absent when there is nowhere to send alerts. */
  readonly alert: ((stream: LiveStream, codes: readonly string[]) => Promise<void>) | undefined
}

interface DemoRequest {
  readonly method: string
  /** After `/demo`. */
  readonly path: readonly string[]
  /** With its question mark, or empty. */
  readonly query: string
  readonly body: string
}

const answer = (status: number, body: Record<string, unknown>): ApiAnswer => ({
  status,
  body: { demonstration: true, ...body },
})

/** What OME does not have: the built-in encoders, and faults to order. README.md describes the calls. */
export async function answerDemo(setup: DemoRoutesSetup, request: DemoRequest): Promise<ApiAnswer> {
  const { method, path } = request
  const [what, name, verb, ...rest] = path
  if (rest.length > 0) return NO_CONTROLLER
  if (what === 'loops' && verb === undefined) return answerLoops(setup.loops, request, name)
  if (what === 'streams' && name && method === 'POST' && (verb === 'freeze' || verb === 'thaw')) {
    const stream = setup.registry.get(name)
    if (!stream) return answer(404, { error: `No stream ${name}` })
    const { reconnect } = readObject(request.body) ?? {}
    if (verb === 'freeze') stream.publication.freeze({ reconnect: reconnect === true })
    else stream.publication.thaw()
    return answer(200, { name })
  }
  if (what === 'alerts' && name === undefined && method === 'POST') return answerAlert(setup, request.body)
  return NO_CONTROLLER
}

function answerLoops(loops: Loops, { method, query }: DemoRequest, name: string | undefined): ApiAnswer {
  if (name === undefined) return method === 'GET' ? answer(200, { loops: loops.states() }) : NO_CONTROLLER
  const key = `${name}${query}`
  if (method === 'PUT') return answer(loops.start(key) ? 201 : 200, { key })
  if (method === 'DELETE')
    return loops.stop(key) ? answer(200, { key }) : answer(404, { error: `No loop ${key}` })
  return NO_CONTROLLER
}

async function answerAlert(setup: DemoRoutesSetup, body: string): Promise<ApiAnswer> {
  const { name, codes } = readObject(body) ?? {}
  if (typeof name !== 'string' || !Array.isArray(codes) || codes.length === 0) {
    return answer(400, { error: 'Send {"name": "<stream>", "codes": ["INGRESS_HAS_BFRAME"]}' })
  }
  const unknown = codes.find(code => typeof code !== 'string' || !isAlertCode(code))
  if (unknown !== undefined) return answer(400, { error: `OME has no alert ${String(unknown)}` })
  const stream = setup.registry.get(name)
  if (!stream) return answer(404, { error: `No stream ${name}` })
  if (!setup.alert) return answer(409, { error: 'This origin was started without an alert URL' })
  await setup.alert(stream, codes as string[])
  return answer(200, { name, codes })
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

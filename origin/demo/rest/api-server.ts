import { createServer, type IncomingMessage, type Server } from 'node:http'
import { readBody } from '../http/body.ts'
import { type ApiAnswer, failure, NO_CONTROLLER, refuseCredential } from './answer.ts'
import { answerDemo, type DemoRoutesSetup } from './demo-routes.ts'
import { answerOme, type OmeRoutesSetup } from './ome-routes.ts'

export interface ApiSetup {
  readonly token: string
  readonly ome: OmeRoutesSetup
  readonly demo: DemoRoutesSetup
}

/** The API port: OME's REST calls under `/v1`, ours under `/demo`, all with the access token. */
export function createApiServer(setup: ApiSetup): Server {
  return createServer(async (request, response) => {
    const { status, body } = await answerRequest(setup, request)
    const text = JSON.stringify(body)
    response.writeHead(status, {
      'Content-Length': Buffer.byteLength(text),
      'Content-Type': 'application/json;charset=UTF-8',
      Server: 'OvenMediaEngine',
    })
    response.end(text)
  })
}

async function answerRequest(setup: ApiSetup, request: IncomingMessage): Promise<ApiAnswer> {
  const refusal = refuseCredential(request.headers.authorization, setup.token)
  if (refusal) return refusal
  const url = URL.canParse(request.url ?? '', 'http://origin')
    ? new URL(request.url ?? '', 'http://origin')
    : undefined
  const path = url && readPath(url.pathname)
  const body = await readBody(request)
  if (!url || !path) return NO_CONTROLLER
  if (body === undefined) return failure(413, 'Too large')
  const method = request.method ?? ''
  if (path[0] === 'demo')
    return answerDemo(setup.demo, { method, path: path.slice(1), query: url.search, body })
  return answerOme(setup.ome, method, path)
}

/** The segments of a path, decoded; `undefined` when they cannot be. */
function readPath(pathname: string): string[] | undefined {
  try {
    return pathname.split('/').slice(1).map(decodeURIComponent)
  } catch {
    return undefined
  }
}

import type { ServerResponse } from 'node:http'

const ALL_METHODS = 'OPTIONS, HEAD, GET, POST, PUT, PATCH, DELETE'

/** An answer on the media port. `methods` is what OME puts into Access-Control-Allow-Methods there: it varies. */
export interface MediaReply {
  readonly status: number
  readonly type?: string
  readonly body?: string | Buffer
  readonly methods?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers with the headers OME answers with. */
export function reply(response: ServerResponse, answer: MediaReply): void {
  if (response.headersSent || response.destroyed) return
  const body = answer.body ?? ''
  response.writeHead(answer.status, {
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': answer.methods ?? ALL_METHODS,
    'Access-Control-Allow-Origin': '*',
    'Content-Length': Buffer.byteLength(body),
    'Content-Type': answer.type ?? 'text/html',
    Server: 'OvenMediaEngine',
    Vary: 'Origin',
    ...answer.headers,
  })
  response.end(body)
}

/** The answer to a preflight. Authorization is named because browsers do not count it under `*`. */
export const PREFLIGHT: MediaReply = {
  status: 200,
  headers: { 'Access-Control-Allow-Headers': '*, Authorization', 'Access-Control-Max-Age': '600' },
}

import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { answerPipeline, faultOf } from './pipeline.mjs'
import { Streams } from './streams.mjs'

/** Far above any statement of ours; a runaway client must not fill the memory. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

/**
 * Serves an embedded libSQL file over HTTP as Hrana 2 (`POST /v2/pipeline`, JSON), on this machine only: workerd
 * cannot open files, so `npm run dev` and the tests reach the database this way. Not for production.
 * @param {{ file: string, token: string, port?: number, idleMs?: number }} options
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveHrana({ file, token, port = 0, idleMs }) {
  const streams = new Streams(file, idleMs)
  const server = createServer((request, response) => {
    answer(request, streams, token).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      },
      error => {
        response.writeHead(400, { 'content-type': 'application/json' })
        response.end(JSON.stringify(faultOf(error)))
      },
    )
  })
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    streams.close()
    throw error
  }
  const { port: own } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${own}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      streams.close()
    },
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {Streams} streams
 * @param {string} token
 * @returns {Promise<{ status: number, body: object }>}
 */
async function answer(request, streams, token) {
  if (!same(request.headers.authorization ?? '', `Bearer ${token}`))
    return { status: 401, body: { message: 'Send the access token' } }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  if (request.method === 'GET' && pathname === '/v2') return { status: 200, body: {} }
  if (request.method !== 'POST' || pathname !== '/v2/pipeline')
    return { status: 404, body: { message: 'There is only POST /v2/pipeline' } }
  const text = await readBody(request)
  if (text === undefined) return { status: 413, body: { message: 'The request is too large' } }
  return { status: 200, body: await answerPipeline(streams, JSON.parse(text)) }
}

/** @param {import('node:http').IncomingMessage} request */
async function readBody(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * @param {string} a
 * @param {string} b
 */
function same(a, b) {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

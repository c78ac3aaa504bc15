import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An origin's REST API with nothing live, in this process: enough for a server that only has to reach one. */
export interface OriginApi {
  /** `METHOD /path` of each authenticated call. */
  calls: string[]
  /** The variables by which a server uses it. */
  settings: Record<string, string>
  close(): Promise<void>
}

const API_TOKEN = 'ome-access-token'
export const WEBHOOK_SECRET = 'the webhook secret of the tests'

export async function startOriginApi(): Promise<OriginApi> {
  const calls: string[] = []
  const server = createServer((request, response) => {
    const reply = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const basic = `Basic ${Buffer.from(API_TOKEN).toString('base64')}`
    if (request.headers.authorization !== basic) return reply(403, { statusCode: 403, message: 'Forbidden' })
    calls.push(`${request.method} ${request.url}`)
    if (request.method === 'GET' && request.url === '/v1/vhosts/default/apps/app/streams')
      return reply(200, { statusCode: 200, message: 'OK', response: [] })
    reply(404, { statusCode: 404, message: '[HTTP] Could not find the stream (404)' })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    calls,
    settings: {
      OME_API_URL: `http://127.0.0.1:${port}`,
      OME_API_TOKEN: API_TOKEN,
      OME_WEBHOOK_SECRET: WEBHOOK_SECRET,
      OME_PUBLIC_URL: 'ws://127.0.0.1:3333',
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { announce, type Create, openLocal, refuseToListen, stopOnSignal } from './local.ts'

/** How often connections that have become idle are closed while we wait for the rest (ms). */
const SWEEP_MS = 50

/** Runs the server on Node until a signal ends it. */
export async function serveNode(create?: Create): Promise<void> {
  const local = await openLocal('node', create)
  const { app, config } = local
  const server = createAdaptorServer({
    fetch: (request, env) =>
      app.fetch(request, { address: (env as HttpBindings).incoming.socket.remoteAddress }),
  }) as Server
  try {
    server.listen(config.port, config.host)
    await once(server, 'listening')
  } catch (error) {
    refuseToListen(config, error)
  }
  stopOnSignal(local, () => closeServer(server))
  announce((server.address() as AddressInfo).port)
}

/** Resolves when the last request is answered. Kept-alive connections do not hold it up. */
async function closeServer(server: Server): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
  server.close()
  server.closeIdleConnections()
  await once(server, 'close')
  clearInterval(sweep)
}

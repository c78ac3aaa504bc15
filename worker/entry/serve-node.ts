import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { announce, type Create, openLocal, refuseToListen, stopOnSignal } from './local.ts'
import { upgraderOf } from './upgrade-node.ts'

/** Runs the server on Node until a signal ends it. */
export async function serveNode(create?: Create): Promise<void> {
  // The database is for this user alone.
  process.umask(0o077)
  const local = await openLocal('node', create)
  const { app, config } = local
  const server = createAdaptorServer({
    fetch: (request, env) =>
      app.fetch(request, { address: (env as HttpBindings).incoming.socket.remoteAddress }),
  }) as Server
  server.on('upgrade', upgraderOf(local))
  const close = closerOf(server)
  try {
    server.listen(config.port, config.host)
    await once(server, 'listening')
  } catch (error) {
    refuseToListen(config, error)
  }
  stopOnSignal(local, close)
  announce((server.address() as AddressInfo).port)
}

/**
 * Watches a server's connections; the function it gives stops listening and resolves when the last request is answered.
 * Connections that carry none are closed at once, also those that a browser has opened in advance and never used,
 * which Node does not count as idle.
 */
function closerOf(server: Server): () => Promise<void> {
  const busy = new Map<Socket, boolean>()
  let closing = false
  const release = (socket: Socket) => {
    busy.set(socket, false)
    if (closing) socket.destroySoon()
  }
  server.on('connection', (socket: Socket) => {
    release(socket)
    socket.on('close', () => busy.delete(socket))
  })
  server.prependListener('request', ({ socket }, response) => {
    busy.set(socket, true)
    response.on('close', () => release(socket))
  })
  return async () => {
    closing = true
    const closed = once(server, 'close')
    server.close()
    for (const [socket, inUse] of busy) if (!inUse) socket.destroySoon()
    await closed
  }
}

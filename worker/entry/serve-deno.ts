import type { Hub, Line } from '../live/hub.ts'
import { type ByeCode, CLOSED, SUBPROTOCOL } from '../live/protocol.ts'
import type { Seat } from '../live/seat.ts'
import { announce, type Create, openLocal, refuseToListen, stopOnSignal } from './local.ts'

/** What we use of Deno; its own types would change those of every other file. */
declare const Deno: {
  serve(
    options: { hostname: string; port: number; onListen: (at: { port: number }) => void },
    handler: (request: Request, info: { remoteAddr: { hostname: string } }) => Promise<Response>,
  ): { shutdown(): Promise<void> }
  upgradeWebSocket(
    request: Request,
    options: { idleTimeout: number },
  ): { socket: WebSocket; response: Response }
}

/** How long a page that sent too much is still read from (ms). */
const UNREAD_MS = 500

/** Runs the server on Deno until a signal ends it. */
export async function serveDeno(create?: Create): Promise<void> {
  const local = await openLocal('deno', create)
  const { app, config } = local
  try {
    const server = Deno.serve(
      { hostname: config.host, port: config.port, onListen: ({ port }) => announce(port) },
      (request, { remoteAddr }) =>
        app.fetch(request, {
          address: remoteAddr.hostname,
          upgrade: seat => upgrade(app.hub, request, seat),
        }),
    )
    stopOnSignal(local, () => server.shutdown())
  } catch (error) {
    refuseToListen(config, error)
  }
}

/**
 * Silent connections are ended by the room, hence no timeout of Deno's own. The protocol is answered by hand: Deno finds
 * it only in a list with a blank after each comma.
 */
function upgrade(hub: Hub, request: Request, seat: Seat): Response {
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 })
  response.headers.set('Sec-WebSocket-Protocol', SUBPROTOCOL)
  let line: Line | undefined
  socket.onopen = () => {
    line = hub.connect(seat, {
      send: text => socket.readyState === WebSocket.OPEN && socket.send(text),
      close: code => closeAfterwards(socket, code),
      drop: () => socket.close(CLOSED, 'slow'),
      backlog: () => socket.bufferedAmount,
    })
  }
  socket.onmessage = ({ data }) => line?.heard(data)
  socket.onclose = () => line?.lost()
  // What follows an error is its close.
  socket.onerror = () => {}
  return response
}

/**
 * Deno ends a connection without reading on, and what has not been read takes the goodbye with it. A page that sent too
 * much gets a moment, in which nobody listens any more.
 */
function closeAfterwards(socket: WebSocket, code: ByeCode): void {
  if (code === 'flooding') setTimeout(() => socket.close(CLOSED, code), UNREAD_MS)
  else socket.close(CLOSED, code)
}

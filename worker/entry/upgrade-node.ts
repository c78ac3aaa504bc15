import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { SightlineApp } from '../app.ts'
import type { Hub } from '../live/hub.ts'
import { CLOSED, MAX_MESSAGE, SUBPROTOCOL } from '../live/protocol.ts'
import type { Seat } from '../live/seat.ts'
import { faultOf, type Log } from '../log.ts'

/** What a client may send at most, in bytes. Up to here it is told that it was too much; beyond, the connection ends. */
const MAX_PAYLOAD = 4 * MAX_MESSAGE

/** Answers requests that want another protocol: the app decides as for any other request, and may take a WebSocket. */
export function upgraderOf({ app, log }: { app: SightlineApp; log: Log }) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  })
  return async (message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const fail = () => socket.destroy()
    socket.on('error', fail)
    try {
      let taken: Seat | undefined
      const answer = await app.fetch(requestOf(message), {
        address: message.socket.remoteAddress,
        upgrade(seat) {
          taken = seat
          return new Response(null, { status: 204 })
        },
      })
      const seat = taken
      if (!seat) return await refuse(socket, answer)
      socket.off('error', fail)
      sockets.handleUpgrade(message, socket, head, ws => carry(app.hub, seat, ws))
    } catch (error) {
      log.warn('upgrade.failed', { error: faultOf(error) })
      socket.destroy()
    }
  }
}

/** @throws {TypeError} when the client names a host that is none */
function requestOf({ url, headers, method = 'GET' }: IncomingMessage): Request {
  const list = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((item): [string, string] => [name, item]),
  )
  return new Request(new URL(url ?? '/', `http://${headers.host ?? 'localhost'}`), { method, headers: list })
}

/** What is said of the connection and the body, which are ours here. */
const OURS = ['connection', 'content-length', 'keep-alive', 'transfer-encoding']

/** Writes an answer on a connection that Node has let go of, and ends it. */
async function refuse(socket: Duplex, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer())
  const { status, headers } = answer
  const lines = [...headers]
    .filter(([name]) => !OURS.includes(name))
    .map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines]
  socket.end(
    Buffer.concat([
      Buffer.from([...head, 'Connection: close', `Content-Length: ${body.length}`, '', ''].join('\r\n')),
      body,
    ]),
  )
}

function carry(hub: Hub, seat: Seat, ws: WebSocket): void {
  const line = hub.connect(seat, {
    send: text => ws.send(text, () => {}),
    close: code => ws.close(CLOSED, code),
    drop: () => ws.terminate(),
    backlog: () => ws.bufferedAmount,
  })
  ws.on('message', (data: RawData, isBinary) => line.heard(isBinary ? undefined : data.toString()))
  ws.on('close', () => line.lost())
  // What follows an error is its close.
  ws.on('error', () => {})
}

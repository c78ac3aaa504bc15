import type { Wire, WireEvents } from './follow.ts'

/** Opens the live channel of a room or sub-room at the page's own server. A WebSocket carries no header: the token is a subprotocol. */
export function openWire(token: string, sub: string | null, { opened, heard, closed }: WireEvents): Wire {
  const address = new URL('/api/live', location.href)
  if (sub !== null) address.searchParams.set('room', sub)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(address, ['sightline.1', `bearer.${token}`])
  socket.onopen = opened
  socket.onmessage = event => {
    if (typeof event.data === 'string') heard(event.data)
  }
  socket.onclose = closed
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    },
  }
}

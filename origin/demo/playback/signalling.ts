import { randomInt } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import type { Admission } from '../admission/admission.ts'
import type { Session } from '../admission/session.ts'
import { clientOf, urlOf } from '../http/client-of.ts'
import { renditionChanged, webrtcPlaylist } from '../rest/describe.ts'
import type { Registry } from '../streams/registry.ts'
import { readCommand } from './signalling-command.ts'
import { ViewerSession } from './viewer-session.ts'

export interface SignallingSetup {
  readonly app: string
  readonly admission: Admission
  readonly registry: Registry
}

/** What a client hears when it is refused and when nothing is live alike. */
const CANNOT_OFFER = { code: 404, error: 'Cannot create offer' }

/** OME's WebSocket signalling for playing. The answer ends whatever session is open, as the origin does going down. */
export function serveSignalling(
  setup: SignallingSetup,
  socket: WebSocket,
  request: IncomingMessage,
): () => void {
  const say = (message: unknown) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
  // Publishing over this socket (`direction=send`) is not supported: it looks like a stream that is not live.
  const sending = new URL(request.url ?? '/', 'ws://origin').searchParams.get('direction') === 'send'
  let asking = false
  let viewer: ViewerSession | undefined

  const offer = async () => {
    if (viewer || asking) return
    asking = true
    viewer = sending ? undefined : await openViewer(setup, socket, request).catch(() => undefined)
    asking = false
    if (!viewer) {
      say(CANNOT_OFFER)
      return
    }
    say({
      candidates: viewer.peer.candidates.map(candidate => ({ candidate, sdpMLineIndex: 0 })),
      code: 200,
      command: 'offer',
      id: viewer.id,
      peer_id: 0,
      sdp: { sdp: viewer.peer.offer, type: 'offer' },
    })
  }

  const answer = (session: ViewerSession, sdp: string) => {
    try {
      session.peer.answer(sdp)
    } catch {
      session.end()
      viewer = undefined
      return
    }
    say({ command: 'notification', message: webrtcPlaylist(session.stream), type: 'playlist' })
    say({ command: 'notification', message: renditionChanged(), type: 'rendition_changed' })
  }

  socket.on('message', data => {
    const command = readCommand(data.toString())
    if (command?.command === 'request_offer') void offer()
    else if (!command || !viewer || command.id !== viewer.id) return
    else if (command.command === 'answer') answer(viewer, command.sdp)
    else if (command.command === 'candidate') {
      for (const { candidate, mid } of command.candidates) viewer.peer.candidate(candidate, mid)
    } else {
      viewer.end()
      viewer = undefined
    }
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => viewer?.end())
  return () => viewer?.end()
}

/** Asks, and opens a session when the stream can be played now. */
async function openViewer(
  setup: SignallingSetup,
  socket: WebSocket,
  request: IncomingMessage,
): Promise<ViewerSession | undefined> {
  const { app, admission, registry } = setup
  const session: Session = {
    direction: 'outgoing',
    protocol: 'WebRTC',
    client: clientOf(request),
    url: urlOf(request, 'ws'),
  }
  const decision = await admission.opening(session)
  if (!decision.allowed || decision.target.app !== app) return undefined
  const stream = registry.get(decision.target.stream)
  if (!stream?.playable) return undefined
  const viewer = await ViewerSession.open({
    id: randomInt(1, 2 ** 31),
    stream,
    lifetimeMs: decision.lifetimeMs,
    onEnd: () => admission.closing(session, decision.newUrl),
    // OME drops the socket without a close frame: the browser sees code 1006.
    cut: () => socket.terminate(),
  })
  if (socket.readyState !== socket.OPEN) viewer.end()
  return viewer
}

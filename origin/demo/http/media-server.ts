import { createServer, type IncomingMessage, type Server } from 'node:http'
import { WebSocketServer } from 'ws'
import { type HlsSetup, isMasterPlaylist, serveMaster, serveMedia } from '../playback/hls.ts'
import { serveSignalling } from '../playback/signalling.ts'
import { isThumbnail, serveThumbnail } from '../playback/thumbnails.ts'
import type { Whip } from '../publishing/whip.ts'
import { type MediaReply, PREFLIGHT, reply } from './reply.ts'

const WHAT_THIS_IS = `This is Sightline's demonstration origin. It behaves like an OvenMediaEngine for people who try the
product and for its tests: what it plays is a looped clip, or the camera of whoever publishes to it. It listens on this
machine only and is never part of a production deployment.
`

/** Bytes a player may say at once: an answer is a few KB. */
const LONGEST_MESSAGE = 64 * 1024

/** The media port: signalling, WHIP, LL-HLS and thumbnails under one address, as OME is configured in the product. */
export interface MediaServer {
  readonly server: Server
  /** Ends every WebRTC viewer's session and takes no more. */
  close(): void
}

export function createMediaServer(setup: HlsSetup & { whip: Whip }): MediaServer {
  const server = createServer(async (request, response) => {
    reply(response, await route(setup, request).catch(() => ({ status: 500 })))
  })
  // An LL-HLS session lives as long as its connection: an idle one must not be closed by us.
  server.keepAliveTimeout = 0
  server.requestTimeout = 0
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_MESSAGE })
  const ends = new Set<() => void>()
  sockets.on('headers', headers => headers.push('Server: OvenMediaEngine'))
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, client => {
      const end = serveSignalling(setup, client, request)
      ends.add(end)
      client.on('close', () => ends.delete(end))
    })
  })
  return {
    server,
    close() {
      for (const end of ends) end()
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}

async function route(setup: HlsSetup & { whip: Whip }, request: IncomingMessage): Promise<MediaReply> {
  const target = request.url ?? ''
  if (!URL.canParse(target, 'http://origin')) return { status: 400 }
  const url = new URL(target, 'http://origin')
  const [, app, name, file] = url.pathname.split('/')
  if (request.method === 'OPTIONS') return PREFLIGHT
  if (url.pathname === '/demo') return { status: 200, type: 'text/plain; charset=utf-8', body: WHAT_THIS_IS }
  if (!app || !name) return { status: 404 }
  switch (request.method) {
    case 'POST':
      if (url.searchParams.get('direction') === 'whip' && !file)
        return setup.whip.publish(request, { app, name })
      return { status: 404 }
    case 'PATCH':
      return file ? setup.whip.trickle(request, file) : { status: 404 }
    case 'DELETE':
      return file ? setup.whip.end(request, file) : { status: 404 }
    case 'GET':
      if (!file) return { status: 404 }
      if (isMasterPlaylist(file)) return serveMaster(setup, request)
      if (isThumbnail(file)) return serveThumbnail(setup, request)
      return app === setup.app ? serveMedia(setup, url, name, file) : { status: 404 }
    default:
      return { status: 405 }
  }
}

import type { IncomingMessage } from 'node:http'
import type { Client } from '../admission/session.ts'

/** Who sent a request, as OME would report it to the control plane. Forwarded addresses are believed, as OME does. */
export function clientOf(request: IncomingMessage): Client {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const header = (name: string) => [request.headers[name]].flat()[0]?.split(',')[0]?.trim()
  const userAgent = request.headers['user-agent']
  return {
    address,
    port: request.socket.remotePort ?? 0,
    realIp: header('x-real-ip') || header('x-forwarded-for') || address,
    ...(userAgent === undefined ? {} : { userAgent }),
  }
}

/** The URL a client asked for, with the host it dialled. */
export function urlOf(request: IncomingMessage, scheme: 'http' | 'ws'): string {
  return `${scheme}://${request.headers.host ?? ''}${request.url ?? '/'}`
}

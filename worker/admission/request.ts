import * as v from 'valibot'
import { type MediaUrl, parseMediaUrl } from './media-url.ts'

/**
 * What an origin asks, understood: who is at which address and wants to do what. `protocol` is lower case. A request
 * whose parts contradict each other (a publisher over LL-HLS, a player that says `direction=whip`) is not understood.
 */
export interface AdmissionRequest {
  status: 'opening' | 'closing'
  direction: 'incoming' | 'outgoing'
  protocol: Protocol
  url: MediaUrl
  client: { address: string; port: number; realIp: string | undefined }
}

const protocols = ['rtmp', 'srt', 'webrtc', 'llhls', 'thumbnail'] as const
export type Protocol = (typeof protocols)[number]

const Body = v.object({
  client: v.object({
    address: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    port: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)),
    real_ip: v.optional(v.pipe(v.string(), v.maxLength(64))),
  }),
  request: v.object({
    direction: v.picklist(['incoming', 'outgoing']),
    protocol: v.pipe(v.string(), v.toLowerCase(), v.picklist(protocols)),
    status: v.picklist(['opening', 'closing']),
    url: v.pipe(v.string(), v.maxLength(4096)),
  }),
})

/** URL schemes an origin uses for each protocol; WebRTC is `ws` when signalled, `http` when WHIP. */
const schemes: Record<Protocol, readonly string[]> = {
  rtmp: ['rtmp', 'rtmps'],
  srt: ['srt'],
  webrtc: ['ws', 'wss', 'http', 'https'],
  llhls: ['http', 'https'],
  thumbnail: ['http', 'https'],
}

/** Body of a signed webhook → {@link AdmissionRequest}, or undefined when it is unreadable, unknown or contradictory. */
export function readAdmission(body: string): AdmissionRequest | undefined {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return undefined
  }
  const read = v.safeParse(Body, json)
  if (!read.success) return undefined
  const { client, request } = read.output
  const url = parseMediaUrl(request.url)
  if (!url || !schemes[request.protocol].includes(url.scheme) || !agrees(request, url)) return undefined
  return {
    status: request.status,
    direction: request.direction,
    protocol: request.protocol,
    url,
    client: { address: client.address, port: client.port, realIp: client.real_ip },
  }
}

/** Whether direction, protocol and URL tell one story. */
function agrees({ direction, protocol }: { direction: string; protocol: Protocol }, url: MediaUrl): boolean {
  const said = url.query.filter(([name]) => name === 'direction').map(([, value]) => value)
  if (said.length > 1) return false
  const whip = url.scheme === 'http' || url.scheme === 'https'
  if (direction === 'incoming') {
    if (url.file !== undefined) return false
    if (protocol === 'webrtc') return said[0] === (whip ? 'whip' : 'send')
    return (protocol === 'rtmp' || protocol === 'srt') && said.length === 0
  }
  if (said.length && said[0] !== 'recv') return false
  switch (protocol) {
    case 'webrtc':
      return !whip && (url.file === undefined || /^[\w-]+$/.test(url.file))
    case 'llhls':
      return url.file !== undefined && /^[\w-]+\.m3u8$/.test(url.file)
    case 'thumbnail':
      return url.file !== undefined && /^[\w-]+\.(jpe?g|png|webp)$/.test(url.file)
    default:
      // RTMP has no players here; outgoing SRT is not held to a lifetime by the origin, so nobody plays over it.
      return false
  }
}

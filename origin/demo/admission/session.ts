/** OME's spelling. Control planes must compare it without regard to case. */
export type Protocol = 'RTMP' | 'WebRTC' | 'LLHLS' | 'Thumbnail'

/** Who is at the other end, as OME reports it. */
export interface Client {
  readonly address: string
  readonly port: number
  /** X-Real-IP, else the first X-Forwarded-For, else the address: whatever the client says. */
  readonly realIp: string
  /** Only of clients that speak HTTP, and only if they say so. */
  readonly userAgent?: string
}

/** Something a client wants to do, for which OME asks. */
export interface Session {
  readonly direction: 'incoming' | 'outgoing'
  readonly protocol: Protocol
  readonly client: Client
  /** The URL as the client asked for it. */
  readonly url: string
}

import { createHmac } from 'node:crypto'
import type { Session } from './session.ts'

/** OME signs the raw body: base64url, no padding, of HMAC-SHA1. */
export function signature(secret: string, body: string): string {
  return createHmac('sha1', secret).update(body).digest('base64url')
}

/** A time as OME writes it: ISO 8601 in ms with a numeric offset. */
export function omeTime(unixMs: number): string {
  return new Date(unixMs).toISOString().replace('Z', '+00:00')
}

/** The body of an AdmissionWebhooks request. Keys are in OME's order, which is alphabetical. `newUrl` is for closings. */
export function webhookBody(session: Session, moment: { at: number; newUrl?: string }): string {
  const { client } = session
  return JSON.stringify({
    client: {
      address: client.address,
      port: client.port,
      real_ip: client.realIp,
      ...(client.userAgent === undefined ? {} : { user_agent: client.userAgent }),
    },
    request: {
      direction: session.direction,
      ...(moment.newUrl === undefined ? {} : { new_url: moment.newUrl }),
      protocol: session.protocol,
      status: moment.newUrl === undefined ? 'opening' : 'closing',
      time: omeTime(moment.at),
      url: session.url,
    },
  })
}

import { createHmac } from 'node:crypto'
import { type TestApp, WEBHOOK_SECRET } from './app.ts'

/** Webhooks as OME sends them, for tests that play the origin. */
export interface Webhook {
  direction?: 'incoming' | 'outgoing'
  protocol?: string
  status?: 'opening' | 'closing'
  url: string
  address?: string
  port?: number
  realIp?: string
}

let nextPort = 20_000

export function webhookBody({
  direction = 'outgoing',
  protocol = 'WebRTC',
  status = 'opening',
  url,
  ...client
}: Webhook) {
  const address = client.address ?? '192.0.2.1'
  return JSON.stringify({
    client: { address, port: client.port ?? nextPort++, real_ip: client.realIp ?? address },
    request: {
      direction,
      protocol,
      status,
      time: '2026-11-21T12:00:00.000+00:00',
      url,
      ...(status === 'closing' && { new_url: url }),
    },
  })
}

export const signature = (body: string | Uint8Array, secret = WEBHOOK_SECRET): string =>
  createHmac('sha1', secret).update(body).digest('base64url')

export interface Admission {
  allowed: boolean
  new_url?: string
  lifetime?: number
  reason?: string
}

export interface Sending {
  path?: string
  /** The signature to send; undefined = a right one, null = none. */
  signed?: string | null | undefined
  headers?: Record<string, string>
}

/** Sends a webhook's raw body. */
export function send(
  app: TestApp,
  body: string | Uint8Array<ArrayBuffer>,
  {
    path = '/v1/admission',
    signed = signature(body, app.config.origin?.webhookSecret),
    headers = {},
  }: Sending = {},
): Promise<Response> {
  return app.request('POST', path, {
    body,
    token: null,
    headers: {
      'content-type': 'application/json',
      ...(signed === null ? {} : { 'x-ome-signature': signed }),
      ...headers,
    },
  })
}

/** Sends a signed webhook and gives its answer, which must be 200. */
export async function webhook(app: TestApp, hook: Webhook, sending: Sending = {}): Promise<Admission> {
  const answer = await send(app, webhookBody(hook), sending)
  if (answer.status !== 200) throw new Error(`webhook answered ${answer.status}`)
  return (await answer.json()) as Admission
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../admission/session.ts'
import { signature, webhookBody } from '../admission/webhook.ts'
import { CAPTURED_SECRET, capturedCall, capturedCalls } from '../testing/captures.ts'
import type { ReceivedCall } from '../testing/control-plane.ts'
import { shapeOf } from '../testing/shape.ts'
import { Stage } from '../testing/stage.ts'

/** What OME says to its control plane: our calls beside the captured ones. */

interface CapturedWebhook {
  readonly client: { address: string; port: number; real_ip: string; user_agent?: string }
  readonly request: {
    direction: Session['direction']
    protocol: Session['protocol']
    time: string
    url: string
    new_url?: string
  }
}

const webhooks = capturedCalls.filter(call => call.path === '/admission')

describe('captured calls, built again', () => {
  it.each(capturedCalls.map(call => [call.name, call]))(
    '%s carries the signature we would make',
    (_, call) => {
      expect(signature(CAPTURED_SECRET, call.body)).toBe(call.headers['X-OME-Signature'])
    },
  )

  it.each(webhooks.map(call => [call.name, call]))(
    '%s has the body we would make, byte for byte',
    (_, call) => {
      const { client, request } = JSON.parse(call.body) as CapturedWebhook
      const session: Session = {
        direction: request.direction,
        protocol: request.protocol,
        client: {
          address: client.address,
          port: client.port,
          realIp: client.real_ip,
          ...(client.user_agent === undefined ? {} : { userAgent: client.user_agent }),
        },
        url: request.url,
      }
      const at = Date.parse(request.time)
      expect(
        webhookBody(session, { at, ...(request.new_url === undefined ? {} : { newUrl: request.new_url }) }),
      ).toBe(call.body)
    },
  )
})

describe('calls over the wire', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await Stage.open()
    await stage.loop('test')
    await stage.call('POST', '/demo/alerts', { name: 'test', codes: ['INGRESS_BITRATE_LOW'] })
  })
  afterAll(() => stage.close())

  const names = ({ rawHeaders }: ReceivedCall) => rawHeaders.filter((_, i) => i % 2 === 0)

  it('have the captured header names in the captured order, and no others', () => {
    const captured = Object.keys(capturedCall('001').headers)
    expect(stage.plane.received.map(names)).toEqual(stage.plane.received.map(() => captured))
  })

  it('have the captured values where these do not vary', () => {
    const [first] = stage.plane.received
    const headers = Object.fromEntries(names(first!).map((name, i) => [name, first!.rawHeaders[2 * i + 1]]))
    const { 'Content-Type': type, Accept, 'User-Agent': agent } = capturedCall('001').headers
    expect(headers).toMatchObject({ 'Content-Type': type, Accept, 'User-Agent': agent })
    expect(headers['X-OME-Signature']).toBe(signature(CAPTURED_SECRET, first!.body))
    expect(headers['Content-Length']).toBe(String(first!.body.length))
  })

  it('open an RTMP publication as captured, but for port and time', () => {
    const vary = (body: string) =>
      body.replace(/"port":\d+/, '"port":0').replace(/"time":"[^"]+"/, '"time":""')
    expect(vary(stage.plane.received[0]!.body)).toBe(vary(capturedCall('001').body))
  })

  it('state the time in ms with a numeric offset', () => {
    const { request } = JSON.parse(stage.plane.received[0]!.body) as CapturedWebhook
    expect(request.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/)
  })

  it('raise an alert of the captured shape, key for key', () => {
    const alert = stage.plane.received.find(call => call.path === '/alert')!
    const ours = JSON.parse(alert.body) as { sourceInfo: { tracks: unknown[] } }
    const captured = JSON.parse(capturedCall('131').body) as typeof ours
    expect(Object.keys(ours)).toEqual(Object.keys(captured))
    expect(shapeOf(ours)).toEqual(shapeOf(captured))
    expect(ours).toMatchObject({ sourceUri: '#default#app/test', type: 'INGRESS' })
  })
})

describe('alerts of every captured code', () => {
  const alerts = capturedCalls.filter(call => call.path === '/alert')
  const codesOf = (body: string) =>
    (JSON.parse(body) as { messages: { code: string }[] }).messages.map(({ code }) => code)

  it.each(alerts.map(call => [call.name, codesOf(call.body), call]))('%s: %j', async (_, codes, call) => {
    const stage = await Stage.open()
    await stage.loop('test')
    const answer = await stage.call('POST', '/demo/alerts', { name: 'test', codes })
    expect(answer.status).toBe(200)
    const sent = stage.plane.received.find(received => received.path === '/alert')!
    const messages = (body: string) =>
      (JSON.parse(body) as { messages: { code: string; description: string }[] }).messages
    const words = (text: string) => text.replace(/[\d.]+/g, '0')
    expect(messages(sent.body).map(each => ({ ...each, description: words(each.description) }))).toEqual(
      messages(call.body).map(each => ({ ...each, description: words(each.description) })),
    )
    await stage.close()
  })
})

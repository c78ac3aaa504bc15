import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { capturedWebhooks } from '../../test/support/captured.ts'
import { type Sending, send, signature } from '../../test/support/ome.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())
beforeEach(() => {
  app.roundTrips()
  app.log.length = 0
})

const alerts = capturedWebhooks.filter(({ path }) => path === '/alert')
const alarm = (message: object = { code: 'INGRESS_BITRATE_LOW', description: 'x' }) =>
  JSON.stringify({ sourceUri: '#default#app/hidden', messages: [message], sourceInfo: {}, type: 'INGRESS' })
const alert = (body: string | Uint8Array<ArrayBuffer>, sending: Sending = {}) =>
  send(app, body, { path: '/v1/alerts', ...sending })
const logged = () => app.log.map(line => JSON.parse(line)).filter(({ event }) => event.startsWith('origin.'))

describe('what OvenMediaEngine sent', () => {
  it.each(alerts)('$name is written to the log', async ({ body, headers }) => {
    const answer = await alert(body, { signed: headers['X-OME-Signature'] })
    const codes = JSON.parse(body).messages.map((m: { code: string }) => m.code)
    expect([answer.status, await answer.json(), app.roundTrips()]).toEqual([200, {}, 0])
    expect(logged()).toEqual([
      expect.objectContaining({
        level: 'warn',
        event: 'origin.alert',
        originId: 'default',
        codes: codes.join(' '),
      }),
    ])
  })

  it('comes under the name of the origin, too', async () => {
    const [{ body }] = alerts as [(typeof alerts)[number]]
    expect((await alert(body, { path: '/v1/alerts/default' })).status).toBe(200)
    expect(logged()).toHaveLength(1)
  })

  it('does not bring the stream’s name into the log', async () => {
    await alert(alarm())
    expect(app.log.join('\n')).not.toContain('hidden')
  })
})

describe('a stranger', () => {
  it.each<[string, Sending]>([
    ['without signature', { signed: null }],
    ['with a wrong one', { signed: signature(alarm(), '4321') }],
    ['with a padded one', { signed: `${signature(alarm())}=` }],
    ['for an unknown origin', { path: '/v1/alerts/second' }],
  ])('%s is not heard', async (_, sending) => {
    const answer = await alert(alarm(), sending)
    expect([answer.status, app.roundTrips(), logged()]).toEqual([401, 0, []])
  })

  it('with more than 1 MiB is not read', async () => {
    expect((await alert('x'.repeat(1024 * 1024 + 1))).status).toBe(413)
  })
})

describe('signed, and not understood', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['nothing', ''],
    ['no JSON', 'alarm'],
    ['null', 'null'],
    ['bytes that are no text', new Uint8Array([0xff])],
    ['no messages', JSON.stringify({ sourceUri: '#default#app/x' })],
    ['a code that could forge a log line', alarm({ code: 'A"}\n{"level":"error"' })],
    ['a code in lower case', alarm({ code: 'ingress' })],
    ['a code that is too long', alarm({ code: 'A'.repeat(65) })],
    ['too many messages', JSON.stringify({ sourceUri: 'x', messages: Array(33).fill({ code: 'OK' }) })],
    ['70 KiB', alarm().padEnd(70 * 1024)],
  ])('%s is answered 200 and noted', async (_, body) => {
    const answer = await alert(body)
    expect([answer.status, await answer.json()]).toEqual([200, {}])
    expect(logged().map(({ event }) => event)).toEqual(['origin.alert-unreadable'])
  })
})

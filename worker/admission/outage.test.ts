import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask, ingestKey, join, makeLink, makeRoom, playback, publish, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { send, signature, type Webhook, webhook, webhookBody } from '../../test/support/ome.ts'

/** Without a database nobody comes in, and the origin is told so in time; with it again, all goes on. */

let app: TestApp
let url: string
let llhls: string
let key: string
beforeEach(async () => {
  app = await testApp()
  const room = await makeRoom(app, { slug: 'grade' })
  const addresses = await playback(app, (await join(app, await makeLink(app, room.id))).token)
  url = addresses.webrtc.url
  llhls = addresses.llhls.url
  key = await ingestKey(app, room.id)
})
afterEach(() => {
  vi.useRealTimers()
  app.close()
})

const calls = (): [string, Webhook][] => [
  ['a player', { url, port: 1 }],
  ['a player over LL-HLS', { url: llhls, protocol: 'LLHLS', port: 2 }],
  ['a thumbnail', { url: llhls.replace('llhls.m3u8', 'thumb.jpg'), protocol: 'Thumbnail', port: 3 }],
  [
    'a publisher',
    { url: `rtmp://origin.test:1935/app/${key}`, protocol: 'RTMP', direction: 'incoming', port: 4 },
  ],
  ['a closing', { url, port: 1, status: 'closing' }],
  [
    'a closing of a publisher',
    {
      url: `rtmp://origin.test:1935/app/${key}`,
      protocol: 'RTMP',
      direction: 'incoming',
      port: 4,
      status: 'closing',
    },
  ],
]
const refused = { allowed: false, reason: 'not available' }

describe('a database that fails', () => {
  it('is a refusal for everybody, never an error; and is forgotten when it is back', async () => {
    app.database.state('down')
    for (const [, hook] of calls()) expect(await webhook(app, hook)).toEqual(refused)
    expect((await ask(app, 'GET', '/readyz', { token: null })).body).toMatchObject({ database: 'down' })
    app.database.state('up')
    expect(await Promise.all(calls().map(async ([, hook]) => (await webhook(app, hook)).allowed))).toEqual(
      calls().map(() => true),
    )
    expect((await ask(app, 'GET', '/readyz', { token: null })).body).toMatchObject({ database: 'ok' })
  })

  it('is no reason to hear strangers, nor to ask it about them', async () => {
    app.database.state('down')
    app.roundTrips()
    const body = webhookBody({ url })
    expect((await send(app, body, { signed: signature(body, 'x') })).status).toBe(401)
    expect(await webhook(app, { url: `${url}x` })).toEqual({ allowed: false, reason: 'token malformed' })
    expect(app.roundTrips()).toBe(0)
  })

  it('does not show its message to anybody', async () => {
    app.database.state('down')
    await webhook(app, { url })
    expect(app.log.filter(line => line.includes('admission.failed'))).toEqual([
      expect.stringContaining('"error":"LibsqlError"'),
    ])
    expect(app.log.join('\n')).not.toContain('SERVER_ERROR')
  })
})

describe('a database that does not answer', () => {
  /** Asks with the timers in our hands: they run out, and whoever has not answered by then never does. */
  async function inTime(hook: Webhook): Promise<unknown> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let answer: unknown
    const asked = webhook(app, hook).then(read => {
      answer = read
    })
    while (!vi.getTimerCount()) await new Promise(setImmediate)
    vi.advanceTimersByTime(1_999)
    await new Promise(setImmediate)
    expect(answer).toBeUndefined()
    vi.advanceTimersByTime(1)
    await asked
    vi.useRealTimers()
    return answer
  }

  it.each([0, 1, 2, 3, 4, 5])(
    'is a refusal after two seconds, before the origin gives up (call %i)',
    async i => {
      app.database.state('silent')
      expect(await inTime(calls()[i]![1])).toEqual(refused)
      app.database.state('up')
      await app.settled()
    },
  )

  it('keeps no seat for who was refused meanwhile', async () => {
    app.database.state('silent')
    expect(await inTime({ url, port: 1 })).toEqual(refused)
    app.database.state('up')
    await app.settled()
    expect(await rows(app, 'leases')).toEqual([])
    expect(await webhook(app, { url, port: 2 })).toMatchObject({ allowed: true })
  })

  it('keeps no publisher who was refused meanwhile', async () => {
    app.database.state('silent')
    expect(await inTime({ ...calls()[3]![1] })).toEqual(refused)
    app.database.state('up')
    await app.settled()
    expect(await rows(app, 'publications')).toEqual([])
    expect(await publish(app, key)).toMatchObject({ allowed: true })
  })

  it('hears a closing all the same, when it answers again', async () => {
    await webhook(app, { url, port: 1 })
    app.database.state('silent')
    expect(await inTime({ url, port: 1, status: 'closing' })).toEqual(refused)
    app.database.state('up')
    await app.settled()
    expect(await rows(app, 'leases')).toEqual([])
  })

  it('may fail later: nobody comes in, nothing is thrown', async () => {
    app.database.state('silent')
    expect(await inTime({ url, port: 1 })).toEqual(refused)
    app.database.state('down')
    await app.settled()
    app.database.state('up')
    expect(await rows(app, 'leases')).toEqual([])
    expect(app.log.filter(line => line.includes('deferred.failed'))).toEqual([])
  })
})

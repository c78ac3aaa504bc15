import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask, ingestKey, join, makeLink, makeRoom, playback } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { capturedWebhooks } from '../../test/support/captured.ts'
import { type Sending, send, signature, type Webhook, webhookBody } from '../../test/support/ome.ts'
import { bytesOf } from '../crypto/encoding.ts'

/** Whether a webhook is heard at all: signature, size, form, address. What it asks for would be admitted. */

const KIB = 1024

let app: TestApp
let url: string
let key: string
beforeAll(async () => {
  app = await testApp()
  const room = await makeRoom(app, { slug: 'grade' })
  const person = await join(app, await makeLink(app, room.id))
  url = (await playback(app, person.token)).webrtc.url
  key = await ingestKey(app, room.id)
})
afterAll(() => app.close())
beforeEach(async () => {
  await app.settled()
  app.roundTrips()
})

const hook = (more: Partial<Webhook> = {}) => webhookBody({ url, port: 50_000, ...more })

/** Status, answer and round trips of one sending. */
async function sent(body: string | Uint8Array<ArrayBuffer>, sending?: Sending) {
  const answer = await send(app, body, sending)
  const read = (await answer.json()) as { allowed?: boolean; reason?: string; code?: string }
  return {
    status: answer.status,
    allowed: read.allowed,
    why: read.reason ?? read.code,
    trips: app.roundTrips(),
  }
}

describe('a right signature', () => {
  it('is heard, and costs one round trip', async () => {
    expect(await sent(hook())).toEqual({ status: 200, allowed: true, why: undefined, trips: 1 })
  })

  it('is heard under the name of the first origin, too', async () => {
    expect(await sent(hook(), { path: '/v1/admission/default' })).toEqual({
      status: 200,
      allowed: true,
      why: undefined,
      trips: 1,
    })
  })

  it('does not depend on the content type or on other headers', async () => {
    const headers = {
      'content-type': 'text/plain',
      origin: 'https://evil.example',
      authorization: 'Bearer x',
    }
    expect(await sent(hook(), { headers })).toMatchObject({ status: 200, allowed: true })
  })
})

describe('a stranger', () => {
  const unauthenticated = { status: 401, allowed: undefined, why: 'unauthenticated', trips: 0 }

  it.each<[string, () => Sending]>([
    ['without signature', () => ({ signed: null })],
    ['with an empty signature', () => ({ signed: '' })],
    ['with the signature of another secret', () => ({ signed: signature(hook(), '4321') })],
    ['with the signature of another body', () => ({ signed: signature(hook({ port: 1 })) })],
    ['with a padded signature', () => ({ signed: `${signature(hook())}=` })],
    ['with a cut signature', () => ({ signed: signature(hook()).slice(0, 22) })],
    ['with two signatures', () => ({ signed: `${signature(hook())}, ${signature(hook())}` })],
    ['for an unknown origin', () => ({ path: '/v1/admission/second' })],
    ['for an origin in upper case', () => ({ path: '/v1/admission/Default' })],
    ['for an origin that JavaScript knows', () => ({ path: '/v1/admission/__proto__' })],
    [
      'with an admin token instead',
      () => ({ signed: null, headers: { authorization: 'Bearer admin-token-of-the-tests-0123456789' } }),
    ],
  ])('%s is told nothing, and the database is not asked', async (_, sending) => {
    expect(await sent(hook(), sending())).toEqual(unauthenticated)
  })

  it('with a body that was changed on its way', async () => {
    expect(await sent(hook().replace('opening', 'closing'), { signed: signature(hook()) })).toEqual(
      unauthenticated,
    )
  })

  it.each([
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0])],
    ['nothing', new Uint8Array(0)],
    ['70 KiB', new Uint8Array(70 * KIB)],
  ])('with %s', async (_, body) => {
    expect(await sent(body, { signed: signature('something else') })).toEqual(unauthenticated)
  })

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('that calls with %s is not heard', async method => {
    const { status } = await ask(app, method, '/v1/admission', { token: null })
    expect({ status, trips: app.roundTrips() }).toEqual({ status: 405, trips: 0 })
  })

  it.each(['/v1/admission/', '/v1/admission/default/more', '/v1'])(
    'that calls %s finds nothing',
    async path => {
      const { status } = await ask(app, 'POST', path, {
        token: null,
        body: hook(),
        headers: { 'x-ome-signature': signature(hook()) },
      })
      expect({ status, trips: app.roundTrips() }).toEqual({ status: 404, trips: 0 })
    },
  )
})

describe('signed, and still refused', () => {
  const refused = (why: string) => ({ status: 200, allowed: false, why, trips: 0 })
  const padded = (size: number) => hook().padEnd(size, ' ')

  it.each<[string, () => string | Uint8Array<ArrayBuffer>]>([
    ['nothing', () => ''],
    ['no JSON', () => 'allowed=true'],
    ['a list', () => '[]'],
    ['another member that says so', () => '{"allowed":true}'],
    ['bytes that are no text', () => new Uint8Array([...bytesOf(hook()), 0xff])],
    ['a byte order mark', () => `\u{feff}${hook()}`],
    ['text of 16 bits', () => new Uint8Array(Buffer.from(hook(), 'utf16le'))],
    ['an unknown protocol', () => hook({ protocol: 'OVT' })],
    ['an unknown status', () => hook().replace('opening', 'renewing')],
    ['a publisher over LL-HLS', () => hook({ direction: 'incoming', protocol: 'LLHLS' })],
    [
      'a publisher who says that it plays',
      () => hook({ direction: 'incoming', url: `ws://origin.test:3333/app/${key}?direction=recv` }),
    ],
    ['a player who says that it publishes', () => hook({ url: url.replace('?', '?direction=send&') })],
    [
      'a player over outgoing SRT',
      () => hook({ protocol: 'SRT', url: url.replace(/^ws:..[^/]*/, 'srt://default') }),
    ],
    ['a URL that climbs', () => hook({ url: url.replace('/app/', '/app/../app/') })],
    ['64 KiB and a byte', () => padded(64 * KIB + 1)],
    ['1 MiB', () => padded(1024 * KIB)],
  ])('%s is not understood', async (_, body) => {
    expect(await sent(body())).toEqual(refused('not understood'))
  })

  it('64 KiB are understood', async () => {
    expect(await sent(padded(64 * KIB))).toMatchObject({ status: 200, allowed: true, trips: 1 })
  })

  it.each<[string, string, () => Partial<Webhook>]>([
    ['another application', 'wrong application', () => ({ url: url.replace('/app/', '/live/') })],
    ['no token', 'no token', () => ({ url: url.replace(/\?.*/, '') })],
    ['a token that is not last', 'no token', () => ({ url: `${url}&transport=tcp` })],
    ['a token with a letter changed', 'token forged', () => ({ url: url.replace(/.{43}$/, 'A'.repeat(43)) })],
    [
      'a key that is none',
      'key not genuine',
      () => ({ direction: 'incoming', protocol: 'RTMP', url: 'rtmp://origin.test:1935/app/grade' }),
    ],
    [
      'a token instead of a key',
      'key not genuine',
      () => ({ direction: 'incoming', protocol: 'RTMP', url: url.replace(/^ws/, 'rtmp') }),
    ],
    ['a key instead of a token', 'no token', () => ({ url: `ws://origin.test:3333/app/${key}` })],
    [
      'a key as token',
      'token malformed',
      () => ({ url: `ws://origin.test:3333/app/grade?stream_token=${key}` }),
    ],
    [
      'the wrong virtual host',
      'wrong virtual host',
      () => ({ direction: 'incoming', protocol: 'SRT', url: `srt://other/app/${key}` }),
    ],
  ])('%s is refused without the database', async (_, why, more) => {
    expect(await sent(hook(more()))).toEqual(refused(why))
  })

  it.each(capturedWebhooks.filter(({ path }) => path === '/admission'))(
    'what another deployment was asked ($name) is refused without the database',
    async ({ body, headers }) => {
      const { status, allowed, trips } = await sent(body, { signed: headers['X-OME-Signature'] })
      expect({ status, trips }).toEqual({ status: 200, trips: 0 })
      // A closing is only heard; its answer means nothing to the origin.
      expect(allowed).toBe(body.includes('"closing"') && !/outgoing.*"SRT"/.test(body))
    },
  )
})

describe('more than 1 MiB', () => {
  /** A body that notes how much of it was read. */
  function endless(declared?: number) {
    const seen = { chunks: 0, cancelled: false }
    const body = new ReadableStream(
      {
        pull(controller) {
          seen.chunks++
          controller.enqueue(new Uint8Array(64 * KIB))
        },
        cancel() {
          seen.cancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    const headers: Record<string, string> = { 'x-ome-signature': signature('x') }
    if (declared !== undefined) headers['content-length'] = String(declared)
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    return { seen, request: new Request('http://sightline.test/v1/admission', init) }
  }

  it('that say so are not read', async () => {
    const { seen, request } = endless(1024 * KIB + 1)
    const answer = await app.fetch(request)
    expect([answer.status, seen, app.roundTrips()]).toEqual([413, { chunks: 0, cancelled: false }, 0])
  })

  it('that do not say so are read no further', async () => {
    const { seen, request } = endless()
    const answer = await app.fetch(request)
    expect([answer.status, seen, app.roundTrips()]).toEqual([413, { chunks: 17, cancelled: true }, 0])
  })

  it('of a stranger without signature are not read either', async () => {
    const { seen, request } = endless()
    request.headers.delete('x-ome-signature')
    const answer = await app.fetch(request)
    expect([answer.status, seen]).toEqual([401, { chunks: 0, cancelled: false }])
  })
})

it('leaves no secret in the log', () => {
  const log = app.log.join('\n')
  expect(log).toContain('"admission"')
  for (const secret of [key, url.split('=').at(-1)!, 'stream_token', 'origin.test'])
    expect(log).not.toContain(secret)
})

import { expect, test } from 'vitest'
import { WEBHOOK_SECRET } from '../runtimes/origin-api.ts'
import { signature, type Webhook, webhookBody } from '../support/ome.ts'
import { type Answer, call, type Server } from './call.ts'

/** The way from a link to a picture: join, playback, and what the origin asks about it. */
export function reviewCases(server: Server): void {
  const admin = (method: string, path: string, json?: unknown) =>
    call(server(), method, path, { token: server().adminToken, ...(json === undefined ? {} : { json }) })

  const ask = (body: string | Uint8Array<ArrayBuffer>, signed: string | undefined): Promise<Answer> =>
    call(server(), 'POST', '/v1/admission', {
      body,
      headers: { 'content-type': 'application/json', ...(signed && { 'x-ome-signature': signed }) },
    })

  const opening = async (hook: Webhook) => {
    const body = webhookBody(hook)
    const { status, body: answer } = await ask(body, signature(body, WEBHOOK_SECRET))
    expect(status).toBe(200)
    return answer
  }

  /** A room with one link, and somebody who joined through it. */
  async function joined(slug: string, link: object = {}) {
    const { body: room } = await admin('POST', '/api/rooms', { title: slug, slug })
    const { body: made } = await admin('POST', `/api/rooms/${room.id}/links`, { label: 'client', ...link })
    const secret = new URL(made.url).hash.slice(1)
    const { status, body: person } = await call(server(), 'POST', '/api/join', { json: { slug, secret } })
    expect([status, person.state]).toEqual([200, 'admitted'])
    const { body: playback } = await call(server(), 'POST', '/api/playback', {
      token: person.token,
      json: {},
    })
    return { room, link: made, secret, person, playback }
  }

  test('the link of a room leads to its page on this server, its secret in the fragment', async () => {
    const { room, link, secret } = await joined('contract-link')
    expect([link.url, secret]).toEqual([
      `${server().url}/r/contract-link#${secret}`,
      expect.stringMatching(/^[a-z2-7]{48}$/),
    ])
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  test('playback leads to the slug at the origin, and admission maps it to the hidden name', async () => {
    const { room, playback } = await joined('contract-play')
    const { webrtc } = playback
    expect(webrtc.url).toMatch(/^ws:\/\/127\.0\.0\.1:3333\/app\/contract-play\?.*stream_token=[\w.-]+$/)
    const answer = await opening({ url: webrtc.url })
    expect(answer).toEqual({
      allowed: true,
      new_url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:3333\/app\//),
      lifetime: expect.any(Number),
    })
    expect(new URL(answer.new_url).pathname).not.toContain('contract-play')
    expect(Number.isInteger(answer.lifetime) && answer.lifetime > 1_000).toBe(true)
    await admin('DELETE', `/api/rooms/${room.id}`)
    expect(await opening({ url: webrtc.url })).toMatchObject({ allowed: false })
  })

  test('the ingest key publishes, the slug does not, and a rotated key is dead at once', async () => {
    const { room } = await joined('contract-publish')
    const { body: ingest } = await admin('GET', `/api/rooms/${room.id}/ingest`)
    const publish = (key: string) =>
      opening({ direction: 'incoming', protocol: 'RTMP', url: `rtmp://127.0.0.1:1935/app/${key}` })
    expect(await publish(ingest.rtmp.key)).toMatchObject({ allowed: true })
    expect(await publish('contract-publish')).toMatchObject({ allowed: false })
    await admin('POST', `/api/rooms/${room.id}/ingest/rotate`)
    expect(await publish(ingest.rtmp.key)).toMatchObject({ allowed: false })
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  test('seats are counted where the seat is taken: of many at once, exactly so many get in', async () => {
    const { room, link, secret, playback } = await joined('contract-seats', { maxDevices: 3 })
    const others = await Promise.all(
      Array.from({ length: 9 }, async () => {
        const json = { slug: 'contract-seats', secret }
        const { body: person } = await call(server(), 'POST', '/api/join', { json })
        const { body } = await call(server(), 'POST', '/api/playback', { token: person.token, json: {} })
        return body
      }),
    )
    const answers = await Promise.all([playback, ...others].map(({ webrtc }) => opening({ url: webrtc.url })))
    expect(answers.filter(answer => answer.allowed).length).toBe(3)
    const { body } = await admin('GET', `/api/rooms/${room.id}/links/${link.id}`)
    expect(body.seats).toBe(3)
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  test('a webhook without the right signature is 401, whatever it says', async () => {
    const body = webhookBody({ url: 'ws://127.0.0.1:3333/app/any' })
    for (const signed of [
      undefined,
      '',
      'AAAA',
      signature(body, 'another secret'),
      signature(`${body} `, WEBHOOK_SECRET),
    ])
      expect([signed, (await ask(body, signed)).status]).toEqual([signed, 401])
  })

  test('the signature is over the raw bytes, whatever they are', async () => {
    for (const body of [
      new Uint8Array([0xff, 0xfe, 0x00, 0x80]),
      new TextEncoder().encode('\ufeff{"client":{}}'),
      new TextEncoder().encode('[]'),
      new TextEncoder().encode('null'),
    ]) {
      const { status, body: answer } = await ask(body, signature(body, WEBHOOK_SECRET))
      expect([status, answer.allowed]).toEqual([200, false])
    }
  })

  test('a body over 64 KiB is refused, over 1 MiB not even read', async () => {
    const large = new Uint8Array(100 * 1024).fill(32)
    const { status, body: answer } = await ask(large, signature(large, WEBHOOK_SECRET))
    expect([status, answer.allowed]).toEqual([200, false])
    const huge = new Uint8Array(1024 * 1024 + 1).fill(32)
    expect((await ask(huge, signature(huge, WEBHOOK_SECRET))).status).toBe(413)
    // The connection is still good, or a new one is opened without anybody noticing.
    expect((await call(server(), 'GET', '/healthz')).status).toBe(200)
  })

  test('a wrong link secret is answered like a room that does not exist', async () => {
    const { room, secret } = await joined('contract-wrong')
    const wrong = `${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`
    const answers = await Promise.all(
      [
        { slug: 'contract-wrong', secret: wrong },
        { slug: 'contract-nowhere', secret },
        { slug: 'contract-wrong', secret: 'x' },
      ].map(json => call(server(), 'POST', '/api/join', { json })),
    )
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1)
    expect(answers[0]!.status).toBe(404)
    await admin('DELETE', `/api/rooms/${room.id}`)
  })
}

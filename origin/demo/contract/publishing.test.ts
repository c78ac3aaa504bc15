import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { capturedCall, capturedTranscript } from '../testing/captures.ts'
import { type HttpAnswer, HttpClient } from '../testing/http-client.ts'
import { Player } from '../testing/player.ts'
import { Publisher } from '../testing/publisher.ts'
import { Stage } from '../testing/stage.ts'

/** Publishing by WHIP: our answers beside the captured ones, and the closings that come and do not come. */

let stage: Stage
const publishers: Publisher[] = []
beforeEach(async () => {
  stage = await Stage.open({ timings: { whipSilentMs: 2500 } })
})
afterEach(async () => {
  for (const publisher of publishers.splice(0)) publisher.close()
  await stage.close()
})

const publish = async (path: string, client = stage.media) => {
  const publisher = await Publisher.create()
  publishers.push(publisher)
  return { publisher, answer: await publisher.publish(client, path) }
}
const here = (path: string) => `http://127.0.0.1:${stage.origin.mediaPort}${path}`
const answers = (name: string, replace: (body: string) => string = body => body) => {
  const { answered } = capturedCall(name)
  stage.plane.answer = () => ({ status: answered.status, body: replace(answered.body) })
}
const exchanges = (name: string) => capturedTranscript(name).log.map(entry => entry.response!)

/** The headers that are the same every time, and the form of those that are not. */
function fixed(headers: readonly (readonly [string, string])[]): Record<string, string> {
  const vary: Record<string, (value: string) => string> = {
    'content-length': () => 'n',
    date: () => 'date',
    etag: value => `${value.length} characters`,
    location: value => value.replace(/\/[A-Za-z0-9]{8}\?/, '/XXXXXXXX?').replace(/^\/app\/\w+/, '/app/asked'),
  }
  const ours = new Set(['connection', 'keep-alive'])
  return Object.fromEntries(
    headers.filter(([name]) => !ours.has(name)).map(([name, value]) => [name, vary[name]?.(value) ?? value]),
  )
}
const fixedOf = (answer: HttpAnswer) =>
  fixed(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))

describe('a WHIP offer', () => {
  it('that is admitted is answered as captured', async () => {
    const { answer } = await publish('/app/whip1?direction=whip&key=abc')
    const [captured] = exchanges('whip-post-delete')
    expect(answer.status).toBe(captured!.status)
    expect(fixedOf(answer)).toEqual(fixed(captured!.headers))
    expect(answer.headers.location).toMatch(/^\/app\/whip1\/[A-Za-z0-9]{8}\?direction=whip$/)
    const media = (sdp: string) => sdp.split('\r\n').filter(line => /^(?:m=|a=recvonly)/.test(line))
    const kinds = (sdp: string) => media(sdp).map(line => line.replace(/ \d+/g, ' n'))
    expect(kinds(answer.body)).toEqual(kinds(captured!.body))
    expect(answer.body).toMatch(/a=candidate:.* 127\.0\.0\.1 \d+ typ host/)
  })

  it('asks as captured, but for port and time', async () => {
    await publish('/app/whip1?direction=whip&key=abc')
    const form = (body: string) => {
      const { client, request } = JSON.parse(body) as Record<string, Record<string, unknown>>
      return {
        client: Object.keys(client!),
        request: { ...request, time: '', url: String(request!.url).replace(/:\d+\//, '/') },
      }
    }
    expect(form(stage.plane.received[0]!.body)).toEqual(form(capturedCall('077').body))
  })

  it('that is refused is answered as captured', async () => {
    answers('127')
    const { answer } = await publish('/app/whipx?direction=whip')
    const [captured] = exchanges('whip-denied')
    expect([answer.status, answer.body]).toEqual([captured!.status, captured!.body])
    expect(fixedOf(answer)).toEqual(fixed(captured!.headers))
    expect(await stage.streams()).toEqual([])
  })

  it('for a live name is answered as captured', async () => {
    await publish('/app/wdel?direction=whip')
    const { answer } = await publish('/app/wdel?direction=whip')
    const [captured] = exchanges('whip-duplicate')
    expect([answer.status, answer.body]).toEqual([captured!.status, captured!.body])
    expect(fixedOf(answer)).toEqual(fixed(captured!.headers))
  })

  it.each([
    ['nothing', ''],
    ['no SDP', 'hello'],
    [
      'only VP8',
      'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=rtpmap:96 VP8/90000\r\n',
    ],
    [
      'sound alone',
      'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=rtpmap:111 opus/48000/2\r\n',
    ],
  ])('with %s in it is refused, and leaves nothing behind', async (_, body) => {
    const answer = await stage.media.send('POST', '/app/x?direction=whip', { body })
    expect(answer.status).toBe(400)
    expect(await stage.streams()).toEqual([])
  })

  it('to an application that is not there is 404', async () => {
    expect((await publish('/nosuch/x?direction=whip')).answer.status).toBe(404)
  })

  it('longer than 64 KiB is not read', async () => {
    const body = 'x'.repeat(70_000)
    expect((await stage.media.send('POST', '/app/x?direction=whip', { body })).status).toBe(413)
    expect(stage.plane.events()).toEqual([])
  })

  it('may come from another site', async () => {
    const answer = await stage.media.send('OPTIONS', '/app/x?direction=whip', {
      headers: {
        Origin: 'https://review.example',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    })
    expect(answer.status).toBe(200)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(answer.headers['access-control-allow-headers']).toContain('Authorization')
    expect(answer.headers['access-control-allow-methods']).toContain('DELETE')
  })
})

describe('new_url', () => {
  it('hides the stream under another name; Location keeps the one that was asked for', async () => {
    answers('128', body => body.replace(':3333', `:${stage.origin.mediaPort}`))
    const { answer } = await publish('/app/wkey?direction=whip')
    expect(answer.headers.location).toMatch(/^\/app\/wkey\//)
    expect(await stage.streams()).toEqual(['whipreal'])
    await stage.media.send('DELETE', answer.headers.location!)
    const [, closing] = await stage.plane.count(2)
    expect(closing).toMatchObject({ url: here('/app/wkey?direction=whip'), newUrl: here('/app/whipreal') })
  })
})

describe('the end of a WHIP session', () => {
  it('by DELETE has one closing, from the port the DELETE came from', async () => {
    const { answer } = await publish('/app/whip1?direction=whip&key=abc')
    const other = new HttpClient(here('/'))
    const ended = await other.send('DELETE', answer.headers.location!)
    const captured = exchanges('whip-post-delete')[1]!
    expect([ended.status, ended.body]).toEqual([captured.status, captured.body])
    expect(fixedOf(ended)).toEqual(fixed(captured.headers))
    const url = here('/app/whip1?direction=whip&key=abc')
    const [opening, closing] = await stage.plane.count(2)
    expect(closing).toEqual({ status: 'closing', protocol: 'WebRTC', url, newUrl: url, port: closing!.port })
    expect(closing!.port).not.toBe(opening!.port)
    expect(await stage.streams()).toEqual([])
    other.close()
  })

  it('by DELETE is heard once; said again it is no error, and no closing', async () => {
    const { answer } = await publish('/app/whip1?direction=whip')
    for (const _ of [1, 2])
      expect((await stage.media.send('DELETE', answer.headers.location!)).status).toBe(200)
    expect((await stage.media.send('DELETE', '/app/whip1/unknown1?direction=whip')).status).toBe(404)
    await stage.settle()
    expect(stage.plane.events().map(event => event.status)).toEqual(['opening', 'closing'])
  })

  const silently = async (end: () => Promise<unknown>) => {
    await stage.playable('w')
    const player = await Player.connect(`${stage.origin.publicUrl}/app/w`)
    await player.play()
    stage.plane.forget()
    await end()
    expect(await player.closed).toBe(1006)
    expect(await stage.streams()).toEqual([])
    await stage.settle()
    // Only the player's.
    expect(stage.plane.events().map(event => event.url)).toEqual([`${stage.origin.publicUrl}/app/w`])
    player.close()
  }

  it('by vanishing has no closing', async () => {
    const { publisher } = await publish('/app/w?direction=whip')
    await silently(async () => publisher.vanish())
  })

  it('by its lifetime has no closing', async () => {
    answers('130', body => body.replace('3000', '300'))
    const publisher = await Publisher.create()
    publishers.push(publisher)
    const began = performance.now()
    const answer = await stage.media.send('POST', '/app/w?direction=whip', { body: publisher.offer })
    expect(answer.status).toBe(201)
    while (((await stage.streams()) as string[]).length > 0) await stage.settle()
    expect(performance.now() - began).toBeGreaterThanOrEqual(295)
    expect(stage.plane.events().map(event => event.status)).toEqual(['opening'])
  })

  it('by the API has no closing', async () => {
    await publish('/app/w?direction=whip')
    await silently(() => stage.call('DELETE', '/v1/vhosts/default/apps/app/streams/w'))
  })
})

describe('what a browser publishes', () => {
  it('is played, from a key frame on', async () => {
    await publish('/app/cam?direction=whip')
    await stage.playable('cam')
    const player = await Player.connect(`${stage.origin.publicUrl}/app/cam`)
    await player.play()
    await player.until(
      () => player.audio.length > 20 && player.video.filter(packet => packet.marker).length > 10,
    )
    expect(player.video[0]!.payload[0]! & 31).toBe(24)
    player.close()
  })

  it('is described with the size and rates it has', async () => {
    await publish('/app/cam?direction=whip')
    await stage.playable('cam')
    const player = await Player.connect(`${stage.origin.publicUrl}/app/cam`)
    await player.play()
    const { body } = await stage.call('GET', '/v1/vhosts/default/apps/app/streams/cam')
    const { input } = body.response as { input: { tracks: { video?: unknown; audio?: unknown }[] } }
    expect(input.tracks[0]!.video).toMatchObject({
      codec: 'H264',
      width: 1280,
      height: 720,
      hasBframes: false,
    })
    expect(input.tracks[1]!.audio).toMatchObject({ codec: 'OPUS', samplerate: 48_000 })
    player.close()
  })

  it('has no outputs and no offer before its first key frame', async () => {
    const publisher = await Publisher.create()
    publishers.push(publisher)
    const { body } = await stage.media
      .send('POST', '/app/cam?direction=whip', { body: publisher.offer })
      .then(answer => {
        expect(answer.status).toBe(201)
        return stage.call('GET', '/v1/vhosts/default/apps/app/streams/cam')
      })
    expect(Object.keys(body.response as object)).toEqual(['input', 'name'])
  })

  it('takes the place of the built-in encoder, which comes back after it', async () => {
    await stage.loop('key')
    stage.plane.forget()
    const { answer } = await publish('/app/key?direction=whip')
    expect(answer.status).toBe(201)
    const events = await stage.plane.count(2)
    expect(events.map(event => [event.protocol, event.status])).toEqual([
      ['WebRTC', 'opening'],
      ['RTMP', 'closing'],
    ])
    expect(await stage.streams()).toEqual(['key'])
    await stage.media.send('DELETE', answer.headers.location!)
    await stage.plane.until(all => all.some(event => event.protocol === 'RTMP' && event.status === 'opening'))
    await stage.settle()
    expect(await stage.streams()).toEqual(['key'])
    expect((await stage.call('GET', '/demo/loops')).body.loops).toEqual([{ key: 'key', state: 'live' }])
  })

  it('does not take the place of an encoder that is frozen', async () => {
    await stage.loop('key')
    await stage.call('POST', '/demo/streams/key/freeze')
    expect((await publish('/app/key?direction=whip')).answer.status).toBe(409)
    await stage.call('POST', '/demo/streams/key/thaw')
    expect((await publish('/app/key?direction=whip')).answer.status).toBe(201)
  })
})

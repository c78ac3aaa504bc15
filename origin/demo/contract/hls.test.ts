import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { capturedCall } from '../testing/captures.ts'
import { HttpClient } from '../testing/http-client.ts'
import { Publisher } from '../testing/publisher.ts'
import { Stage } from '../testing/stage.ts'

/** LL-HLS and thumbnails: who is asked when, what a session is worth, and when it is closed. */

let stage: Stage
const clients: HttpClient[] = []
beforeEach(async () => {
  stage = await Stage.open()
  await stage.loop('live')
  stage.plane.forget()
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await stage.close()
})

const connect = () => {
  const client = new HttpClient(`http://127.0.0.1:${stage.origin.mediaPort}`)
  clients.push(client)
  return client
}
const here = (path: string) => `http://127.0.0.1:${stage.origin.mediaPort}${path}`
const answers = (name: string, replace: (body: string) => string = body => body) => {
  const { answered } = capturedCall(name)
  const body = replace(answered.body.replace(':3333', `:${stage.origin.mediaPort}`))
  stage.plane.answer = () => ({ status: answered.status, body })
}
/** The URLs in a playlist: lines that are no tag, and URI attributes. */
const urls = (playlist: string) =>
  [...playlist.matchAll(/^(?!#)\S+|URI="([^"]+)"/gm)].map(match => match[1] ?? match[0])
const chunklist = (playlist: string, kind: 'video' | 'audio') =>
  urls(playlist).find(url => url.includes(`_${kind}_`))!

describe('a master playlist', () => {
  it('is asked for; what it leads to is not, and one closing follows the connection', async () => {
    const client = connect()
    const master = await client.get('/app/live/llhls.m3u8?token=abc')
    expect([master.status, master.headers['content-type']]).toEqual([200, 'application/vnd.apple.mpegurl'])
    const list = await client.get(chunklist(master.body, 'video'))
    expect([list.status, list.body.split('\n')[0]]).toEqual([200, '#EXTM3U'])
    const url = here('/app/live/llhls.m3u8?token=abc')
    expect(stage.plane.events()).toEqual([
      { status: 'opening', protocol: 'LLHLS', url, port: stage.plane.events()[0]!.port },
    ])
    client.close()
    const [opening, closing] = await stage.plane.count(2)
    expect(closing).toEqual({ status: 'closing', protocol: 'LLHLS', url, newUrl: url, port: opening!.port })
  })

  it('has one opening each time, and one closing for each when the connection closes', async () => {
    const client = connect()
    await client.get('/app/live/llhls.m3u8')
    await client.get('/app/live/playlist.m3u8')
    client.close()
    const events = await stage.plane.count(4)
    expect(events.map(event => [event.status, event.url])).toEqual([
      ['opening', here('/app/live/llhls.m3u8')],
      ['opening', here('/app/live/playlist.m3u8')],
      ['closing', here('/app/live/llhls.m3u8')],
      ['closing', here('/app/live/playlist.m3u8')],
    ])
  })

  it('that is refused is 401, with neither session nor closing', async () => {
    answers('097')
    const client = connect()
    expect((await client.get('/app/live/llhls.m3u8')).status).toBe(401)
    client.close()
    await stage.settle()
    expect(stage.plane.events().map(event => event.status)).toEqual(['opening'])
  })

  it('shows the real name of a stream it was led to', async () => {
    answers('098')
    const client = connect()
    const master = await client.get('/app/vtoken/llhls.m3u8?a=b')
    expect(chunklist(master.body, 'video')).toMatch(/^\/app\/live\/chunklist_/)
    client.close()
    const [, closing] = await stage.plane.count(2)
    expect(closing).toMatchObject({
      url: here('/app/vtoken/llhls.m3u8?a=b'),
      newUrl: here('/app/live/llhls.m3u8'),
    })
  })

  it.each([
    ['without its file', () => here('/app/live')],
    ['with another file', () => here('/app/live/playlist.m3u8')],
    ['with another scheme', () => here('/app/live/llhls.m3u8').replace('http', 'https')],
  ])('led %s is 401', async (_, newUrl) => {
    stage.plane.answer = () => ({ body: JSON.stringify({ allowed: true, new_url: newUrl() }) })
    expect((await connect().get('/app/vtoken/llhls.m3u8')).status).toBe(401)
    answers('100')
    expect((await connect().get('/app/vtoken/llhls.m3u8')).status).toBe(401)
  })

  it('of a stream that is not live is 404, after asking', async () => {
    expect((await connect().get('/app/nosuch/llhls.m3u8')).status).toBe(404)
    expect(stage.plane.events().map(event => event.status)).toEqual(['opening'])
  })

  it('is 404 until the stream has been packaged', async () => {
    const early = await Stage.open({ timings: { hlsMs: 60_000 } })
    await early.loop('live')
    expect((await early.media.get('/app/live/llhls.m3u8')).status).toBe(404)
    await early.close()
  })
})

describe('a session', () => {
  const play = async (client: HttpClient) => {
    const master = await client.get('/app/live/llhls.m3u8')
    return { master: master.body, video: chunklist(master.body, 'video') }
  }
  const file = (list: string, name: string) => `${list.slice(0, list.lastIndexOf('/') + 1)}${name}`

  it('plays: both lists, their initialization segments, parts as they come', async () => {
    const client = connect()
    const { master } = await play(client)
    for (const kind of ['video', 'audio'] as const) {
      const path = chunklist(master, kind)
      const list = await client.get(`${path}&_HLS_msn=0&_HLS_part=0`)
      expect(list.body).toContain('#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES')
      const init = urls(list.body).find(url => url.startsWith('init'))!
      const part = urls(list.body).find(url => url.startsWith('part'))!
      const types = async (name: string) => {
        const { bytes, headers } = await client.get(file(path, name))
        expect(headers['content-type']).toBe('video/mp4')
        return [bytes.toString('latin1', 4, 8), bytes.length > 100]
      }
      expect(await types(init)).toEqual(['ftyp', true])
      expect(await types(part)).toEqual(['moof', true])
    }
  })

  it('can wait for a part that is not there yet', async () => {
    const client = connect()
    const { video } = await play(client)
    const hint = (body: string) => /PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/.exec(body)![1]!
    const list = await client.get(video)
    const part = await client.get(file(video, hint(list.body)))
    expect([part.status, part.bytes.toString('latin1', 4, 8)]).toEqual([200, 'moof'])
  })

  it.each(['_HLS_part=1', '_HLS_msn=x', '_HLS_msn=-1', '_HLS_msn=0&_HLS_part=z'])(
    'refuses to wait for %s',
    async query => {
      const client = connect()
      const { video } = await play(client)
      expect((await client.get(`${video}&${query}`)).status).toBe(400)
    },
  )

  it('does not wait for what is far away', async () => {
    const client = connect()
    const { video } = await play(client)
    expect((await client.get(`${video}&_HLS_msn=99`)).status).toBe(503)
  })

  it('is good on any connection while its own is open, and worth nothing after', async () => {
    const [own, other] = [connect(), connect()]
    const { video } = await play(own)
    expect((await other.get(video)).status).toBe(200)
    own.close()
    await stage.plane.until(all => all.some(event => event.status === 'closing'))
    expect((await other.get(video)).status).toBe(401)
  })

  it('is good for its own stream only, and nothing is good without one', async () => {
    await stage.loop('second')
    const client = connect()
    const { video } = await play(client)
    expect((await client.get(video.replace('/live/', '/second/'))).status).toBe(401)
    expect((await client.get(video.split('?')[0]!)).status).toBe(401)
    expect((await client.get(`${video}x`)).status).toBe(401)
    expect(
      (await client.get(file(video, 'chunklist_9_video_x_llhls.m3u8') + video.slice(video.indexOf('?'))))
        .status,
    ).toBe(404)
  })

  it('ends with its lifetime, though its closing waits for the connection', async () => {
    answers('101', body => body.replace('3000', '200'))
    const client = connect()
    const began = performance.now()
    const { video } = await play(client)
    let status = 200
    while (status === 200) status = (await client.get(video)).status
    expect(status).toBe(401)
    expect(performance.now() - began).toBeGreaterThanOrEqual(195)
    expect(stage.plane.events().map(event => event.status)).toEqual(['opening'])
    client.close()
    expect((await stage.plane.count(2)).map(event => event.status)).toEqual(['opening', 'closing'])
  })

  it('is counted among the connections until it is closed', async () => {
    const client = connect()
    await play(client)
    const count = async () => {
      const { body } = await stage.call('GET', '/v1/stats/current/vhosts/default/apps/app/streams/live')
      return (body.response as { connections: { llhls: number } }).connections.llhls
    }
    expect(await count()).toBe(1)
    client.close()
    await stage.plane.until(all => all.some(event => event.status === 'closing'))
    expect(await count()).toBe(0)
  })

  it('gives nothing more when its stream has ended', async () => {
    const client = connect()
    const { video } = await play(client)
    await stage.stopLoop('live')
    expect((await client.get(video)).status).toBe(404)
  })
})

describe('a camera', () => {
  it('is packaged too, from its first key frame', async () => {
    const publisher = await Publisher.create()
    await publisher.publish(stage.media, '/app/cam?direction=whip')
    const client = connect()
    await stage.playable('cam')
    const master = await client.get('/app/cam/llhls.m3u8')
    expect(master.body).toContain('RESOLUTION=1280x720')
    expect(master.body).toContain('CODECS="avc3.42c01f,opus"')
    const path = chunklist(master.body, 'video')
    const list = await client.get(`${path}&_HLS_msn=0&_HLS_part=0`)
    const part = urls(list.body).find(url => url.startsWith('part'))!
    const { bytes } = await client.get(`${path.slice(0, path.lastIndexOf('/') + 1)}${part}`)
    expect(bytes.toString('latin1', 4, 8)).toBe('moof')
    publisher.close()
  })
})

describe('a thumbnail', () => {
  it('is asked for every time and never closed', async () => {
    const client = connect()
    for (const _ of [1, 2]) {
      const { status, headers, bytes } = await client.get('/app/live/thumb.jpg?x=1')
      expect([status, headers['content-type'], bytes.readUInt16BE(0)]).toEqual([200, 'image/jpeg', 0xffd8])
    }
    client.close()
    await stage.settle()
    const url = here('/app/live/thumb.jpg?x=1')
    expect(stage.plane.events().map(({ protocol, status, url }) => ({ protocol, status, url }))).toEqual([
      { protocol: 'Thumbnail', status: 'opening', url },
      { protocol: 'Thumbnail', status: 'opening', url },
    ])
  })

  it.each([
    ['103', '/app/live/thumb.jpg', 401],
    ['104', '/app/ttoken/thumb.jpg', 200],
    ['105', '/app/nosuch/thumb.jpg', 404],
    ['106', '/app/live/thumb.png', 404],
  ])('answered as in capture %s: GET %s is %i', async (capture, path, status) => {
    answers(capture)
    expect((await connect().get(path)).status).toBe(status)
    expect(stage.plane.events().map(event => [event.status, event.url])).toEqual([['opening', here(path)]])
  })

  it('is 401 when led away from its file', async () => {
    stage.plane.answer = () => ({ body: JSON.stringify({ allowed: true, new_url: here('/app/live') }) })
    expect((await connect().get('/app/ttoken/thumb.jpg')).status).toBe(401)
  })
})

describe('the media port', () => {
  it('says that it is a demonstration', async () => {
    const answer = await connect().get('/demo')
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(answer.body).toContain('demonstration origin')
  })

  it.each([
    ['GET', '/'],
    ['GET', '/app'],
    ['GET', '/app/live'],
    ['GET', '/app/live/../../etc/passwd'],
    ['GET', '/app/live/picture.h264'],
    ['POST', '/app/live'],
    ['POST', '/app/live/x?direction=whip'],
    ['DELETE', '/app/live'],
    ['PATCH', '/app/live/unknown'],
  ])('%s %s is nothing, and nobody is asked', async (method, path) => {
    const { status } = await connect().send(method, path)
    expect([401, 404]).toContain(status)
    expect(stage.plane.events()).toEqual([])
  })
})

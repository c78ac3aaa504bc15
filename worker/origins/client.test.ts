import { describe, expect, it } from 'vitest'
import { capturedAnswer } from '../../test/support/captured.ts'
import { originClient } from './client.ts'
import type { Origin } from './origins.ts'

const origin: Origin = {
  id: 'default',
  apiUrl: 'http://origin.test:8081',
  apiToken: 'ome-access-token',
  webhookSecret: '1234',
  publicUrl: 'ws://origin.test:3333',
  app: 'app',
  vhost: 'default',
  rtmpPort: 1935,
  srtPort: 9999,
  publicHosts: [],
  trustRealIp: false,
}

/** A client of an origin that always gives the same answer, and what it was asked. */
function client(answer: () => Response | Promise<Response>, more: Partial<Origin> = {}) {
  const asked: { url: string; init: RequestInit }[] = []
  const fetcher = async (url: unknown, init: RequestInit = {}) => {
    asked.push({ url: String(url), init })
    return answer()
  }
  return { asked, ...originClient({ ...origin, ...more }, fetcher as typeof fetch) }
}
const captured = (name: string) => () => {
  const { status, body } = capturedAnswer(name)
  return Response.json(body, { status })
}

const troubles: [string, () => Response | Promise<Response>][] = [
  ['nobody listens', () => Promise.reject(new TypeError('fetch failed'))],
  [
    'the answer breaks off',
    () => new Response(new ReadableStream({ pull: c => c.error(new Error('reset')) })),
  ],
  ['the token is wrong', captured('api-badtoken')],
  ['it fails', () => Response.json({ statusCode: 500 }, { status: 500 })],
  [
    'it sends us elsewhere',
    () => new Response(null, { status: 302, headers: { location: 'https://x.example/' } }),
  ],
  ['it answers nothing', () => new Response(null, { status: 200 })],
  ['it answers a page', () => new Response('<html>', { status: 200 })],
  ['a proxy answers 404', () => new Response('<h1>Not found</h1>', { status: 404 })],
  ['a proxy answers 404 in JSON', () => Response.json({ error: 'not found' }, { status: 404 })],
  ['it answers other JSON', () => Response.json({ response: { hello: 1 } })],
  ['it answers more than 256 KiB', () => Response.json({ response: ['x'.repeat(300_000)] })],
]

describe('a request', () => {
  it('carries the access token, follows no redirect and waits three seconds', async () => {
    const { asked, stream } = client(captured('api-stream-info'))
    await stream('hidden')
    expect(asked).toEqual([
      {
        url: 'http://origin.test:8081/v1/vhosts/default/apps/app/streams/hidden',
        init: {
          method: 'GET',
          headers: { Authorization: `Basic ${btoa('ome-access-token')}` },
          redirect: 'manual',
          signal: expect.any(AbortSignal),
        },
      },
    ])
  })

  it('escapes what it puts into the path, and takes any token', async () => {
    const { asked, drop } = client(captured('api-stream-delete'), {
      vhost: 'a/b',
      app: 'c?d',
      apiToken: 'schlüssel',
    })
    await drop('../streams')
    expect(asked[0]?.url).toBe('http://origin.test:8081/v1/vhosts/a%2Fb/apps/c%3Fd/streams/..%2Fstreams')
    expect(asked[0]?.init.headers).toEqual({
      Authorization: `Basic ${Buffer.from('schlüssel').toString('base64')}`,
    })
  })

  it('is not made when no address of the API is known', async () => {
    const { asked, stream, streams, lastReceived, drop, reachable } = client(captured('api-stream-info'), {
      apiUrl: undefined,
    })
    expect([
      await stream('s'),
      await streams(),
      await lastReceived('s'),
      await drop('s'),
      await reachable(),
    ]).toEqual(['unreachable', 'unreachable', 'unreachable', 'unreachable', false])
    expect(asked).toEqual([])
  })
})

describe('a stream', () => {
  it('is told as it is', async () => {
    expect(await client(captured('api-stream-info')).stream('test')).toEqual({
      playable: true,
      createdAt: Date.parse('2026-11-21T01:36:55.842Z'),
      source: { address: '127.0.0.1', port: 45_954 },
    })
  })

  it('that OvenMediaEngine does not know is absent', async () => {
    expect(await client(captured('api-stream-notfound')).stream('nope')).toBe('absent')
  })

  it.each(troubles)('is unreachable when %s', async (_, answer) => {
    expect(await client(answer).stream('test')).toBe('unreachable')
  })
})

describe('the list of streams', () => {
  it('is told as it is', async () => {
    expect(await client(captured('api-streams-list')).streams()).toEqual(['test'])
  })

  it.each(troubles)('is unreachable when %s', async (_, answer) => {
    expect(await client(answer).streams()).toBe('unreachable')
  })
})

describe('the time data last came', () => {
  it('is told as it is', async () => {
    const { asked, lastReceived } = client(captured('api-stream-stats'))
    expect(await lastReceived('test')).toBe(Date.parse('2026-11-21T01:37:03.183Z'))
    expect(asked[0]?.url).toBe(
      'http://origin.test:8081/v1/stats/current/vhosts/default/apps/app/streams/test',
    )
  })

  it('of no stream is absent', async () => {
    expect(await client(captured('api-stream-notfound')).lastReceived('nope')).toBe('absent')
  })

  it.each(troubles)('is unreachable when %s', async (_, answer) => {
    expect(await client(answer).lastReceived('test')).toBe('unreachable')
  })
})

describe('dropping', () => {
  it.each(['api-stream-delete', 'api-stream-delete-notfound'])('is done by %s', async name => {
    const { asked, drop } = client(captured(name))
    expect(await drop('deltest')).toBe('dropped')
    expect(asked.map(({ url, init }) => [init.method, url])).toEqual([
      ['DELETE', 'http://origin.test:8081/v1/vhosts/default/apps/app/streams/deltest'],
    ])
  })

  // An empty or odd 200 is a success all the same: nothing is read out of it.
  const failures = troubles.filter(([what]) => !/answers (nothing|a page|other|more)/.test(what))
  it.each(failures)('is not done when %s', async (_, answer) => {
    expect(await client(answer).drop('test')).toBe('unreachable')
  })
})

describe('reachable', () => {
  it.each([
    ['api-streams-list', true],
    ['api-app-notfound', false],
    ['api-unauthorized', false],
  ])('%s: %s', async (name, reachable) => {
    expect(await client(captured(name)).reachable()).toBe(reachable)
  })

  it('no when nobody listens', async () => {
    expect(await client(() => Promise.reject(new TypeError('fetch failed'))).reachable()).toBe(false)
  })
})

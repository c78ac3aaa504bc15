import { expect, test } from 'vitest'
import { createServers } from './servers.ts'

const answer = { iceServers: [{ urls: ['stun:a.example'] }], relayOnly: false, ttl: 600 }

function setUp(respond: () => Response | Promise<Response>) {
  const calls: { url: string; token: string | null }[] = []
  const clock = { now: 0, token: 'first' }
  const servers = createServers(
    async (url, init) => {
      calls.push({ url: String(url), token: new Headers(init?.headers).get('authorization') })
      return respond()
    },
    () => clock.token,
    () => clock.now,
  )
  return { servers, calls, clock }
}

test('are asked for with the token of the moment, and again after half their time', async () => {
  const { servers, calls, clock } = setUp(() => Response.json(answer))
  expect(await servers()).toEqual(answer)
  clock.token = 'second'
  clock.now = 299_999
  expect(await servers()).toEqual(answer)
  expect(calls).toHaveLength(1)
  clock.now = 300_000
  await servers()
  expect(calls).toEqual([
    { url: '/api/ice', token: 'Bearer first' },
    { url: '/api/ice', token: 'Bearer second' },
  ])
})

test.each<[what: string, respond: () => Response, is: string]>([
  ['without the permission', () => Response.json({ code: 'forbidden' }, { status: 403 }), 'refused'],
  ['too often', () => Response.json({ code: 'too_many' }, { status: 429 }), 'refused'],
  ['while the server fails', () => new Response('', { status: 503 }), 'unreachable'],
  ['when the answer is none', () => new Response('<html>'), 'unreachable'],
  [
    'without a network',
    () => {
      throw new TypeError('failed')
    },
    'unreachable',
  ],
])('asked for %s they are %s, and the next time asked for again', async (_, respond, is) => {
  const { servers, calls } = setUp(respond)
  expect([await servers(), await servers(), calls.length]).toEqual([is, is, 2])
})

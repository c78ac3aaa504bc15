import { expect, test } from 'vitest'
import { invitation } from './fixture.ts'
import { createLinks, type Failure, type Links } from './links-api.ts'

function setUp(respond: () => Response) {
  const calls: unknown[] = []
  const token = { is: 'first' }
  const links = createLinks(
    async (url, init) => {
      const headers = new Headers(init?.headers)
      calls.push([init?.method, String(url), headers.get('authorization'), init?.body])
      return respond()
    },
    () => token.is,
  )
  return { links, calls, token }
}

const link = invitation()

test('every call has the token of its moment', async () => {
  const { links, calls, token } = setUp(() => Response.json(link))
  expect(await links.make({ name: 'Cem', role: 'observer' })).toEqual({ ok: link })
  token.is = 'second'
  expect(await links.extend('a/b', '2026-11-22T14:00:00.000Z')).toEqual({ ok: link })
  expect(calls).toEqual([
    ['POST', '/api/room/links', 'Bearer first', '{"name":"Cem","role":"observer"}'],
    ['PATCH', '/api/room/links/a%2Fb', 'Bearer second', '{"endsAt":"2026-11-22T14:00:00.000Z"}'],
  ])
})

test('a list and an answer without a body are read', async () => {
  const listed = setUp(() => Response.json({ items: [link], next: null }))
  expect(await listed.links.list()).toEqual({ ok: [link] })
  const gone = setUp(() => new Response(null, { status: 204 }))
  expect(await gone.links.revoke('x')).toEqual({ ok: null })
  expect([...listed.calls, ...gone.calls]).toEqual([
    ['GET', '/api/room/links', 'Bearer first', null],
    ['DELETE', '/api/room/links/x', 'Bearer first', null],
  ])
})

const ways: ((links: Links) => Promise<unknown>)[] = [
  links => links.list(),
  links => links.make({}),
  links => links.extend('x', ''),
  links => links.revoke('x'),
]

test.each<[string, () => Response, Failure]>([
  ['a refusal', () => Response.json({ code: 'not_held' }, { status: 403 }), { refused: 'not_held' }],
  ['too many', () => Response.json({ code: 'too_many' }, { status: 429 }), { refused: 'too_many' }],
  ['a fault of the server', () => Response.json({ code: 'failed' }, { status: 500 }), 'unreachable'],
  ['a proxy’s page', () => new Response('<html>', { status: 403 }), 'unreachable'],
  ['a problem without a code', () => Response.json({}, { status: 400 }), 'unreachable'],
  ['a code that is none', () => Response.json({ code: 7 }, { status: 400 }), 'unreachable'],
  [
    'no network',
    () => {
      throw new TypeError('failed')
    },
    'unreachable',
  ],
])('%s is told by every call', async (_, respond, failure) => {
  const { links } = setUp(respond)
  for (const way of ways) expect(await way(links)).toEqual(failure)
})

test.each([
  ['list', 0],
  ['make', 1],
  ['extend', 2],
] as const)('what %s cannot read is no answer', async (_, i) => {
  const { links } = setUp(() => new Response('<html>'))
  expect(await ways[i]!(links)).toBe('unreachable')
})

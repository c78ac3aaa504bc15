import { expect, test } from 'vitest'
import { createApi } from './api.ts'

const ROOM = {
  name: 'nordlicht',
  displayName: 'Nordlicht',
  description: '',
  locked: false,
  clientCount: 0,
  startsAt: null,
}

/** A server that gives one answer, and what it was asked. */
function server(answer: Response | Error) {
  const asked: { path: string; init: RequestInit | undefined }[] = []
  const api = createApi(async (path, init) => {
    asked.push({ path: String(path), init })
    if (answer instanceof Error) throw answer
    return answer
  })
  return { api, asked }
}

const json = (body: unknown, status = 200) => Response.json(body, { status })

test.each<[string, Response | Error, unknown]>([
  ['a list', json({ items: [ROOM], next: null }), [ROOM]],
  ['an empty list', json({ items: [], next: null }), []],
  ['a fault', json({ code: 'x' }, 503), null],
  ['no JSON', new Response('<html>'), null],
  ['something else', json({}), null],
  ['no answer', new TypeError('failed to fetch'), null],
])('the rooms from %s', async (_, answer, rooms) => {
  expect(await server(answer).api.rooms()).toEqual(rooms)
})

test.each<[string, Response | Error, unknown]>([
  ['a room', json({ name: 'nordlicht' }), { href: '/r/nordlicht' }],
  ['one that is elsewhere', json({ redirect: 'https://x.example/a#b' }), { href: 'https://x.example/a#b' }],
  ['one that would run something', json({ redirect: 'javascript:alert(1)' }), { href: '/r/nordlicht' }],
  ['one that is no address', json({ redirect: '//x.example' }), { href: '/r/nordlicht' }],
  ['none', json({ code: 'not_found' }, 404), 'not-there'],
  ['too many tries', json({ code: 'too_many' }, 429), 'too-many'],
  ['a blocked address', json({ code: 'blocked' }, 403), 'unreachable'],
  ['a fault', json({ code: 'x' }, 500), 'unreachable'],
  ['no JSON', new Response('<html>'), 'unreachable'],
  ['no answer', new TypeError('failed to fetch'), 'unreachable'],
])('finding %s', async (_, answer, found) => {
  expect(await server(answer).api.find('nordlicht')).toEqual(found)
})

test('nothing of who asks goes along', async () => {
  const { api, asked } = server(json({ items: [], next: null }))
  await api.rooms()
  await api.find('nordlicht')
  expect(asked.map(({ path, init }) => [path, init?.credentials, init?.headers, init?.body])).toEqual([
    ['/api/public-rooms', 'omit', { Accept: 'application/json' }, undefined],
    ['/api/rooms/nordlicht/status', 'omit', { Accept: 'application/json' }, undefined],
  ])
})

import { describe, expect, test } from 'vitest'
import { createApi, type PinFault } from './api.ts'
import { roomView } from './fixture.ts'

interface Sent {
  path: string
  method: string
  headers: Record<string, string>
  body: unknown
}

/** An API over a server that gives one answer and keeps what it was sent. */
function over(answer: Response | Error, leave?: (place: string) => void) {
  const sent: Sent[] = []
  const fetch = (async (path: string, init: RequestInit) => {
    sent.push({
      path,
      method: String(init.method),
      headers: init.headers as Record<string, string>,
      body: init.body ? JSON.parse(String(init.body)) : null,
    })
    if (answer instanceof Error) throw answer
    return answer
  }) as typeof globalThis.fetch
  return { api: createApi(fetch, () => 1_000_000, leave), sent }
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })
const problem = (status: number, code: string, extra: object = {}) => json(status, { code, status, ...extra })

const nobody: [string, () => Response | Error][] = [
  ['no network', () => new TypeError('Failed to fetch')],
  ['a failing server', () => problem(500, 'internal')],
  ['a server that is not available', () => problem(503, 'unavailable')],
  ['a proxy’s own page', () => new Response('<html>', { status: 502 })],
  ['an answer that is no JSON', () => new Response('<html>', { status: 200 })],
]

describe('join', () => {
  const request = { slug: 'reel-3', secret: 's' }

  test('lets in', async () => {
    const joined = { ...roomView(), token: 't' }
    const { api, sent } = over(json(200, joined))
    expect(await api.join({ ...request, name: 'Client', pin: '4711' }, 'old')).toEqual({ joined })
    expect(sent).toEqual([
      {
        path: '/api/join',
        method: 'POST',
        headers: {
          Accept: 'application/json',
          Authorization: 'Bearer old',
          'Content-Type': 'application/json',
        },
        body: { ...request, name: 'Client', pin: '4711' },
      },
    ])
  })

  test.each([
    ['name_required', 400, { name: true, pin: false }],
    ['pin_required', 403, { name: false, pin: true }],
  ] as const)('%s', async (code, status, needs) => {
    expect(await over(problem(status, code, { needs })).api.join(request)).toEqual({ needs, fault: null })
  })

  const needs = { name: true, pin: true }
  const withRetry = (status: number, code: string, extra: object, retryAfter: string) =>
    json(status, { code, status, needs, ...extra }, { 'Retry-After': retryAfter })
  test.each<[string, Response, PinFault]>([
    ['a wrong PIN', problem(403, 'pin_wrong', { needs, triesLeft: 3 }), { code: 'pin_wrong', triesLeft: 3 }],
    [
      'a wrong PIN, and nothing more about it',
      problem(403, 'pin_wrong', { needs, triesLeft: '3' }),
      { code: 'pin_wrong', triesLeft: null },
    ],
    [
      'the last wrong PIN',
      withRetry(403, 'pin_wrong', { triesLeft: 0 }, '900'),
      { code: 'pin_locked', until: 1_900_000 },
    ],
    ['a locked PIN', withRetry(429, 'pin_locked', {}, '5'), { code: 'pin_locked', until: 1_005_000 }],
    [
      'a locked PIN, until nobody knows when',
      withRetry(429, 'pin_locked', {}, 'Sat, 21 Nov 2026 14:00:00 GMT'),
      { code: 'pin_wrong', triesLeft: null },
    ],
  ])('%s', async (_, answer, fault) => {
    expect(await over(answer).api.join(request)).toEqual({ needs, fault })
  })

  test.each([
    ['not_found', 404, {}],
    ['room_ended', 410, { endedAt: '2026-11-21T18:00:00Z' }],
    ['link_ended', 410, { endedAt: '2026-11-21T18:00:00Z' }],
    ['link_revoked', 410, {}],
    ['link_used_up', 410, {}],
    ['removed', 403, {}],
    ['blocked', 403, {}],
    ['too_many', 429, {}],
  ] as const)('%s', async (code, status, extra) => {
    expect(await over(problem(status, code, extra)).api.join(request)).toEqual({
      refusal: { code, ...extra },
    })
  })

  test('a mangled link is an unknown one', async () => {
    expect(await over(problem(400, 'invalid')).api.join(request)).toEqual({ refusal: { code: 'not_found' } })
  })

  test.each(nobody)('%s', async (_, answer) => {
    expect(await over(answer()).api.join(request)).toBe('unreachable')
  })
})

describe('room', () => {
  test('is asked with the token', async () => {
    const { api, sent } = over(json(200, roomView()))
    expect(await api.room('t')).toEqual({ view: roomView() })
    expect(sent[0]?.headers).toEqual({
      Accept: 'application/json',
      Authorization: 'Bearer t',
    })
  })

  test('a token that no longer counts', async () => {
    expect(await over(problem(401, 'unauthenticated')).api.room('t')).toBe('signed-out')
  })

  test('a refusal', async () => {
    expect(await over(problem(403, 'removed')).api.room('t')).toEqual({ refusal: { code: 'removed' } })
  })

  test.each(nobody)('%s', async (_, answer) => {
    expect(await over(answer()).api.room('t')).toBe('unreachable')
  })
})

describe('playback', () => {
  const playback = {
    webrtc: { url: 'ws://o/app/r?stream_token=t' },
    llhls: { url: 'http://o/app/r/llhls.m3u8?stream_token=t' },
    expiresAt: '2026-11-21T14:01:30.000Z',
    leaseMs: 300_000,
  }

  test('is timed by the server’s clock, whatever the viewer’s says', async () => {
    const { api } = over(json(200, playback, { Date: 'Sat, 21 Nov 2026 14:00:00 GMT' }))
    expect(await api.playback('t')).toEqual({
      ticket: {
        webrtc: playback.webrtc.url,
        llhls: playback.llhls.url,
        usableUntil: 1_000_000 + 90_000,
        leaseMs: 300_000,
      },
    })
  })

  test.each([
    ['room_full', 409, { seats: 12 }],
    ['moved', 409, {}],
    ['not_started', 409, { opensAt: '2026-11-21T15:00:00Z' }],
    ['link_revoked', 410, {}],
  ] as const)('%s', async (code, status, extra) => {
    expect(await over(problem(status, code, extra)).api.playback('t')).toEqual({
      refusal: { code, ...extra },
    })
  })

  test('a token that no longer counts', async () => {
    expect(await over(problem(401, 'unauthenticated')).api.playback('t')).toBe('signed-out')
  })

  test('no origin behind the room', async () => {
    expect(await over(problem(503, 'no_origin')).api.playback('t')).toBe('unreachable')
  })

  test.each(nobody)('%s', async (_, answer) => {
    expect(await over(answer()).api.playback('t')).toBe('unreachable')
  })
})

test('a room that is elsewhere is gone to, and nowhere that is no page', async () => {
  const left: string[] = []
  const at = async (location: unknown) =>
    over(problem(409, 'elsewhere', { location }), place => left.push(place)).api.room('t')
  expect([
    await at('https://other.example/r/x'),
    await at('javascript:alert(1)'),
    await at(undefined),
  ]).toEqual(['unreachable', 'unreachable', 'unreachable'])
  expect(left).toEqual(['https://other.example/r/x'])
})

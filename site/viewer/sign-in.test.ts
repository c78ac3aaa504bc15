import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { roomView } from './fixture.ts'
import type { SignInOutcome } from './sign-in-state.ts'

const asked = vi.fn()
vi.mock('../lib/passkeys.ts', () => ({ askPasskey: asked, passkeysMissing: () => null }))
const { signIn } = await import('./sign-in.ts')

const calls: [string, string, RequestCredentials | undefined, unknown][] = []
const answers: (Response | Error)[] = []
const page = { href: 'https://review.example/r/reel-3', replace: vi.fn(), assign: vi.fn() }

beforeEach(() => {
  calls.length = 0
  answers.length = 0
  asked.mockReset()
  page.assign.mockReset()
  page.replace.mockReset()
  vi.stubGlobal('location', page)
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push([
      String(init.method),
      path,
      init.credentials,
      init.body ? JSON.parse(String(init.body)) : null,
    ])
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error('no answer left')
    return answer
  })
})
afterEach(() => vi.unstubAllGlobals())

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
const problem = (status: number, code: string) => json({ status, code, detail: `About ${code}.` }, status)
const options = () => json({ options: { challenge: 'c' } })
const credential = { id: 'k', type: 'public-key' }

test('a passkey, the cookie of its challenge and the room', async () => {
  const joined = { ...roomView(), token: 't' }
  answers.push(options(), json(joined))
  asked.mockResolvedValue({ done: credential })
  expect(await signIn.byPasskey('reel-3')).toEqual({ joined })
  expect(asked.mock.calls).toEqual([[{ challenge: 'c' }]])
  expect(calls).toEqual([
    ['POST', '/api/auth/passkey/options', 'same-origin', {}],
    ['POST', '/api/auth/passkey', 'same-origin', { response: credential, room: 'reel-3' }],
  ])
})

test.each<[string, Response | Error, SignInOutcome]>([
  ['not on the list', problem(403, 'not_invited'), { fault: { is: 'not_invited' } }],
  ['not accepted', problem(403, 'sign_in_failed'), { fault: { is: 'refused' } }],
  ['too often', problem(429, 'too_many'), { fault: { is: 'said', sentence: 'About too_many.' } }],
  ['an ended room', problem(410, 'room_ended'), { refusal: { code: 'room_ended' } }],
  ['no database', problem(503, 'unavailable'), { fault: { is: 'unreachable' } }],
  ['no network', new TypeError('Failed to fetch'), { fault: { is: 'unreachable' } }],
  ['a proxy’s own page', new Response('<html>', { status: 502 }), { fault: { is: 'unreachable' } }],
])('%s', async (_, answer, outcome) => {
  answers.push(options(), answer)
  asked.mockResolvedValue({ done: credential })
  expect(await signIn.byPasskey('reel-3')).toEqual(outcome)
})

test.each([
  ['cancelled', 'cancelled'],
  ['device', 'device'],
  ['already', 'failed'],
])('a passkey that was %s is not sent', async (end, is) => {
  answers.push(options())
  asked.mockResolvedValue({ end })
  expect(await signIn.byPasskey('reel-3')).toEqual({ fault: { is } })
  expect(calls).toHaveLength(1)
})

test('no challenge, no question', async () => {
  answers.push(problem(429, 'too_many'))
  expect(await signIn.byPasskey('reel-3')).toEqual({ fault: { is: 'said', sentence: 'About too_many.' } })
  expect(asked).not.toHaveBeenCalled()
})

test('the provider’s page, with the room to come back to, and back from it without an answer', async () => {
  answers.push(json({ url: 'https://id.example/authorize?state=s' }))
  const shown = new EventTarget()
  vi.stubGlobal('addEventListener', shown.addEventListener.bind(shown))
  const left = new Promise<string>(resolve => page.assign.mockImplementation(resolve))
  const outcome = signIn.byProvider('reel-3')
  expect(await left).toBe('https://id.example/authorize?state=s')
  shown.dispatchEvent(new Event('pageshow'))
  expect(await outcome).toEqual({ fault: { is: 'cancelled' } })
  expect(calls).toEqual([['POST', '/api/auth/oidc/start', 'same-origin', { for: 'room', slug: 'reel-3' }]])
})

test('a provider that does not answer', async () => {
  answers.push(problem(503, 'provider_unavailable'))
  expect(await signIn.byProvider('reel-3')).toEqual({
    fault: { is: 'said', sentence: 'About provider_unavailable.' },
  })
})

test('a provider that is gone', async () => {
  answers.push(problem(404, 'not_found'))
  expect(await signIn.byProvider('reel-3')).toEqual({ refusal: { code: 'not_found' } })
  expect(page.assign).not.toHaveBeenCalled()
})

test.each([
  [json({ passkey: true, oidc: { name: 'Studio' } }), 'Studio'],
  [json({ passkey: true, oidc: null }), null],
  [new TypeError('Failed to fetch'), null],
])('what there is to sign in with', async (answer, provider) => {
  answers.push(answer, problem(404, 'not_found'))
  expect(await signIn.methods('reel-3')).toEqual({ missing: null, provider, portal: null })
  expect(page.replace).not.toHaveBeenCalled()
})

test('this machine by its IP address is opened by its name', async () => {
  vi.stubGlobal('location', { ...page, href: 'http://127.0.0.1:8787/r/reel-3' })
  answers.push(json({ oidc: null }), problem(404, 'not_found'))
  await signIn.methods('reel-3')
  expect(page.replace.mock.calls).toEqual([['http://localhost:8787/r/reel-3']])
})

test('a public room’s portal, and where it is instead', async () => {
  answers.push(json({ oidc: null }), json({ authPortal: 'https://portal.example/x' }))
  expect(await signIn.methods('reel-3')).toEqual({
    missing: null,
    provider: null,
    portal: 'https://portal.example/x',
  })
  answers.push(
    json({ oidc: null }),
    json({ redirect: 'https://other.example/r/x', authPortal: 'javascript:alert(1)' }),
  )
  expect(await signIn.methods('reel-3')).toMatchObject({ portal: null })
  expect(page.replace.mock.calls).toEqual([['https://other.example/r/x']])
  expect(calls.map(([, path]) => path)).toContain('/api/rooms/reel-3/status')
})

describe('a name and a password, or a token', () => {
  const named = { by: 'password', username: 'ada', password: 'geheim' } as const
  const token = { by: 'token', token: 'a.b.c' } as const
  const joined = { ...roomView(), token: 't' }

  test('join', async () => {
    answers.push(json(joined), json(joined))
    expect(await signIn.byName('reel-3', named)).toEqual({ joined })
    expect(await signIn.byName('reel-3', { ...token, name: 'Ada' })).toEqual({ joined })
    expect(calls).toEqual([
      ['POST', '/api/join', 'same-origin', { slug: 'reel-3', username: 'ada', password: 'geheim' }],
      ['POST', '/api/join', 'same-origin', { slug: 'reel-3', token: 'a.b.c', name: 'Ada' }],
    ])
  })

  test('with a new password, once the old one was changed', async () => {
    answers.push(new Response(null, { status: 204 }), json(joined))
    expect(await signIn.byName('reel-3', { ...named, newPassword: 'geheimer' })).toEqual({ joined })
    expect(calls.map(([, path, , body]) => [path, body])).toEqual([
      [
        '/api/room-users/password',
        { slug: 'reel-3', username: 'ada', password: 'geheim', newPassword: 'geheimer' },
      ],
      ['/api/join', { slug: 'reel-3', username: 'ada', password: 'geheimer' }],
    ])
  })

  test('and with none when it was not', async () => {
    answers.push(problem(404, 'not_found'))
    expect(await signIn.byName('reel-3', { ...named, newPassword: 'geheimer' })).toEqual({
      fault: { is: 'wrong_password' },
    })
    expect(calls).toHaveLength(1)
  })

  test.each<[string, Response, SignInOutcome, SignInOutcome]>([
    [
      'wrong',
      problem(404, 'not_found'),
      { fault: { is: 'wrong_password' } },
      { fault: { is: 'wrong_token' } },
    ],
    [
      'an auth server that is away',
      problem(503, 'auth_server_unavailable'),
      { fault: { is: 'said', sentence: 'About auth_server_unavailable.' } },
      { fault: { is: 'said', sentence: 'About auth_server_unavailable.' } },
    ],
    [
      'revoked',
      problem(410, 'link_revoked'),
      { refusal: { code: 'link_revoked' } },
      { refusal: { code: 'link_revoked' } },
    ],
    [
      'nameless',
      problem(400, 'name_required'),
      { fault: { is: 'unreachable' } },
      { fault: { is: 'nameless', token: 'a.b.c' } },
    ],
  ])('%s', async (_, answer, ofPassword, ofToken) => {
    answers.push(answer.clone(), answer)
    expect(await signIn.byName('reel-3', named)).toEqual(ofPassword)
    expect(await signIn.byName('reel-3', token)).toEqual(ofToken)
  })
})

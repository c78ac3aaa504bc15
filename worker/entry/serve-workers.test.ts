import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SightlineApp } from '../app.ts'
import type { Deps, RequestEnv } from '../deps.ts'
import { type Bindings, worker } from './serve-workers.ts'

const good: Bindings = {
  SIGHTLINE_SECRET: 'a secret of the tests, long enough for anybody',
  DATABASE_URL: 'https://db.test',
}

let lines: string[]
let made: Deps[]
let seen: { request: Request; env: RequestEnv | undefined }[]
let minutes: number

const unused = undefined as never

const create = (deps: Deps): SightlineApp => {
  made.push(deps)
  return {
    async fetch(request, env) {
      seen.push({ request, env })
      env?.defer?.(Promise.resolve('later'))
      return new Response('from the app')
    },
    async minute() {
      minutes++
    },
    async settled() {},
    hub: unused,
    conduct: unused,
  }
}
const context = () => ({ waitUntil: vi.fn() })
const get = (headers: Record<string, string> = {}) =>
  new Request('https://sightline.test/healthz', { headers })

beforeEach(() => {
  lines = []
  made = []
  seen = []
  minutes = 0
  vi.spyOn(console, 'log').mockImplementation(line => void lines.push(line))
})
afterEach(() => vi.restoreAllMocks())

describe('the Worker', () => {
  test('makes one app of its bindings and keeps it', async () => {
    const it = worker(create)
    for (let i = 0; i < 3; i++)
      expect(await (await it.fetch(get(), good, context())).text()).toBe('from the app')
    await it.scheduled({}, good)
    expect([made.length, made[0]!.runtime, made[0]!.config.databaseUrl, minutes]).toEqual([
      1,
      'workerd',
      'https://db.test',
      1,
    ])
  })

  test('makes a new app of new bindings', async () => {
    const it = worker(create)
    await it.fetch(get(), good, context())
    await it.fetch(get(), { ...good, LEASE_MS: '60000' }, context())
    expect(made.map(deps => deps.config.leaseMs)).toEqual([300_000, 60_000])
  })

  test('takes the address from Cloudflare alone and waits for what is deferred', async () => {
    const it = worker(create)
    const own = context()
    await it.fetch(get({ 'cf-connecting-ip': '192.0.2.7', 'x-forwarded-for': '203.0.113.1' }), good, own)
    await it.fetch(get({ 'x-forwarded-for': '203.0.113.1' }), good, context())
    expect(seen.map(({ env }) => env?.address)).toEqual(['192.0.2.7', undefined])
    expect(own.waitUntil).toHaveBeenCalledTimes(1)
  })

  test('has Cloudflare’s rate limiter where it is bound, and none where it is not', async () => {
    const keys: string[] = []
    const RATE_LIMITER = {
      limit: async ({ key }: { key: string }) => {
        if (key === 'fails') throw new Error('no limiter')
        return { success: keys.push(key) < 2 }
      },
    }
    const it = worker(create)
    await it.fetch(get(), { ...good, RATE_LIMITER }, context())
    await it.fetch(get(), good, context())
    const [bound, unbound] = made
    expect([await bound!.rateLimit!('a'), await bound!.rateLimit!('b')]).toEqual([true, false])
    expect(await bound!.rateLimit!('fails')).toBe(true)
    expect([keys, unbound!.rateLimit]).toEqual([['a', 'b'], undefined])
  })

  test('with a wrong configuration answers 503 and says why once, without a value', async () => {
    const it = worker(create)
    const wrong: Bindings = { ...good, SIGHTLINE_SECRET: 'too short', LEASE_MS: 'hidden-value' }
    const answers = [await it.fetch(get(), wrong, context()), await it.fetch(get(), wrong, context())]
    await it.scheduled({}, wrong)
    expect(answers.map(answer => answer.status)).toEqual([503, 503])
    expect(await answers[0]!.json()).toEqual({
      type: 'urn:sightline:problem:misconfigured',
      title: 'Not available',
      status: 503,
      code: 'misconfigured',
      detail: 'This server is not set up completely. Its log says what is missing.',
    })
    expect(lines.map(line => JSON.parse(line))).toEqual([
      {
        time: expect.any(String),
        level: 'error',
        event: 'config.wrong',
        problem: expect.stringMatching(/^SIGHTLINE_SECRET must/),
      },
      {
        time: expect.any(String),
        level: 'error',
        event: 'config.wrong',
        problem: expect.stringMatching(/^LEASE_MS must/),
      },
    ])
    expect(lines.join()).not.toMatch(/too short|hidden-value/)
  })

  test('a database address it cannot use is a wrong configuration too', async () => {
    const it = worker(create)
    const answer = await it.fetch(get(), { ...good, DATABASE_URL: 'file:local.db' }, context())
    expect([answer.status, made.length]).toEqual([503, 0])
  })

  test('serves files of the site through its binding, and nothing it does not have', async () => {
    const asked: string[] = []
    const ASSETS = {
      fetch: async (request: Request) => {
        asked.push(new URL(request.url).pathname)
        return new Response('file', { status: request.url.endsWith('.html') ? 200 : 404 })
      },
    }
    const it = worker(create)
    await it.fetch(get(), { ...good, ASSETS }, context())
    const { asset } = made[0]!
    expect(await (await asset('/viewer.html', get()))?.text()).toBe('file')
    expect(await asset('/nothing', get())).toBeUndefined()
    expect(asked).toEqual(['/viewer.html', '/nothing'])
  })
})

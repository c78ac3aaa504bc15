import { createApp, type SightlineApp } from '../../worker/app.ts'
import { type Config, loadConfig } from '../../worker/config.ts'
import { createKeys, type Keys } from '../../worker/crypto/keys.ts'
import type { Db } from '../../worker/db.ts'
import type { Deps } from '../../worker/deps.ts'
import { createLog } from '../../worker/log.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { createTime } from './time.ts'

export const SECRET = 'a secret of the tests, long enough for anybody'
export const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789'
export const WEBHOOK_SECRET = '1234'

/** The whole app in this process over a database of its own, with a clock that stands still unless told. */
export interface TestApp extends SightlineApp {
  db: Db
  keys: Keys
  config: Config
  clock: { now: number }
  /** Lets so many ms pass, with all that is done after answers in that time. */
  pass: (ms: number) => Promise<void>
  /** Lets work after answers go on until it is done or pauses; the clock stands still. */
  quiet: () => Promise<void>
  /** Lets work after answers come to its end; the clock moves as far as its pauses ask. */
  settled: () => Promise<void>
  log: string[]
  /** What the app asked of the origin, and what it is answered (a function may be put here). */
  origin: { calls: string[]; answer: (method: string, path: string) => Response | Promise<Response> }
  /** Round trips to the database since the last reading. */
  roundTrips: () => number
  database: TestDatabase
  request(method: string, path: string, options?: RequestOptions): Promise<Response>
  close(): void
}

export interface RequestOptions {
  json?: unknown
  body?: BodyInit
  token?: string | null
  headers?: Record<string, string>
  address?: string
}

export const omeError = (status: number, message = 'x') =>
  Response.json({ message: `[HTTP] ${message} (${status})`, statusCode: status }, { status })

/** 2026-11-21T12:00:00Z, an instant like any other. */
export const NOON = Date.UTC(2026, 10, 21, 12)

/** @param deps what stands in for a dependency of the app. */
export async function testApp(env: Record<string, string> = {}, deps: Partial<Deps> = {}): Promise<TestApp> {
  const database = await testDatabase()
  const { db } = database
  const time = createTime(NOON)
  const config = loadConfig({
    SIGHTLINE_SECRET: SECRET,
    SIGHTLINE_ADMIN_TOKEN: ADMIN_TOKEN,
    DATABASE_URL: 'file:test.db',
    OME_API_URL: 'http://origin.test:8081',
    OME_API_TOKEN: 'ome-access-token',
    OME_WEBHOOK_SECRET: WEBHOOK_SECRET,
    OME_PUBLIC_URL: 'ws://origin.test:3333',
    ...env,
  })
  const log: string[] = []
  const origin: TestApp['origin'] = { calls: [], answer: () => omeError(404) }
  const app = createApp({
    runtime: 'node',
    config,
    db,
    log: createLog('debug', line => log.push(line)),
    now: () => time.clock.now,
    wait: time.wait,
    fetch: async (input, init) => {
      const { pathname } = new URL(String(input))
      origin.calls.push(`${init?.method} ${pathname}`)
      return origin.answer(init?.method ?? 'GET', pathname)
    },
    asset: async path =>
      path.endsWith('.html')
        ? new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } })
        : undefined,
    ...deps,
  })
  return {
    ...app,
    db,
    keys: createKeys(config.secret, config.previousSecret),
    config,
    clock: time.clock,
    pass: time.pass,
    quiet: time.quiet,
    async settled() {
      await time.finish()
      await app.settled()
    },
    log,
    origin,
    roundTrips: database.roundTrips,
    database,
    async request(
      method,
      path,
      { json, body, token = config.adminToken ?? null, headers = {}, address = '127.0.0.1' } = {},
    ) {
      const init: RequestInit = { method, headers: { ...headers } }
      const all = init.headers as Record<string, string>
      if (token !== null) all.authorization = `Bearer ${token}`
      if (json !== undefined) {
        all['content-type'] = 'application/json'
        init.body = JSON.stringify(json)
      } else if (body !== undefined) init.body = body
      return app.fetch(new Request(new URL(path, 'http://sightline.test'), init), {
        address,
        defer: time.defer,
      })
    },
    close: database.close,
  }
}

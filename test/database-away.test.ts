import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serveHrana } from '../scripts/hrana/server.mjs'
import { freePort } from '../scripts/launch/ports.mjs'
import { call } from './contract/call.ts'
import { type RunningServer, startRuntime } from './runtimes/runtime.ts'

const TOKEN = 'the-token-of-the-database'

describe.each(['node', 'deno'] as const)('on %s, with a database elsewhere', runtime => {
  let place: string
  let server: RunningServer
  let database: { close(): Promise<void> } | undefined

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'sightline-away-'))
  })
  afterEach(async () => {
    await server.stop()
    await database?.close()
    database = undefined
    rmSync(place, { recursive: true, force: true })
  })

  test('starts while it is away, says so, and works once it is there, without a restart', async () => {
    const port = await freePort('127.0.0.1')
    server = await startRuntime(runtime, {
      env: { DATABASE_URL: `http://127.0.0.1:${port}`, DATABASE_AUTH_TOKEN: TOKEN },
    })
    const ready = () => call(server, 'GET', '/readyz')
    const rooms = () => call(server, 'GET', '/api/rooms', { token: server.adminToken })
    const down = await ready()
    expect([down.status, down.body.database]).toEqual([503, 'down'])
    expect(await rooms()).toMatchObject({ status: 503, body: { code: 'unavailable' } })

    database = await serveHrana({ file: join(place, 'x.db'), token: TOKEN, port })
    await expect.poll(async () => (await rooms()).status, { timeout: 20_000 }).toBe(200)
    expect((await ready()).body.database).toBe('ok')

    await database.close()
    expect(await rooms()).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    database = await serveHrana({ file: join(place, 'x.db'), token: TOKEN, port })
    expect((await rooms()).status).toBe(200)
    expect(server.logs.join('\n')).not.toContain(TOKEN)
  })
})

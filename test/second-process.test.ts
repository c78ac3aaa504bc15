import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { databaseUrl } from '../scripts/data/folder.mjs'
import { call } from './contract/call.ts'
import { type RunningServer, startRuntime } from './runtimes/runtime.ts'

/** Two processes on one database: one carries the live rooms. On Workers each room is in one place by itself. */
describe.each(['node', 'deno'] as const)('on %s', runtime => {
  const running: RunningServer[] = []
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sightline-second-'))
  })
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  /** Waits until it has said that. */
  async function start(event: string): Promise<RunningServer> {
    const server = await startRuntime(runtime, { env: { DATABASE_URL: databaseUrl({}, folder) } })
    running.push(server)
    await expect.poll(() => server.logs.some(line => line.includes(`"${event}"`))).toBe(true)
    return server
  }

  test('a second one says so, lets nobody in, and takes over when the first has stopped', async () => {
    const first = await start('live.carried')
    const ready = async (server: RunningServer) => (await call(server, 'GET', '/readyz')).body.live
    const second = await start('live.carried-elsewhere')
    expect([await ready(first), await ready(second)]).toEqual(['ok', 'elsewhere'])

    const admin = (path: string, json: object) => call(first, 'POST', path, { token: first.adminToken, json })
    const { body: room } = await admin('/api/rooms', { title: 'x', slug: 'split' })
    const { body: link } = await admin(`/api/rooms/${room.id}/links`, { label: 'x' })
    const json = { slug: 'split', secret: new URL(link.url).hash.slice(1) }
    const { token } = (await call(second, 'POST', '/api/join', { json })).body
    const connect = ({ url }: RunningServer) =>
      new WebSocket(`${url.replace('http', 'ws')}/api/live`, ['sightline.1', `bearer.${token}`])
    const refused = connect(second)
    refused.on('error', () => {})
    const [, answer] = (await once(refused, 'unexpected-response')) as [unknown, IncomingMessage]
    expect(answer.statusCode).toBe(503)
    answer.resume()

    const page = connect(first)
    await once(page, 'open')
    const closed = once(page, 'close')
    running.shift()
    await first.stop()
    await closed
    await expect.poll(() => ready(second), { timeout: 20_000 }).toBe('ok')
    const again = connect(second)
    await once(again, 'open')
    again.terminate()
  })
})

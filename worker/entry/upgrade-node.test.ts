import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { join, makeLink, makeRoom } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { MAX_MESSAGE } from '../live/protocol.ts'
import { createLog } from '../log.ts'
import { upgraderOf } from './upgrade-node.ts'

let app: TestApp
let server: Server
let port: number
let log: string[]
beforeEach(async () => {
  app = await testApp()
  log = []
  server = createServer()
  server.on('upgrade', upgraderOf({ app, log: createLog('debug', line => log.push(line)) }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(() => {
  server.close()
  app.close()
})

async function ask(path: string, headers: Record<string, string>, method = 'GET') {
  const asking = request({
    port,
    host: '127.0.0.1',
    path,
    method,
    headers: { connection: 'upgrade', ...headers },
  })
  asking.end()
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part)
  return { status: answer.statusCode, headers: answer.rawHeaders, body: Buffer.concat(parts).toString() }
}

describe('what wants another protocol and gets none is answered like any other request', () => {
  it('a client that offers HTTP/2', async () => {
    const { status, headers, body } = await ask('/healthz', { upgrade: 'h2c' })
    const names = headers.filter((_, i) => i % 2 === 0).map(name => name.toLowerCase())
    expect([status, JSON.parse(body).status, names.filter(name => name === 'content-length').length]).toEqual(
      [200, 'ok', 1],
    )
  })

  it.each<[string, string, string, number]>([
    ['a WebSocket elsewhere', '/api/nothing', 'GET', 404],
    ['a WebSocket without a token', '/api/live', 'GET', 401],
    ['another method', '/api/live', 'POST', 405],
  ])('%s', async (_, path, method, status) => {
    expect((await ask(path, { upgrade: 'websocket' }, method)).status).toBe(status)
  })
})

it('a host that is none ends the connection, and the server goes on', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write('GET / HTTP/1.1\r\nHost: a b<\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n')
  await once(socket, 'close')
  expect((await ask('/healthz', { upgrade: 'h2c' })).status).toBe(200)
})

it('what is far too large ends its connection alone', async () => {
  const { token } = await join(app, await makeLink(app, (await makeRoom(app)).id))
  const url = `ws://127.0.0.1:${port}/api/live`
  const page = new WebSocket(url, ['sightline.1', `bearer.${token}`])
  const other = new WebSocket(url, ['sightline.1', `bearer.${token}`])
  await Promise.all([once(page, 'open'), once(other, 'open')])
  page.send('x'.repeat(5 * MAX_MESSAGE))
  const [code] = await once(page, 'close')
  other.send('{"type":"ping"}')
  const [pong] = await once(other, 'message')
  expect([code, String(pong)]).toEqual([1009, '{"type":"pong"}'])
  other.terminate()
})

import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { join, makeLink, makeRoom } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { sql } from '../db.ts'
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

it('a page that takes nothing in is dropped, and the room goes on', async () => {
  const room = await makeRoom(app)
  const link = await makeLink(app, room.id)
  await app.db.execute(
    sql(
      `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
       INSERT INTO chat (id, room_id, person_id, person_name, text, ref, created_at)
       SELECT printf('%016d', i), :roomId, 'somebody', 'x', printf('%.*c', 4000, 'x'), i, :now FROM n`,
      { roomId: room.id, now: app.clock.now },
    ),
  )
  const url = `ws://127.0.0.1:${port}/api/live`
  const open = async () => {
    const { token } = await join(app, link)
    const page = new WebSocket(url, ['sightline.1', `bearer.${token}`])
    await once(page, 'open')
    page.send('{"type":"hello"}')
    await once(page, 'message')
    return page
  }
  const slow = await open()
  const other = await open()
  slow.pause()
  const before = `${app.clock.now + 1}.${'a'.repeat(16)}`
  const isDropped = () => app.log.some(line => line.includes('"live.slow"'))
  for (let asked = 0; asked < 500 && !isDropped(); asked += 10) {
    // Time for another ten.
    app.clock.now += 2_000
    for (let i = 0; i < 10; i++) slow.send(JSON.stringify({ type: 'history', before }))
    other.send('{"type":"ping"}')
    await once(other, 'message')
    await app.hub.settled()
  }
  await expect.poll(isDropped).toBe(true)
  other.send('{"type":"hand","raised":true}')
  const [told] = await once(other, 'message')
  expect(JSON.parse(String(told))).toMatchObject({ type: 'person.changed', person: { hand: true } })
  slow.terminate()
  other.terminate()
})

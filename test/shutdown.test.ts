import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { call } from './contract/call.ts'
import { type RunningServer, startRuntime } from './runtimes/runtime.ts'

/** What a server does when it is asked to end. On Workers that is the platform's affair. */
describe.each(['node', 'deno'] as const)('on %s', runtime => {
  let server: RunningServer | undefined
  afterEach(() => server?.stop())

  test('a request that has begun is answered before the end', async () => {
    server = await startRuntime(runtime)
    const { port } = new URL(server.url)
    const body = JSON.stringify({ slug: 'nowhere', secret: 'x' })
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    let answer = ''
    socket.on('data', chunk => {
      answer += chunk
    })
    const head = ['POST /api/join HTTP/1.1', 'Host: localhost', 'Content-Type: application/json']
    socket.write([...head, `Content-Length: ${body.length}`, '', body.slice(0, 5)].join('\r\n'))
    // The server has the half request for sure once it has answered a later one.
    await fetch(`${server.url}/healthz`)

    const stopped = server.stop()
    const { logs } = server
    await expect.poll(() => logs.some(line => line.includes('"stopping"'))).toBe(true)
    socket.write(body.slice(5))
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1\.1 404 /)
    expect(await stopped).toBe(0)
    expect(logs.at(-1)).toMatch(/"stopped"/)
    server = undefined
  })

  test('pages on the live channel are told, and do not hold it up', async () => {
    server = await startRuntime(runtime)
    const { url, adminToken, logs } = server
    const at = () => server!
    const admin = (path: string, json: object) => call(at(), 'POST', path, { token: adminToken, json })
    const { body: room } = await admin('/api/rooms', { title: 'x', slug: 'ends' })
    const { body: link } = await admin(`/api/rooms/${room.id}/links`, { label: 'x' })
    const json = { slug: 'ends', secret: new URL(link.url).hash.slice(1) }
    const { body: person } = await call(at(), 'POST', '/api/join', { json })
    const page = new WebSocket(`${url.replace('http', 'ws')}/api/live`, [
      'sightline.1',
      `bearer.${person.token}`,
    ])
    const said: unknown[] = []
    page.on('message', data => said.push(JSON.parse(String(data))))
    await once(page, 'open')
    const closed = once(page, 'close')
    expect(await server.stop()).toBe(0)
    const [code] = await closed
    expect(said).toEqual([{ type: 'bye', code: 'stopping' }])
    // Deno, which is ending too, may be first with a code of its own.
    expect([4000, 1001]).toContain(code)
    expect(logs.at(-1)).toMatch(/"stopped"/)
    server = undefined
  })

  test('open connections without a request do not hold it up', async () => {
    server = await startRuntime(runtime)
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    await once(socket, 'connect')
    await fetch(`${server.url}/healthz`)
    const closed = once(socket, 'close')
    socket.resume()
    expect(await server.stop()).toBe(0)
    await closed
    expect(server.logs.at(-1)).toMatch(/"stopped"/)
    server = undefined
  })
})

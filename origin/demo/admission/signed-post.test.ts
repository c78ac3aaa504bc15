import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type EmittedCall, signedPost } from './signed-post.ts'

describe('signedPost', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })
  const serve = async (server: Server) => {
    servers.push(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }
  const post = async (url: string, timeoutMs = 5000) => {
    const log: EmittedCall[] = []
    const answer = await signedPost({
      url,
      body: '{"ä":1}',
      secret: 's',
      timeoutMs,
      log: call => log.push(call),
    })
    return { answer, log }
  }

  it('resolves with the answer, and keeps what was said', async () => {
    const url = await serve(createServer((_, response) => response.writeHead(418).end('no')))
    const { answer, log } = await post(url)
    expect(answer).toEqual({ status: 418, body: 'no' })
    expect(log).toEqual([{ url, headers: log[0]!.headers, body: '{"ä":1}', over: true, answer }])
    expect(log[0]!.headers['Content-Length']).toBe('8')
  })

  it('gives up on silence', async () => {
    const { answer, log } = await post(await serve(createServer(() => {})), 30)
    expect([answer, log[0]!.over, log[0]!.answer]).toEqual([undefined, true, undefined])
  })

  it('gives up on an answer that never ends', async () => {
    const endless = createServer((_, response) => response.writeHead(200).write('{'))
    expect((await post(await serve(endless), 30)).answer).toBeUndefined()
  })

  it('has no answer from a connection that breaks off', async () => {
    const broken = createServer((request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{')
      request.socket.destroySoon()
    })
    expect((await post(await serve(broken))).answer).toBeUndefined()
  })

  it('has no answer where nobody listens', async () => {
    expect((await post('http://127.0.0.1:1/')).answer).toBeUndefined()
  })
})

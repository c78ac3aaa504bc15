import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JoinAnswer } from '../worker/people/schema.ts'
import type { Playback } from '../worker/playback/schema.ts'

/** What the link's page would ask for by itself. */
export async function playbackUrl(reviewLink: string): Promise<string> {
  const { origin, pathname, hash } = new URL(reviewLink)
  const post = async <T>(path: string, json: object, token?: string): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const answer = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(json) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return (await answer.json()) as T
  }
  const [slug, secret] = [pathname.replace('/r/', ''), hash.slice(1)]
  const { token } = await post<JoinAnswer>('/api/join', { slug, secret })
  return (await post<Playback>('/api/playback', {}, token)).webrtc.url
}

/** A page as OvenPlayer's own documentation has it; the stream's address is in its fragment. */
export async function servePlayerPage(): Promise<{ url: string; close(): void }> {
  const script = readFileSync('node_modules/ovenplayer/dist/ovenplayer.js')
  const html = `<!doctype html><meta charset="utf-8"><title>OvenPlayer alone</title><div id="player"></div>
<script src="/ovenplayer.js"></script>
<script>
  OvenPlayer.create('player', {
    autoStart: true,
    mute: true,
    sources: [{ type: 'webrtc', file: location.hash.slice(1) }],
  })
</script>`
  const server = createServer((request, response) => {
    const isScript = request.url === '/ovenplayer.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(isScript ? script : html)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

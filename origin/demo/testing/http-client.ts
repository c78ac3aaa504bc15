import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly bytes: Buffer
}

/** An HTTP client whose one connection the test holds in its hands: LL-HLS sessions end with it. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #base: string

  constructor(base: string) {
    this.#base = base
  }

  send(method: string, path: string, options: { headers?: Record<string, string>; body?: string } = {}) {
    return new Promise<HttpAnswer>((resolve, reject) => {
      const url = new URL(path, this.#base)
      const headers = { 'User-Agent': 'contract-test/1.0', ...options.headers }
      const outgoing = request(url, { method, agent: this.#agent, headers }, incoming => {
        const chunks: Buffer[] = []
        incoming.on('data', chunk => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const bytes = Buffer.concat(chunks)
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: bytes.toString(),
            bytes,
          })
        })
      })
      outgoing.on('error', reject)
      outgoing.end(options.body)
    })
  }

  get(path: string, headers?: Record<string, string>) {
    return this.send('GET', path, headers ? { headers } : {})
  }

  /** Closes the connection. */
  close(): void {
    this.#agent.destroy()
  }
}

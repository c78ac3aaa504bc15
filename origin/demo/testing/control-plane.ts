import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An AdmissionWebhooks or alert request as it arrived. */
export interface ReceivedCall {
  readonly path: string
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

/** The `request` of a webhook. */
export interface WebhookRequest {
  readonly direction: string
  readonly protocol: string
  readonly status: string
  readonly url: string
  readonly new_url?: string
}

/** A webhook in one line: what tests compare. */
export interface Event {
  readonly status: string
  readonly protocol: string
  readonly url: string
  readonly newUrl?: string
  readonly port: number
}

export interface Answer {
  readonly status?: number
  readonly body: string
  readonly delayMs?: number
}

/** A control plane of a few lines: it answers as told, and remembers what it was asked. */
export class ControlPlane {
  readonly received: ReceivedCall[] = []
  /** What to answer to an opening; a test sets it. Everything else is answered with an admission. */
  answer: (request: WebhookRequest) => Answer = () => ({ body: '{"allowed":true}' })
  readonly #server: Server
  readonly #waiting = new Set<() => void>()

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks).toString()
      this.received.push({ path: request.url ?? '', rawHeaders: request.rawHeaders, body })
      const asked = (JSON.parse(body) as { request?: WebhookRequest }).request
      const answer = asked?.status === 'opening' ? this.answer(asked) : { body: '{}' }
      if (answer.delayMs) await new Promise(resolve => setTimeout(resolve, answer.delayMs))
      response.writeHead(answer.status ?? 200)
      response.end(answer.body)
      for (const look of [...this.#waiting]) look()
    })
  }

  static async start(): Promise<ControlPlane> {
    const plane = new ControlPlane()
    await new Promise<void>(resolve => plane.#server.listen(0, '127.0.0.1', resolve))
    return plane
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The webhooks so far, oldest first. */
  events(): Event[] {
    return this.received.flatMap(({ body }) => {
      const { client, request } = JSON.parse(body) as { client?: { port: number }; request?: WebhookRequest }
      if (!client || !request) return []
      const { status, protocol, url, new_url: newUrl } = request
      return [{ status, protocol, url, port: client.port, ...(newUrl === undefined ? {} : { newUrl }) }]
    })
  }

  /** Resolves when a condition holds, looked at after every call that is answered. */
  async until(condition: (events: Event[]) => boolean): Promise<Event[]> {
    if (condition(this.events())) return this.events()
    await new Promise<void>(resolve => {
      const look = () => {
        if (!condition(this.events())) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
    })
    return this.events()
  }

  /** Resolves with the webhooks when there are so many. */
  count(events: number): Promise<Event[]> {
    return this.until(all => all.length >= events)
  }

  forget(): void {
    this.received.length = 0
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise(resolve => this.#server.close(() => resolve()))
  }
}

import { Agent, request as httpRequest } from 'node:http'

/** One prepared request; the loader sends them in turn, over and over. */
export interface Shot {
  path: string
  body: string
  headers: Record<string, string>
}

/** What a round of load found. Times in ms. */
export interface Round {
  perSecond: number
  p50: number
  p99: number
  /** Answers that were not as expected; a round with any is void. */
  failures: number
}

/** Requests in flight at once: enough to keep one server busy, few enough to keep queues out of the percentiles. */
const CONNECTIONS = 8

/**
 * Sends `count` requests over kept connections and times each.
 * @param expected whether an answer's status and body are right
 */
export async function fire(
  base: string,
  shots: readonly Shot[],
  count: number,
  expected: (status: number, body: string) => boolean,
): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const times: number[] = []
  let next = 0
  let failures = 0
  const began = performance.now()
  async function lane(): Promise<void> {
    while (next < count) {
      const shot = shots[next++ % shots.length]!
      const sent = performance.now()
      const { status, body } = await send(agent, base, shot)
      times.push(performance.now() - sent)
      if (!expected(status, body)) failures++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, lane))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!
  return { perSecond: count / seconds, p50: at(0.5), p99: at(0.99), failures }
}

function send(
  agent: Agent,
  base: string,
  { path, body, headers }: Shot,
): Promise<{ status: number; body: string }> {
  return new Promise((done, fail) => {
    const call = httpRequest(
      base + path,
      { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      answer => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', part => {
          text += part
        })
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body: text }))
        answer.on('error', fail)
      },
    )
    call.on('error', fail)
    call.end(body)
  })
}

import { request } from 'node:http'
import { signature } from './webhook.ts'

/** One call to the control plane, kept for whoever wants to see what was said. */
export interface EmittedCall {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Answered, or given up. */
  over: boolean
  /** Absent when none came in time. */
  answer?: { readonly status: number; readonly body: string }
}

/**
 * POSTs a JSON body with OME's headers, no more and no fewer, over a connection of its own. Resolves with the answer,
 * or `undefined` when there is none within `timeoutMs`; never rejects.
 */
export function signedPost(call: {
  url: string
  body: string
  secret: string
  timeoutMs: number
  log: (emitted: EmittedCall) => void
}): Promise<EmittedCall['answer']> {
  const url = new URL(call.url)
  const headers = {
    'Content-Length': String(Buffer.byteLength(call.body)),
    Host: url.host,
    'Content-Type': 'application/json',
    'X-OME-Signature': signature(call.secret, call.body),
    Accept: 'application/json',
    'User-Agent': 'OvenMediaEngine',
  }
  const emitted: EmittedCall = { url: call.url, headers, body: call.body, over: false }
  call.log(emitted)
  return new Promise(resolve => {
    const done = (answer?: EmittedCall['answer']) => {
      clearTimeout(deadline)
      emitted.over = true
      if (answer) emitted.answer = answer
      resolve(answer)
    }
    const outgoing = request(
      url,
      { method: 'POST', headers, agent: false, setHost: false },
      async incoming => {
        try {
          const chunks: Buffer[] = []
          for await (const chunk of incoming) chunks.push(chunk as Buffer)
          done({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
        } catch {
          done()
        }
      },
    )
    // OME sends no Connection header.
    outgoing.removeHeader('Connection')
    outgoing.on('error', () => done())
    const deadline = setTimeout(() => {
      done()
      outgoing.destroy()
    }, call.timeoutMs)
    outgoing.end(call.body)
  })
}

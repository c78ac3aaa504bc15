import { bytesOf } from '../crypto/encoding.ts'
import type { Origin } from './origins.ts'
import { readLastReceived, readStream, readStreamNames, type StreamInfo } from './stream-info.ts'

/** What one look at an origin found; `unreachable` covers refusals, time-outs and nonsense alike. */
export type Look<T> = T | 'absent' | 'unreachable'

/** An origin that has not answered within this many ms counts as unreachable. */
const TIMEOUT = 3_000
/** Answers for one stream are a few KB; more is not an OvenMediaEngine. */
const MAX_ANSWER = 256 * 1024

/** The REST calls the product uses, and only these: the reverse proxy in origin/ publishes no other. */
export interface OriginClient {
  /** The names of all streams of the application. */
  streams(): Promise<Look<string[]>>
  stream(name: string): Promise<Look<StreamInfo>>
  /** When the stream's publisher last sent anything, ms since 1970. */
  lastReceived(name: string): Promise<Look<number>>
  /** Drops the publisher and all its viewers; a stream that is not there is a success. */
  drop(name: string): Promise<'dropped' | 'unreachable'>
  reachable(): Promise<boolean>
}

export function originClient(origin: Origin, fetcher: typeof fetch): OriginClient {
  const app = `vhosts/${encodeURIComponent(origin.vhost)}/apps/${encodeURIComponent(origin.app)}`
  const streamPath = (name: string) => `${app}/streams/${encodeURIComponent(name)}`

  async function call(method: string, path: string): Promise<{ status: number; body: unknown } | undefined> {
    if (!origin.apiUrl) return undefined
    try {
      const answer = await fetcher(`${origin.apiUrl}/v1/${path}`, {
        method,
        headers: { Authorization: `Basic ${btoa(String.fromCharCode(...bytesOf(origin.apiToken)))}` },
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      })
      return { status: answer.status, body: await readJson(answer) }
    } catch {
      // Any failure to get an answer means the same to every caller: the origin cannot be asked now.
      return undefined
    }
  }

  async function look<T>(path: string, read: (body: unknown) => T | undefined): Promise<Look<T>> {
    const answer = await call('GET', path)
    if (answer?.status === 404 && isOmeError(answer.body)) return 'absent'
    return (answer?.status === 200 ? read(answer.body) : undefined) ?? 'unreachable'
  }

  return {
    streams: () => look(`${app}/streams`, readStreamNames),
    stream: name => look(streamPath(name), readStream),
    lastReceived: name => look(`stats/current/${streamPath(name)}`, readLastReceived),
    async drop(name) {
      const answer = await call('DELETE', streamPath(name))
      const gone = answer?.status === 200 || (answer?.status === 404 && isOmeError(answer.body))
      return gone ? 'dropped' : 'unreachable'
    },
    async reachable() {
      return (await call('GET', `${app}/streams`))?.status === 200
    },
  }
}

/** A 404 of OME itself, not of a proxy or of a wrong address in front of it. */
const isOmeError = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'statusCode' in body && body.statusCode === 404

async function readJson(answer: Response): Promise<unknown> {
  const reader = answer.body?.getReader()
  if (!reader) return undefined
  const parts: Uint8Array[] = []
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length
    if (size > MAX_ANSWER) {
      await reader.cancel()
      return undefined
    }
    parts.push(part.value)
  }
  const text = new TextDecoder().decode(await new Blob(parts as BlobPart[]).arrayBuffer())
  return JSON.parse(text)
}

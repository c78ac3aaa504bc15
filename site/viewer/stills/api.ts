import type { Still, StillList } from '../../../worker/stills/schema.ts'
import { callOf } from '../../lib/call-of.ts'
import type { StillMoment } from './name.ts'

/** Why nothing came of it: the server's code, or no answer that says anything. */
export type StillFault = { refused: string } | 'unreachable'
export type StillAnswer<T> = { ok: T } | StillFault

/** A still on its way to the room. */
export interface Sending extends Pick<StillMoment, 'at' | 'frame' | 'rate'> {
  name: string
  /** Null = the programme. */
  stream: string | null
  file: Blob
}

/** The room's stills, with the rights of the person of this page. Nothing throws. */
export interface StillCalls {
  list(): Promise<StillAnswer<Still[]>>
  keep(still: Sending): Promise<StillAnswer<Still>>
  file(id: string): Promise<StillAnswer<Blob>>
  remove(id: string): Promise<StillAnswer<null>>
}

/** A picture takes longer than other calls, ms. */
const PATIENCE = 60_000

/** @param token of the person, as it is now */
export function createStillCalls(fetch: typeof globalThis.fetch, token: () => string): StillCalls {
  async function call<T>(
    path: string,
    init: RequestInit,
    read: (response: Response) => Promise<T>,
  ): Promise<StillAnswer<T>> {
    try {
      const response = await fetch(`/api/room/stills${path}`, init)
      if (response.ok) return { ok: await read(response) }
      if (response.status >= 500) return 'unreachable'
      const { code } = (await response.json()) as { code?: unknown }
      return typeof code === 'string' ? { refused: code } : 'unreachable'
    } catch {
      return 'unreachable'
    }
  }
  const usual = (method: string) => callOf({ method, token: token() })
  const one = (id: string) => `/${encodeURIComponent(id)}`
  const large = (init: RequestInit): RequestInit => ({ ...init, signal: AbortSignal.timeout(PATIENCE) })

  return {
    list: () => call('', usual('GET'), async r => ((await r.json()) as StillList).items),
    keep({ name, at, frame, rate, stream, file }) {
      const query = new URLSearchParams({ name, at: new Date(at).toISOString() })
      if (frame !== null && rate !== null) {
        query.set('frame', String(frame))
        query.set('rate', rate)
      }
      if (stream !== null) query.set('stream', stream)
      const init = usual('POST')
      const headers = { ...(init.headers as Record<string, string>), 'Content-Type': 'image/png' }
      return call(`?${query}`, large({ ...init, headers, body: file }), async r => (await r.json()) as Still)
    },
    file: id => call(one(id), large(usual('GET')), r => r.blob()),
    remove: id => call(one(id), usual('DELETE'), async () => null),
  }
}

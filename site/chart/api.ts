import type { ChartAnswer, ClockAnswer } from '../../worker/chart/schema.ts'

/** How long an answer may take, in ms, before the server counts as not reached. */
const PATIENCE = 5_000

/** The two calls of this page. Nothing throws. */
export function createApi(fetch: typeof globalThis.fetch) {
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response | null> =>
    fetch(path, {
      headers: { Accept: 'application/json', ...headers },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    }).catch(() => null)

  return {
    /** The number of the room whose chart this is; `ended` when the link opens nothing any more, null when nobody answers. */
    async chart(token: string): Promise<number | 'ended' | null> {
      const answer = await get('/api/chart', { Authorization: `Bearer ${token}` })
      if (answer?.status === 401 || answer?.status === 410) return 'ended'
      return answer?.ok ? ((await read<ChartAnswer>(answer))?.chartId ?? null) : null
    },

    /** Server time in ms; null when nobody answers. */
    async clock(): Promise<number | null> {
      const answer = await get('/api/clock')
      return answer?.ok ? ((await read<ClockAnswer>(answer))?.now ?? null) : null
    },
  }
}
export type Api = ReturnType<typeof createApi>

const read = <T>(answer: Response): Promise<T | null> => answer.json().catch(() => null) as Promise<T | null>

import type { PublicRoom, PublicRoomList, RoomStatus } from '../../worker/rooms/status-schema.ts'
import { placeOf } from '../lib/place-of.ts'

export type { PublicRoom }

/** Where a room's name leads. */
export type Found =
  | { href: string }
  /** No public room has the name; there may be a private one, which nobody is told. */
  | 'not-there'
  | 'too-many'
  | 'unreachable'

/** How long an answer may take, in ms, before the server counts as not reached. */
const PATIENCE = 10_000

/** The two calls of this page, which carry nothing of who asks. Nothing throws. */
export function createApi(fetch: typeof globalThis.fetch) {
  const get = (path: string): Promise<Response | null> =>
    fetch(path, {
      headers: { Accept: 'application/json' },
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    }).catch(() => null)

  return {
    /** The public rooms; null when they cannot be had. */
    async rooms(): Promise<PublicRoom[] | null> {
      const answer = await get('/api/public-rooms')
      return answer?.ok ? ((await read<PublicRoomList>(answer))?.items ?? null) : null
    },

    async find(slug: string): Promise<Found> {
      const answer = await get(`/api/rooms/${slug}/status`)
      if (answer?.status === 404) return 'not-there'
      if (answer?.status === 429) return 'too-many'
      const status = answer?.ok ? await read<RoomStatus>(answer) : null
      if (!status) return 'unreachable'
      const { redirect } = status
      return { href: placeOf(redirect) ?? `/r/${slug}` }
    },
  }
}
export type Api = ReturnType<typeof createApi>

const read = <T>(answer: Response): Promise<T | null> => answer.json().catch(() => null) as Promise<T | null>

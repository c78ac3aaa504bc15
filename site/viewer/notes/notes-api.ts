import type { NotePage } from '../../../worker/notes/schema.ts'
import { callOf } from '../../lib/call-of.ts'

/** The notes over HTTP, with the rights of the person of this page. Nothing throws. */
export interface NotesApi {
  /** A page of what changed since, ISO 8601; null = of all there is. Null: it could not be had. */
  read(sub: string | null, since: string | null, cursor: string | null): Promise<NotePage | null>
}

/** @param token of the person, as it is now */
export const createNotesApi = (fetch: typeof globalThis.fetch, token: () => string): NotesApi => ({
  async read(sub, since, cursor) {
    const query = new URLSearchParams()
    if (sub !== null) query.set('room', sub)
    if (since !== null) query.set('since', since)
    if (cursor !== null) query.set('cursor', cursor)
    try {
      const answer = await fetch(`/api/room/notes?${query}`, callOf({ method: 'GET', token: token() }))
      return answer.ok ? ((await answer.json()) as NotePage) : null
    } catch {
      return null
    }
  },
})

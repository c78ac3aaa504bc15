import type { Invitation, InvitationList, NewInvitation } from '../../../../worker/invitations/schema.ts'
import { callOf } from '../../../lib/call-of.ts'

/** What is asked of the server for a new link; times as ISO 8601. */
export type NewLink = Omit<NewInvitation, 'startsAt' | 'endsAt'> & { startsAt?: string; endsAt?: string }

/** Why nothing came of it: the server's code, or no answer that says anything. */
export type Failure = { refused: string } | 'unreachable'

export type Answer<T> = { ok: T } | Failure

/** The links of the room, with the rights of the person of this page. Nothing throws. */
export interface Links {
  /** Newest first: a host all, others their own. */
  list(): Promise<Answer<Invitation[]>>
  make(link: NewLink): Promise<Answer<Invitation>>
  /** @param endsAt ISO 8601; the server takes no later end than that of the person's own link */
  extend(id: string, endsAt: string): Promise<Answer<Invitation>>
  revoke(id: string): Promise<Answer<null>>
}

/** @param token of the person, as it is now */
export function createLinks(fetch: typeof globalThis.fetch, token: () => string): Links {
  async function call<T>(
    method: string,
    path: string,
    body: unknown,
    read: (response: Response) => Promise<T>,
  ): Promise<Answer<T>> {
    try {
      const response = await fetch(`/api/room/links${path}`, callOf({ method, token: token(), body }))
      if (response.ok) return { ok: await read(response) }
      if (response.status >= 500) return 'unreachable'
      const { code } = (await response.json()) as { code?: unknown }
      return typeof code === 'string' ? { refused: code } : 'unreachable'
    } catch {
      return 'unreachable'
    }
  }
  const readLink = async (response: Response) => (await response.json()) as Invitation

  return {
    list: () => call('GET', '', undefined, async r => ((await r.json()) as InvitationList).items),
    make: link => call('POST', '', link, readLink),
    extend: (id, endsAt) => call('PATCH', `/${encodeURIComponent(id)}`, { endsAt }, readLink),
    revoke: id => call('DELETE', `/${encodeURIComponent(id)}`, undefined, async () => null),
  }
}

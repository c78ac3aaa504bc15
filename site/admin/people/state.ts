import { batch, signal } from '@preact/signals'
import type { Block, RightsMatrix, User } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { hasMore, type Page, refreshPages, rowsOf } from '../api/paged.ts'
import { api } from '../session.ts'

/** Which lists the page has, by the rights of who looks. */
export interface Sees {
  users: boolean
  blocks: boolean
}

/** Everything the people page shows. */
export function createPeopleState(sees: Sees) {
  const users = signal<Page<User>[] | null>(null)
  const blocks = signal<Page<Block>[]>([])
  const rights = signal<RightsMatrix | null>(null)
  const failure = signal<ApiFailure | null>(null)

  /**
   * Reads the lists again; `further` names one of which a page more is wanted.
   * @throws {ApiFailure} after noting it
   */
  async function refresh(further?: keyof Sees): Promise<void> {
    const want = (pages: Page<unknown>[], name: keyof Sees) =>
      Math.max(1, pages.length) + (further === name && hasMore(pages) ? 1 : 0)
    const known = users.peek() ?? []
    try {
      const [gotUsers, gotBlocks, gotRights] = await Promise.all([
        sees.users ? refreshPages(known, api.users, want(known, 'users')) : [],
        sees.blocks ? refreshPages(blocks.peek(), api.blocks, want(blocks.peek(), 'blocks')) : [],
        rights.peek() ?? api.rights(),
      ])
      batch(() => {
        failure.value = null
        users.value = gotUsers
        blocks.value = gotBlocks
        rights.value = gotRights
      })
    } catch (e) {
      failure.value = asFailure(e)
      throw e
    }
  }

  const more = (pages: Page<unknown>[], name: keyof Sees) =>
    hasMore(pages) ? () => void refresh(name).catch(() => undefined) : undefined

  return {
    failure,
    rights,
    refresh,
    /** The users read so far, or null before the first answer. */
    users: () => users.value && rowsOf(users.value),
    moreUsers: () => more(users.value ?? [], 'users'),
    blocks: () => rowsOf(blocks.value),
    moreBlocks: () => more(blocks.value, 'blocks'),
  }
}

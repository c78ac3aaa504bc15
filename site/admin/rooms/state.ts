import { batch, signal } from '@preact/signals'
import type { Room, RoomState } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { hasMore, type Page, refreshPages, rowsOf } from '../api/paged.ts'
import { api } from '../session.ts'
import { groupRooms, type Show, statesOf } from './group.ts'

/** What the rooms page shows; kept while other pages are open, so that coming back finds the same list. */
export const show = signal<Show>('current')
export const find = signal('')

type Lists = Partial<Record<RoomState, Page<Room>[]>>
const lists = signal<{ key: string; lists: Lists; allEnded: boolean } | null>(null)
/** Why there is no list. While one is shown, a lost server is the shell's to tell. */
export const failure = signal<ApiFailure | null>(null)

const keyOf = () => `${show.peek()} ${find.peek()}`

/** The rooms read so far, or null before the first answer; while typing, the former search's. */
export const groups = () => lists.value && groupRooms(Object.values(lists.value.lists).flatMap(rowsOf))

export const more = (): boolean => Object.values(lists.value?.lists ?? {}).some(hasMore)

/** Why a list is empty: there are no rooms at all, none that has not ended, or none that fits. */
export const emptiness = (): 'first' | 'all-ended' | 'no-match' =>
  find.value.trim() !== '' || show.value === 'ended'
    ? 'no-match'
    : lists.value?.allEnded
      ? 'all-ended'
      : 'first'

export const showEnded = (): void => {
  show.value = 'ended'
}

/** How many rooms are live, for the rail; null until known. */
export const liveCount = (): number | null => {
  const live = lists.value?.lists.live
  return live && find.value === '' ? rowsOf(live).length : null
}

/**
 * Reads the lists again; `further` reads one page more of those that go on.
 * @throws {ApiFailure} after noting it
 */
export async function refreshRooms(further = false): Promise<void> {
  const key = keyOf()
  const known = lists.peek()?.key === key ? lists.peek()!.lists : {}
  const q = find.peek().trim()
  try {
    const read = await Promise.all(
      statesOf(show.peek()).map(async state => {
        const pages = known[state] ?? []
        const want = Math.max(1, pages.length) + (further && hasMore(pages) ? 1 : 0)
        const load = (cursor: string | null, etag: string | null) => api.rooms({ state, q, cursor }, etag)
        return [state, await refreshPages(pages, load, want)] as const
      }),
    )
    const none =
      show.peek() === 'current' && q === '' && read.every(([, pages]) => rowsOf(pages).length === 0)
    const ended = none ? await api.rooms({ state: 'ended', q, cursor: null }, null) : null
    if (key !== keyOf()) return
    batch(() => {
      failure.value = null
      lists.value = {
        key,
        lists: Object.fromEntries(read),
        allEnded: (ended?.value.items.length ?? 0) > 0,
      }
    })
  } catch (e) {
    if (key === keyOf()) failure.value = asFailure(e)
    throw e
  }
}

/** Forgets everything: somebody else may sign in next. */
export function forgetRooms(): void {
  batch(() => {
    lists.value = null
    failure.value = null
    show.value = 'current'
    find.value = ''
  })
}

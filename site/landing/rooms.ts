import { type ReadonlySignal, signal } from '@preact/signals'
import type { Api, PublicRoom } from './api.ts'

export type Rooms =
  | { is: 'loading' }
  | { is: 'failed' }
  /** `stale`: they could not be read anew. */
  | { is: 'shown'; items: PublicRoom[]; stale: boolean }

/** How often the list is read anew while somebody looks at it, in ms: as often as the server makes a new one, or so. */
export const EVERY = 10_000

/** What the list needs of the browser. */
export interface Page {
  hidden(): boolean
  /** Calls when the page is shown again. */
  onShown(wake: () => void): void
  after(ms: number, then: () => void): void
}

/** The list of public rooms, kept fresh for as long as the page is looked at. */
export function watchRooms(
  api: Pick<Api, 'rooms'>,
  page: Page,
): { rooms: ReadonlySignal<Rooms>; refresh(): Promise<void> } {
  const rooms = signal<Rooms>({ is: 'loading' })
  let reading: Promise<void> | undefined
  let waits = false

  async function read(): Promise<void> {
    const items = await api.rooms()
    const before = rooms.value
    if (items) rooms.value = { is: 'shown', items, stale: false }
    else rooms.value = before.is === 'shown' ? { ...before, stale: true } : { is: 'failed' }
    if (waits) return
    waits = true
    page.after(EVERY, () => {
      waits = false
      if (!page.hidden()) void refresh()
    })
  }

  function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }

  page.onShown(() => {
    if (!waits) void refresh()
  })
  void refresh()
  return { rooms, refresh }
}

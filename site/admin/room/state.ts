import { batch, signal } from '@preact/signals'
import type { Got, Link, Room, SeatList } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { hasMore, type Page, refreshPages, rowsOf } from '../api/paged.ts'
import { api } from '../session.ts'

/** Everything one room's page shows, read together so that its parts agree. */
export function createRoomState(id: string) {
  const room = signal<Got<Room> | null>(null)
  const links = signal<Page<Link>[]>([])
  const seats = signal<Got<SeatList> | null>(null)
  const failure = signal<ApiFailure | null>(null)

  /** @throws {ApiFailure} after noting it */
  async function refresh(further = false): Promise<void> {
    const pages = links.peek()
    const want = Math.max(1, pages.length) + (further && hasMore(pages) ? 1 : 0)
    try {
      const [gotRoom, gotLinks, gotSeats] = await Promise.all([
        api.room(id, room.peek()?.etag ?? null),
        refreshPages(pages, (cursor, etag) => api.links(id, cursor, etag), want),
        api.seats(id, seats.peek()?.etag ?? null),
      ])
      batch(() => {
        failure.value = null
        if (gotRoom) room.value = gotRoom
        links.value = gotLinks
        if (gotSeats) seats.value = gotSeats
      })
    } catch (e) {
      failure.value = asFailure(e)
      throw e
    }
  }

  return {
    room,
    seats,
    failure,
    refresh,
    links: () => rowsOf(links.value),
    moreLinks: () => hasMore(links.value),
  }
}

import type { StreamNow } from '../../../worker/streams/now-schema.ts'

/** What the grid shows: the programme, and every other stream that is published. */
export const shownOf = (streams: readonly StreamNow[]): StreamNow[] =>
  streams.filter(({ kind, publishing }) => kind === 'programme' || publishing)

/** How streams lie on the stage: which is large, which stand beside it in this order, and whether those are seen. */
export interface Layout {
  /** The id of the large one; null = the programme is. */
  large: string | null
  /** The grid is open. */
  open: boolean
  /** All that is shown, the programme first. */
  shown: readonly StreamNow[]
}

/** Where one stream lies: large or a tile in the grid, `alone` without one, `aside` when another is alone. */
export type Place = { is: 'large' } | { is: 'tile'; at: number } | { is: 'alone' } | { is: 'aside' }

const isLarge = (stream: StreamNow, large: string | null) =>
  large === null ? stream.kind === 'programme' : stream.id === large

export function placeOf(id: string, { large, open, shown }: Layout): Place {
  const isThis = shown.find(stream => isLarge(stream, large))?.id === id
  if (!open) return isThis ? { is: 'alone' } : { is: 'aside' }
  if (isThis) return { is: 'large' }
  return { is: 'tile', at: shown.filter(stream => !isLarge(stream, large)).findIndex(s => s.id === id) }
}

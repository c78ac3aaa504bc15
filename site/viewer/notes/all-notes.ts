import { factsOf } from '../../../timecode/rate.ts'
import type { Note } from '../../../worker/live/messages/notes.ts'

/** The room's notes by their ids, those that were deleted too, so that none comes back with a page that was read before. */
export type AllNotes = ReadonlyMap<string, Note>

export const filters = ['all', 'open', 'mine'] as const
export type Filter = (typeof filters)[number]

/** A note with its answers, the oldest first. */
export interface Thread {
  note: Note
  answers: readonly Note[]
}

/** With what is newly known; the same object when that is nothing. Of two tellings of a note the later one holds. */
export function withNotes(all: AllNotes, told: readonly Note[]): AllNotes {
  const news = told.filter(note => {
    const known = all.get(note.id)
    return !known || known.changedAt < note.changedAt
  })
  return news.length ? new Map([...all, ...news.map(note => [note.id, note] as const)]) : all
}

/** The youngest change that is known, ISO 8601; null = nothing is. */
export function newestOf(all: AllNotes): string | null {
  let newest: string | null = null
  for (const { changedAt } of all.values()) if (newest === null || changedAt > newest) newest = changedAt
  return newest
}

/** All that stand, the latest timecode first, and after them those without, the latest moment first. */
export function threadsOf(all: AllNotes): Thread[] {
  const answers = new Map<string, Note[]>()
  const notes: Note[] = []
  for (const note of all.values()) {
    if (note.deleted) continue
    if (note.parent === null) notes.push(note)
    else answers.set(note.parent, [...(answers.get(note.parent) ?? []), note])
  }
  return notes.sort(byTimecode).map(note => ({
    note,
    answers: (answers.get(note.id) ?? []).sort(
      (a, b) => order(a.createdAt, b.createdAt) || order(a.id, b.id),
    ),
  }))
}

function byTimecode(a: Note, b: Note): number {
  const [x, y] = [secondsOf(a), secondsOf(b)]
  if (x !== null && y !== null && x !== y) return y - x
  if ((x === null) !== (y === null)) return x === null ? 1 : -1
  return order(b.at, a.at) || order(a.id, b.id)
}

/** Since 00:00:00:00, exactly enough to sort by. */
function secondsOf({ frame, rate }: Note): number | null {
  if (frame === null || rate === null) return null
  const { num, den } = factsOf(rate)
  return (frame * den) / num
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Those that are to be shown. @param search is looked for in all words of a thread, whatever their case */
export function shown(threads: readonly Thread[], filter: Filter, search: string, you: string): Thread[] {
  const wanted = search.trim().toLocaleLowerCase()
  return threads.filter(({ note, answers }) => {
    if (filter === 'open' && note.resolved) return false
    if (filter === 'mine' && note.from.id !== you && !answers.some(({ from }) => from.id === you))
      return false
    return (
      !wanted ||
      [note, ...answers].some(({ text, from }) =>
        `${text}\n${from.name}`.toLocaleLowerCase().includes(wanted),
      )
    )
  })
}

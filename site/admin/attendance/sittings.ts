import type { Visit } from '../api/client.ts'

/** One person in one sitting: as often as they came, in the order of their coming. */
export interface Attendee {
  person: Visit['person']
  link: Visit['link']
  addresses: string[]
  /** From and to in ms; `to` null while they are here. */
  stays: { from: number; to: number | null }[]
  /** Watched in all, in ms, with the stay that goes on counted up to now. */
  ms: number
}

/** A time in which somebody was in the room all along, but for short breaks. In ms; `to` is now while it goes on. */
export interface Sitting {
  from: number
  to: number
  attendees: Attendee[]
}

/** A room that was empty for so long (ms) has a new sitting. */
const BREAK = 3_600_000

/** A room's visits → its sittings, the latest first; in each, people in the order of their coming. */
export function sittings(visits: readonly Visit[], now: number): Sitting[] {
  const found: Sitting[] = []
  const ordered = visits.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from))
  for (const visit of ordered) {
    const from = Date.parse(visit.from)
    const to = visit.present ? null : Date.parse(visit.until)
    const end = Math.max(from, to ?? now)
    const last = found.at(-1)
    const sitting = last && from - last.to < BREAK ? last : { from, to: end, attendees: [] }
    if (sitting !== last) found.push(sitting)
    sitting.to = Math.max(sitting.to, end)
    attend(sitting.attendees, { ...visit, ms: to === null ? end - from : visit.ms }, { from, to })
  }
  return found.toReversed()
}

function attend(attendees: Attendee[], visit: Visit, stay: Attendee['stays'][number]): void {
  const known = attendees.find(a => a.person.id === visit.person.id)
  if (!known) {
    const { person, link, ms } = visit
    attendees.push({ person, link, ms, addresses: [...visit.addresses], stays: [stay] })
    return
  }
  known.stays.push(stay)
  known.ms += visit.ms
  known.addresses = [...new Set([...known.addresses, ...visit.addresses])]
}

/** A stay within its sitting, as shares of its length: where it begins, and how long it is. */
export function barOf(
  { from, to }: Pick<Sitting, 'from' | 'to'>,
  stay: Attendee['stays'][number],
): { start: number; length: number } {
  const span = Math.max(1, to - from)
  const start = Math.min(1, Math.max(0, (stay.from - from) / span))
  const end = Math.min(1, ((stay.to ?? to) - from) / span)
  return { start, length: Math.max(0, end - start) }
}

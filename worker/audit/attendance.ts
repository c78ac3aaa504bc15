/** What the audit tells of somebody's coming and going. Times in ms. */
export interface AttendanceEvent {
  at: number
  kind: 'join' | 'opening' | 'closing'
  person: string
  /** '' = not known. */
  name: string
  link: string | null
  linkLabel?: string | undefined
  address: string | null
  protocol?: string | undefined
  port?: number | undefined
  /** How long an opening is good for when no closing tells of its end. */
  lifetimeMs?: number | undefined
}

/** One stay of a person: without a gap, over however many sessions. */
export interface Stay {
  person: string
  name: string
  link: string | null
  linkLabel: string | null
  from: number
  /** The last closing; without one the end of the last lease, or now. */
  until: number
  present: boolean
  addresses: string[]
}

/** Sessions that follow each other within so many ms are one stay: a page swaps them, a connection is made again. */
const BREATH = 15_000

interface Session {
  from: number
  until: number
  openings: number
  address: string | null
}

/**
 * Who was in a room, and when, by the first arrival. Events may come in any order. A closing that was lost is made good
 * by the lease; one without an opening is nothing. Who came in and saw no picture is there with a stay of no length.
 */
export function attendanceOf(events: AttendanceEvent[], now: number): Stay[] {
  const people = new Map<string, AttendanceEvent[]>()
  for (const event of events.toSorted((a, b) => a.at - b.at || order[a.kind] - order[b.kind])) {
    const own = people.get(event.person)
    if (own) own.push(event)
    else people.set(event.person, [event])
  }
  return [...people]
    .flatMap(([person, own]) => staysOf(person, own, now))
    .toSorted((a, b) => a.from - b.from || (a.person < b.person ? -1 : 1))
}

/** Of what happens in the same ms, an opening comes before its closing. */
const order = { join: 0, opening: 1, closing: 2 }

function staysOf(person: string, events: AttendanceEvent[], now: number): Stay[] {
  const sessions = sessionsOf(events)
  const joined = events.find(event => event.kind === 'join')
  if (!sessions.length && joined)
    sessions.push({ from: joined.at, until: joined.at, openings: 0, address: joined.address })
  const whose = {
    person,
    name: events.findLast(event => event.name)?.name ?? '',
    link: events.find(event => event.link)?.link ?? null,
    linkLabel: joined?.linkLabel ?? null,
  }
  const stays: Stay[] = []
  for (const { from, until, address } of sessions.toSorted((a, b) => a.from - b.from)) {
    const last = stays.at(-1)
    if (last && from <= last.until + BREATH) {
      last.until = Math.max(last.until, until)
      if (address !== null && !last.addresses.includes(address)) last.addresses.push(address)
    } else stays.push({ ...whose, from, until, present: false, addresses: address === null ? [] : [address] })
  }
  return stays.map(stay => ({
    ...stay,
    present: stay.until > now,
    until: Math.max(stay.from, Math.min(stay.until, now)),
  }))
}

/** A session is one client address, port and protocol; an origin may ask several times for one. */
function sessionsOf(events: AttendanceEvent[]): Session[] {
  const sessions: Session[] = []
  const open = new Map<string, Session>()
  for (const { kind, at, address, port, protocol, lifetimeMs = 0 } of events) {
    const key = `${address}|${port}|${protocol}`
    const known = open.get(key)
    const live = known && known.until > at ? known : undefined
    if (kind === 'opening') {
      if (live) {
        live.openings++
        live.until = at + lifetimeMs
      } else {
        const session = { from: at, until: at + lifetimeMs, openings: 1, address }
        open.set(key, session)
        sessions.push(session)
      }
    } else if (kind === 'closing' && live) {
      live.openings--
      // WebRTC is closed once for each opening, LL-HLS once for all.
      if (protocol === 'webrtc' && live.openings > 0) continue
      live.until = at
      open.delete(key)
    }
  }
  return sessions
}

import type { Role } from '../../../lib/roles.ts'
import type { NewLink } from './links-api.ts'

const HOUR = 3_600_000

/** How long a link works that is given no date, in ms. */
const LIVES = {
  hour: HOUR,
  sixHours: 6 * HOUR,
  twelveHours: 12 * HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
} as const

/** What can be chosen, in order; `date` is one of their own. */
export const lifeNames = ['hour', 'sixHours', 'twelveHours', 'day', 'week', 'date'] as const
export type Life = (typeof lifeNames)[number]
export const USUAL_LIFE: Life = 'day'

/** An invitation as its form holds it; `from` and `until` as `2026-11-21T14:00`, in the reader's zone, or empty. */
export interface InviteDraft {
  name: string
  role: Role
  from: string
  life: Life
  /** Counts with the life `date`. */
  until: string
  subrooms: boolean
}

export type DraftFault = 'from' | 'until' | 'past' | 'order'

/**
 * What is asked of the server, or why that would come to nothing. A life is counted from the start.
 * @param now the server's clock, in ms
 */
export function askedFor(draft: InviteDraft, now: number): { link: NewLink } | { fault: DraftFault } {
  const starts = draft.from === '' ? null : Date.parse(draft.from)
  if (Number.isNaN(starts)) return { fault: 'from' }
  const ends =
    draft.life === 'date' ? Date.parse(draft.until) : Math.max(starts ?? now, now) + LIVES[draft.life]
  if (Number.isNaN(ends)) return { fault: 'until' }
  if (ends <= now) return { fault: 'past' }
  if (starts !== null && ends <= starts) return { fault: 'order' }
  const name = draft.name.trim()
  return {
    link: {
      ...(name === '' ? {} : { name }),
      role: draft.role,
      ...(starts === null ? {} : { startsAt: new Date(starts).toISOString() }),
      endsAt: new Date(ends).toISOString(),
      ...(draft.subrooms ? { opens: 'subrooms' } : {}),
    },
  }
}

/** The role that is chosen at first: a reviewer, where that can be given. */
export const firstRole = (roles: readonly Role[]): Role =>
  roles.includes('reviewer') ? 'reviewer' : 'observer'

/** An instant in ms as a `datetime-local` field holds it, in the reader's zone, to the minute. */
export const localInput = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

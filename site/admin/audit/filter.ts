import type { AuditQuery } from '../api/client.ts'
import { fromLocalInput } from '../time/zone.ts'
import type { AuditGroup } from './actions.ts'

/** Which rows are asked for, as its bar holds them: empty is all. Days are local, the last one included. */
export interface AuditFilter {
  /** A user's, key's or person's id, and their name for showing it. */
  actor: string
  actorName: string
  group: AuditGroup | ''
  outcome: 'done' | 'refused' | ''
  address: string
  room: string
  from: string
  to: string
}

export const everything: AuditFilter = {
  actor: '',
  actorName: '',
  group: '',
  outcome: '',
  address: '',
  room: '',
  from: '',
  to: '',
}

export const isNarrow = (filter: AuditFilter): boolean => Object.values(filter).some(v => v.trim() !== '')

/** Something typed that is no whole address yet; rows have whole ones, so that none can fit. */
export function isPartOfAddress(text: string): boolean {
  const typed = text.trim()
  if (typed === '') return false
  return typed.includes(':') ? !URL.canParse(`http://[${typed}]`) : !IPV4.test(typed)
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/

/** A filter → the query of `GET /api/audit`, whose `to` is the moment after the last day. */
export const auditQuery = (filter: AuditFilter, zone: string): AuditQuery => ({
  actor: filter.actor,
  action: filter.group && `${filter.group}.`,
  outcome: filter.outcome,
  room: filter.room,
  address: filter.address.trim(),
  from: dayStart(filter.from, zone),
  to: filter.to === '' ? '' : dayStart(dayAfter(filter.to), zone),
})

/** Midnight of a local day, or one o'clock where clocks go forward at midnight. */
function dayStart(day: string, zone: string): string {
  for (const clock of ['00:00', '01:00']) {
    const time = fromLocalInput(`${day}T${clock}`, zone)
    if (time.is === 'at') return time.iso
  }
  return ''
}

function dayAfter(day: string): string {
  const at = Date.parse(`${day}T00:00Z`)
  return Number.isNaN(at) ? '' : new Date(at + 86_400_000).toISOString().slice(0, 10)
}

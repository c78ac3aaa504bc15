import type { AuditParams } from '../../../worker/audit/params.ts'
import type { AuditEntry } from '../../../worker/audit/record.ts'

/** One row of the audit. */
export interface AuditItem {
  id: number
  at: string
  /** One that this page has words for, or one that a newer server knows. */
  action: string
  outcome: AuditEntry['outcome']
  actor: { kind: AuditEntry['actor']['kind']; id: string | null; name: string }
  target: { kind: string; id: string | null; name: string | null } | null
  roomId: string | null
  params: AuditParams
  address: string | null
  userAgent: string | null
}
export interface AuditList {
  items: AuditItem[]
  next: string | null
}

/** Which rows of the audit; empty fields do not count. `from` and `to` are ISO 8601, `to` not included. */
export type AuditQuery = Record<'actor' | 'action' | 'outcome' | 'room' | 'address' | 'from' | 'to', string>

/** One stay of a person in a room. */
export interface Visit {
  person: { id: string; name: string }
  link: { id: string; label: string | null } | null
  from: string
  /** When they left; now, while they watch. */
  until: string
  /** How long, in ms; 0 = came in and saw no picture. */
  ms: number
  /** Still watching. */
  present: boolean
  addresses: string[]
}
export interface Attendance {
  items: Visit[]
  next: null
}

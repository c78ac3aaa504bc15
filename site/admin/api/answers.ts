import type { AuditAction } from '../../../worker/audit/actions.ts'
import type { AuditParams } from '../../../worker/audit/params.ts'
import type { AuditEntry } from '../../../worker/audit/record.ts'

/** One row of the audit. */
export interface AuditItem {
  id: string
  at: string
  action: AuditAction
  outcome: AuditEntry['outcome']
  actor: { kind: AuditEntry['actor']['kind']; id: string | null; name: string }
  target: { kind: string; id: string | null; name: string | null } | null
  room: { id: string } | null
  params: AuditParams
  address: string | null
  userAgent: string | null
}
export interface AuditList {
  items: AuditItem[]
  next: string | null
}

/** Which rows of the audit; empty fields do not count. `from` and `to` are ISO 8601. */
export type AuditQuery = Record<'actor' | 'action' | 'outcome' | 'room' | 'address' | 'from' | 'to', string>

/** One visit: a person in a room, from their first picture to their last. `until` null: still here. */
export interface Visit {
  person: { id: string; name: string }
  link: { id: string; label: string } | null
  from: string
  until: string | null
  minutes: number
  addresses: string[]
}
export interface Attendance {
  items: Visit[]
  next: null
}

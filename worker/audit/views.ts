import { iso } from '../http/fields.ts'
import type { AttendanceEvent, Stay } from './attendance.ts'
import { csvLine } from './csv.ts'
import type { AuditItem, Visit } from './schema.ts'
import type { AuditRow } from './store.ts'

/** A row as the API shows it. */
export const itemOf = (row: AuditRow): AuditItem => ({
  id: row.id,
  at: iso(row.at)!,
  action: row.action,
  outcome: row.outcome as AuditItem['outcome'],
  actor: { kind: row.actor_kind as AuditItem['actor']['kind'], id: row.actor_id, name: row.actor_name },
  target:
    row.target_kind === null ? null : { kind: row.target_kind, id: row.target_id, name: row.target_name },
  roomId: row.room_id,
  params: JSON.parse(row.params),
  address: row.address,
  userAgent: row.user_agent,
})

export const AUDIT_HEADER = csvLine([
  'id',
  'at',
  'action',
  'outcome',
  'actor kind',
  'actor id',
  'actor name',
  'target kind',
  'target id',
  'target name',
  'room id',
  'parameters',
  'address',
  'user agent',
])

export const auditLine = (row: AuditRow): string =>
  csvLine([
    row.id,
    iso(row.at),
    row.action,
    row.outcome,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.target_kind,
    row.target_id,
    row.target_name,
    row.room_id,
    row.params,
    row.address,
    row.user_agent,
  ])

const KINDS: Record<string, AttendanceEvent['kind']> = {
  'person.join': 'join',
  'play.opening': 'opening',
  'play.closing': 'closing',
}

/** A row as an event of somebody's coming and going; undefined for any other. */
export function eventOf(row: AuditRow): AttendanceEvent | undefined {
  const kind = KINDS[row.action]
  if (!kind || row.outcome !== 'done' || row.actor_id === null) return undefined
  const params = JSON.parse(row.params) as {
    link?: string
    port?: number
    protocol?: string
    lifetimeMs?: number
  }
  return {
    at: row.at,
    kind,
    person: row.actor_id,
    name: row.actor_name,
    link: kind === 'join' ? row.target_id : (params.link ?? null),
    linkLabel: kind === 'join' ? (row.target_name ?? undefined) : undefined,
    address: row.address,
    port: params.port,
    protocol: params.protocol,
    lifetimeMs: params.lifetimeMs,
  }
}

export const visitOf = ({ person, name, link, linkLabel, from, until, present, addresses }: Stay): Visit => ({
  person: { id: person, name },
  link: link === null ? null : { id: link, label: linkLabel },
  from: iso(from)!,
  until: iso(until)!,
  ms: until - from,
  present,
  addresses,
})

export const ATTENDANCE_HEADER = csvLine([
  'person',
  'person id',
  'link',
  'link id',
  'from',
  'until',
  'minutes',
  'still there',
  'addresses',
])

export const visitLine = (visit: Visit): string =>
  csvLine([
    visit.person.name,
    visit.person.id,
    visit.link?.label ?? null,
    visit.link?.id ?? null,
    visit.from,
    visit.until,
    Math.round(visit.ms / 6_000) / 10,
    visit.present ? 'yes' : 'no',
    visit.addresses.join(' '),
  ])

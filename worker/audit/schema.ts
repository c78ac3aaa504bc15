import * as v from 'valibot'
import { instant } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { type AuditAction, auditActions } from './actions.ts'
import { actorKinds } from './record.ts'

const text = (max: number) =>
  v.optional(
    v.pipe(
      v.string(),
      v.minLength(1, 'must not be empty'),
      v.maxLength(max, `must have at most ${max} characters`),
    ),
  )

/** An action, or all of a group: `room.create`, `room.`. */
const actions = v.pipe(
  v.string(),
  v.transform((asked): AuditAction[] =>
    auditActions.filter(action => (asked.endsWith('.') ? action.startsWith(asked) : action === asked)),
  ),
  v.minLength(1, 'must be an action such as room.create, or a group of them such as room.'),
)

const filters = {
  /** Whose doing it was: a user's, key's or person's id. */
  actor: text(255),
  action: v.optional(actions),
  outcome: v.optional(v.picklist(['done', 'refused'], 'must be done or refused')),
  room: text(255),
  address: text(64),
  /** From this time on, and before that one. */
  from: v.optional(instant),
  to: v.optional(instant),
}

export const AuditQuery = v.strictObject({
  ...filters,
  limit: page.limit,
  cursor: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be the next of an earlier page'), v.transform(Number)),
  ),
})
export type AuditQuery = v.InferOutput<typeof AuditQuery>

export const ExportQuery = v.strictObject({
  ...filters,
  format: v.optional(v.picklist(['csv', 'jsonl'], 'must be csv or jsonl'), 'csv'),
})
export type ExportQuery = v.InferOutput<typeof ExportQuery>

export const AuditItem = v.object({
  id: v.number(),
  at: v.string(),
  action: v.string(),
  outcome: v.picklist(['done', 'refused']),
  actor: v.object({ kind: v.picklist(actorKinds), id: v.nullable(v.string()), name: v.string() }),
  target: v.nullable(
    v.object({ kind: v.string(), id: v.nullable(v.string()), name: v.nullable(v.string()) }),
  ),
  roomId: v.nullable(v.string()),
  params: v.record(
    v.string(),
    v.nullable(v.union([v.string(), v.number(), v.boolean(), v.array(v.string())])),
  ),
  address: v.nullable(v.string()),
  userAgent: v.nullable(v.string()),
})
export type AuditItem = v.InferOutput<typeof AuditItem>

export const AuditList = v.object({
  items: v.array(AuditItem),
  next: v.nullable(v.string()),
  /** How many days rows are kept. */
  keptDays: v.number(),
})
export type AuditList = v.InferOutput<typeof AuditList>

/** One stay of a person in a room. */
export const Visit = v.object({
  person: v.object({ id: v.string(), name: v.string() }),
  link: v.nullable(v.object({ id: v.string(), label: v.nullable(v.string()) })),
  from: v.string(),
  /** When they left; now, while they watch. */
  until: v.string(),
  /** How long, in ms; 0 = came in and saw no picture. */
  ms: v.number(),
  /** Still watching. */
  present: v.boolean(),
  addresses: v.array(v.string()),
})
export type Visit = v.InferOutput<typeof Visit>

export const Attendance = v.object({ items: v.array(Visit), next: v.null() })
export type Attendance = v.InferOutput<typeof Attendance>

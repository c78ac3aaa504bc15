import { toBase64url } from '../crypto/encoding.ts'
import { newId } from '../crypto/id.ts'
import type { Keys } from '../crypto/keys.ts'
import { type InStatement, sql } from '../db.ts'
import type { AuditAction } from './actions.ts'
import type { AuditParams } from './params.ts'
import { type AuditContents, COLUMNS, rowBytes } from './row.ts'

export const actorKinds = [
  'user',
  'key',
  'token',
  'start',
  'person',
  'origin',
  'stranger',
  'sightline',
] as const

/** Something that happened: who did what to whom, with what outcome, from where. `at` in ms. */
export interface AuditEntry {
  at: number
  action: AuditAction
  outcome: 'done' | 'refused'
  actor: { kind: (typeof actorKinds)[number]; id: string | null; name: string }
  target?: { kind: string; id: string | null; name?: string } | undefined
  room?: string | null | undefined
  /** Never secrets: make them of a request's body with paramsOf. */
  params?: AuditParams | undefined
  address?: string | null | undefined
  userAgent?: string | null | undefined
}

/** What happens by itself. */
export const SIGHTLINE: AuditEntry['actor'] = { kind: 'sightline', id: null, name: 'Sightline' }

/** Longest texts, in characters; more is cut. An e-mail address has at most 254, a subject at an identity provider 255. */
const MAX = { id: 255, name: 254, address: 64, userAgent: 300, param: 300, params: 4000 }

const STORED = [...COLUMNS, 'mac'] as const

/** Rows come as one JSON text: a fifth of what as many statements cost. */
const ADD = `INSERT INTO audit (${STORED.join(', ')})
  SELECT ${STORED.map((_, i) => `value ->> ${i}`).join(', ')} FROM json_each(:rows)
  WHERE NOT EXISTS (SELECT 1 FROM audit WHERE ref = value ->> 0)`

/** An entry's row with its MAC, the values in the order of the columns. */
export type MadeRow = (string | number | null)[]

export async function makeRow(keys: Keys, entry: AuditEntry): Promise<MadeRow> {
  const row = contentsOf(entry)
  const mac = toBase64url(await keys.mac('audit', rowBytes(row)))
  return [...COLUMNS.map(column => row[column]), mac]
}

/**
 * The statement that adds rows. It may run twice and adds each once. (ON CONFLICT would do so too, but use up an id, and
 * a gap in the ids means a missing row.)
 */
export const addRows = (rows: MadeRow[]): InStatement => sql(ADD, { rows: JSON.stringify(rows) })

/** The statement that adds an entry, for the same batch as the change it tells of, or alone. */
export const auditRow = async (keys: Keys, entry: AuditEntry): Promise<InStatement> =>
  addRows([await makeRow(keys, entry)])

function contentsOf({ actor, target, ...entry }: AuditEntry): AuditContents {
  return {
    ref: newId(),
    at: Math.round(entry.at),
    action: entry.action,
    outcome: entry.outcome,
    actor_kind: actor.kind,
    actor_id: tidy(actor.id, MAX.id),
    actor_name: tidy(actor.name, MAX.name) ?? '',
    target_kind: tidy(target?.kind, MAX.name),
    target_id: tidy(target?.id, MAX.id),
    target_name: tidy(target?.name, MAX.name),
    room_id: tidy(entry.room, MAX.id),
    params: jsonOf(entry.params ?? {}),
    address: tidy(entry.address, MAX.address),
    user_agent: tidy(entry.userAgent, MAX.userAgent),
  }
}

const PLAIN = /^[\w.:|@-]*$/

/**
 * One line of bounded length: no control characters, no overrides of the writing direction, no halves of characters
 * (the database would replace them, and the MAC be wrong for ever).
 */
function tidy(text: string | null | undefined, max: number): string | null {
  if (text === null || text === undefined) return null
  // Nearly all are short plain words: they are what they are.
  if (text.length <= max && PLAIN.test(text)) return text
  return text
    .slice(0, max)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim()
}

/** Parameters as JSON of bounded length; those that find no room are counted. */
function jsonOf(params: AuditParams): string {
  const kept: AuditParams = {}
  let room = MAX.params
  let left = 0
  for (const [name, value] of Object.entries(params)) {
    const field = tidy(name, MAX.param)!
    const shown =
      typeof value === 'string'
        ? tidy(value, MAX.param)
        : Array.isArray(value)
          ? value.map(item => tidy(item, MAX.param)!)
          : value
    room -= JSON.stringify([field, shown]).length
    if (room < 0) left++
    else kept[field] = shown
  }
  return JSON.stringify(left ? { ...kept, 'left out': left } : kept)
}

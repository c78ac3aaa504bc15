import type { AuditItem } from '../api/client.ts'
import { protocolName } from '../room/protocol-name.ts'
import { t } from '../text.ts'
import { type Here, sayInstant } from '../time/say.ts'
import type { AuditAction } from './actions.ts'

type Words = Readonly<Record<string, string | undefined>>

/** What happened, in words; a refusal has a silhouette too. */
export interface What {
  words: string
  glyph: 'fair' | 'poor' | null
}

/** Refusals that happen in the best of days: strangers at the door. */
const USUAL = new Set(['person.refused', 'strangers.failed'])

/** What somebody known mistyped or came too late for is no fault to look into; only what they may not do is. */
const SLIPS = new Set([
  // Mistyped.
  'invalid',
  'name_required',
  'not_json',
  'too_large',
  'not_png',
  'method_not_allowed',
  // Somebody else was there before.
  'changed_meanwhile',
  'email_taken',
  'name_taken',
  'not_found',
  'owner_exists',
  'slug_taken',
  'stream_taken',
  'subroom_taken',
  // Not possible as things are.
  'address_unknown',
  'blocks_yourself',
  'disabled',
  'elsewhere',
  'email_required',
  'foreign_link',
  'last_owner',
  'last_passkey',
  'no_origin',
  'own_link',
  'own_passkey_needed',
  'public_url_needed',
  'set_by_environment',
  'stills_full',
  'too_many_streams',
  'too_many_subrooms',
])

export function auditWhat(item: Pick<AuditItem, 'action' | 'outcome' | 'params'>): What {
  // A server that is newer than this page may know more actions.
  const said = Object.hasOwn(t.audit.what, item.action) ? t.audit.what[item.action as AuditAction] : undefined
  const words = withDetail(said?.[item.outcome] ?? item.action, item)
  if (item.outcome === 'done') return { words, glyph: item.action === 'audit.dropped' ? 'fair' : null }
  const usual = USUAL.has(item.action) || SLIPS.has(String(item.params.code))
  return { words, glyph: usual ? 'fair' : 'poor' }
}

/** Adds the one parameter that belongs into the sentence: why not, how, or how often. */
function withDetail(
  words: string,
  { action, outcome, params }: Pick<AuditItem, 'action' | 'outcome' | 'params'>,
) {
  if (action === 'strangers.failed') return t.audit.times(words, sumOf(params))
  // A refused call has the answer's code; admission and the door have a reason.
  const { reason = params.code, via, protocol, count } = params
  if (outcome === 'refused')
    return typeof reason === 'string'
      ? t.audit.because(words, wordIn(t.audit.reasons, reason) ?? reason.replaceAll('_', ' '))
      : words
  if (typeof via === 'string') return t.audit.by(words, wordIn(t.audit.via, via) ?? via)
  if (typeof protocol === 'string') return t.audit.over(words, protocolName(protocol))
  return typeof count === 'number' ? t.audit.times(words, count) : words
}

/** How many calls were counted: every number but that of the addresses. */
const sumOf = (params: AuditItem['params']): number =>
  Object.entries(params).reduce(
    (sum, [name, value]) => (typeof value === 'number' && name !== 'addresses' ? sum + value : sum),
    0,
  )

const wordIn = (words: Words, name: string): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined

/** Who it was; machines and strangers by what they are. */
export const auditActor = ({ kind, name }: AuditItem['actor']): string =>
  kind === 'user' || kind === 'person' || kind === 'key' ? name || t.audit.actors[kind] : t.audit.actors[kind]

/** What kind of thing it was done to. */
export const targetKind = (kind: string): string => wordIn(t.audit.targets, kind) ?? kind

/** What it was done to, by its name; null when it was done to nothing in particular. */
export const auditTarget = ({ target }: Pick<AuditItem, 'target'>): string | null =>
  target && (target.name || targetKind(target.kind))

/** The parameters beside the one that {@link auditWhat} has said: why it was refused. */
export function particulars({
  outcome,
  params,
}: Pick<AuditItem, 'outcome' | 'params'>): [string, AuditItem['params'][string]][] {
  const said = outcome === 'done' ? null : 'reason' in params ? 'reason' : 'code'
  return Object.entries(params).filter(([name]) => name !== said)
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** A parameter's value as it is shown; times as the reader's clock has them. */
export function sayParam(value: AuditItem['params'][string], here: Here): string {
  if (value === null) return t.form.nothing
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'string' && INSTANT.test(value)) return sayInstant(Date.parse(value), here)
  return Array.isArray(value) ? value.join(', ') || t.form.nothing : String(value)
}

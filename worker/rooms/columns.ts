import type { InValue } from '../db.ts'

/** What people decide of a room, by the names of the API and of the database. */
const columns = {
  title: 'title',
  slug: 'slug',
  description: 'description',
  startsAt: 'starts_at',
  endsAt: 'ends_at',
  maxViewers: 'max_viewers',
  leaseMs: 'lease_ms',
  waitingRoom: 'waiting_room',
  autolock: 'autolock',
  autokick: 'autokick',
  endAfterHostMs: 'end_after_host_ms',
  chatHistoryMs: 'history_ms',
  public: 'public',
  contact: 'contact',
  comment: 'comment',
  presentersInvite: 'unrestricted_tokens',
  allowRecording: 'allow_recording',
  allowAnonymous: 'allow_anonymous',
  autoSubrooms: 'auto_subrooms',
  redirect: 'redirect',
  codecs: 'codecs',
  watermark: 'watermark',
  authServer: 'auth_server',
  authPortal: 'auth_portal',
} as const

type Field = keyof typeof columns

/** Fields as the API has them; absent ones are left as they are, or as the table has them. */
export type RoomFields = {
  [F in Field]?: string | number | boolean | readonly string[] | null | undefined
}

const entries = Object.entries(columns) as [Field, string][]

/** The columns of a SELECT from `rooms r`, each under its field's name. */
export const SELECTED = entries.map(([field, column]) => `r.${column} AS ${field}`).join(', ')

/** Column → value of the fields that are given. Lists are kept as JSON. */
export function columnsOf(fields: RoomFields): Record<string, InValue> {
  const given: Record<string, InValue> = {}
  for (const [field, column] of entries) {
    const value = fields[field]
    if (value === undefined) continue
    given[column] = stored(value)
  }
  return given
}

function stored(value: Exclude<RoomFields[Field], undefined>): InValue {
  if (value !== null && typeof value === 'object') return JSON.stringify(value)
  return typeof value === 'boolean' ? Number(value) : (value as string | number | null)
}

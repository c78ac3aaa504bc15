import { bytesOf } from '../crypto/encoding.ts'

/** The columns of a row that its MAC covers, in the order in which it covers them: all but `id` and `mac`. */
export const COLUMNS = [
  'ref',
  'at',
  'action',
  'outcome',
  'actor_kind',
  'actor_id',
  'actor_name',
  'target_kind',
  'target_id',
  'target_name',
  'room_id',
  'params',
  'address',
  'user_agent',
] as const

/** A row's contents as the table has them. `at` in ms, `params` a JSON object as text. */
export interface AuditContents {
  ref: string
  at: number
  action: string
  outcome: string
  actor_kind: string
  actor_id: string | null
  actor_name: string
  target_kind: string | null
  target_id: string | null
  target_name: string | null
  room_id: string | null
  params: string
  address: string | null
  user_agent: string | null
}

/**
 * What the MAC of a row is over: a JSON array, in which no two different rows look alike. Its first item keeps rows and
 * seals, which share a key, apart.
 */
export const rowBytes = (row: AuditContents): Uint8Array<ArrayBuffer> =>
  bytesOf(JSON.stringify(['row', ...COLUMNS.map(column => row[column])]))

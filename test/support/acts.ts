import { all, type Db, read, sql, write } from '../../worker/db.ts'
import { type Grant, type Role, roles } from '../../worker/links/permissions.ts'
import { NOON } from './app.ts'
import { idOf } from './live.ts'

/** Two rooms with links and people, for what operators do to them. Ids are made of the names, see {@link idOf}. */

export const ROOM = idOf('room')
export const OTHER = idOf('other')

interface PersonRow {
  room?: string
  link: string
  permissions?: readonly Grant[] | undefined
  role?: Role | undefined
  admitted?: boolean
  removed?: boolean
}

const insert = (table: string, row: Record<string, string | number | null>) =>
  sql(
    `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row).map(name => `:${name}`)})`,
    row,
  )

export const addRoom = (id: string, more: Record<string, string | number | null> = {}) => [
  insert('rooms', { id, slug: id, title: id, created_at: 0, updated_at: 0, ...more }),
  insert('streams', { id: `${id} stream`, room_id: id, hidden_name: `${id} hidden`, created_at: 0 }),
  insert('publications', {
    session: `${id} publisher`,
    stream_id: `${id} stream`,
    protocol: 'srt',
    address: '198.51.100.1',
    port: 1,
    opened_at: 0,
  }),
]

export const addLink = (id: string, role: Role, more: Record<string, string | number | null> = {}) =>
  insert('links', {
    id,
    room_id: ROOM,
    label: `Link ${id}`,
    role,
    permissions: JSON.stringify(roles[role]),
    created_at: 0,
    updated_at: 0,
    ...more,
  })

export const addPerson = (
  name: string,
  { room = ROOM, link, permissions, role, admitted = true, removed = false }: PersonRow,
) =>
  insert('people', {
    id: idOf(name),
    room_id: room,
    link_id: link,
    name,
    joined_at: NOON - 1_000,
    admitted_at: admitted ? NOON - 1_000 : null,
    removed_at: removed ? NOON - 500 : null,
    removed_reason: removed ? 'Before' : null,
    permissions: permissions ? JSON.stringify(permissions) : null,
    role: role ?? null,
  })

export const addLease = (name: string, link: string, room = ROOM) =>
  insert('leases', {
    session: `lease of ${name}`,
    person_id: idOf(name),
    room_id: room,
    link_id: link,
    protocol: 'webrtc',
    address: '192.0.2.9',
    generation: 0,
    opened_at: NOON - 900,
    expires_at: NOON + 60_000,
  })

export const fill = (db: Db, rows: ReturnType<typeof insert>[]) => write(db, rows)

const TABLES = {
  rooms: 'id',
  streams: 'id',
  publications: 'session',
  links: 'id',
  people: 'id',
  leases: 'session',
  bans: 'person_id || low',
  chat: 'id',
  room_timecodes: 'room_id',
  outbox: 'target',
} as const

/** Takes all of that away. */
export const empty = (db: Db) =>
  db.executeMultiple(
    Object.keys(TABLES)
      .toReversed()
      .map(table => `DELETE FROM ${table}`)
      .join(';'),
  )

type Row = Record<string, unknown>

/** Everything that operators could change, by table and key. */
export async function contents(db: Db): Promise<Map<string, Row>> {
  const tables = Object.entries(TABLES)
  const results = await read(
    db,
    tables.map(([table, key]) => `SELECT '${table} ' || ${key} AS key, * FROM ${table}`),
  )
  return new Map(results.flatMap(result => all<Row & { key: string }>(result).map(row => [row.key, row])))
}

/** What changed: fields by row; a row that came or went as `added` or `gone`. */
export function changes(before: Map<string, Row>, after: Map<string, Row>): Record<string, unknown> {
  const changed: Record<string, unknown> = {}
  for (const [key, row] of after) {
    const old = before.get(key)
    if (!old) changed[key] = 'added'
    else {
      const fields = Object.entries(row).filter(([name, value]) => value !== old[name])
      if (fields.length) changed[key] = Object.fromEntries(fields)
    }
  }
  for (const key of before.keys()) if (!after.has(key)) changed[key] = 'gone'
  return changed
}

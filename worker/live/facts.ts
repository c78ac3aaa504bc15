import { banned } from '../blocks/bans.ts'
import { blockKey } from '../blocks/bounds.ts'
import { blocked } from '../blocks/store.ts'
import { all, read, sql } from '../db.ts'
import type { App } from '../deps.ts'
import type { Grant } from '../links/permissions.ts'
import { PERSON_ROWS, VIEW, type ViewRow } from '../people/store.ts'
import type { PersonFacts, RoomFacts } from './state.ts'

/** What a room's channel needs of the database, about one person of it. */
interface FactsRow extends ViewRow {
  personId: string
  name: string
  role: string | null
  joinedAt: number
  removedReason: string | null
  linkLabel: string
  historyMs: number | null
  hostSince: number | null
}

/**
 * The named people of a room, each with the room's facts: one round trip. Who is not there is not in it.
 * @param address whose blocks count; undefined = nobody's
 */
export async function readFacts(
  { db }: Pick<App, 'db'>,
  roomId: string,
  ids: readonly string[],
  address: string | undefined,
  now: number,
): Promise<FactsRow[]> {
  return all(await db.execute(factsOf(roomId, ids, address, now)))
}

/** The same of those who are there, and which of the addresses that they come from are kept out: one round trip. */
export async function readAll(
  { db }: Pick<App, 'db'>,
  roomId: string,
  ids: readonly string[],
  addresses: readonly string[],
  now: number,
): Promise<{ rows: FactsRow[]; keptOut: ReadonlySet<string> }> {
  const keyed = JSON.stringify(addresses.map(address => [address, blockKey(address)]))
  const key = '(a.value ->> 1)'
  const [rows, keptOut] = await read(db, [
    factsOf(roomId, ids, undefined, now),
    sql(
      `SELECT a.value ->> 0 AS address FROM json_each(:keyed) a JOIN rooms r ON r.id = :roomId
       WHERE ${blocked(key)} OR ${banned(key)}`,
      { keyed, roomId, now },
    ),
  ])
  return {
    rows: all(rows!),
    keptOut: new Set(all<{ address: string }>(keptOut!).map(row => row.address)),
  }
}

const factsOf = (roomId: string, ids: readonly string[], address: string | undefined, now: number) =>
  sql(
    `SELECT p.id AS personId, p.name, p.joined_at AS joinedAt, p.removed_at AS personRemovedAt,
         p.removed_reason AS removedReason, CASE WHEN p.permissions IS NULL THEN l.role ELSE p.role END AS role,
         l.label AS linkLabel, r.history_ms AS historyMs,
         r.host_since AS hostSince, ${VIEW}
       FROM ${PERSON_ROWS}
       WHERE p.id IN (SELECT value FROM json_each(:ids)) AND p.room_id = :roomId`,
    { ids: JSON.stringify(ids), roomId, blockKey: blockKey(address), now },
  )

export function roomFactsOf({ config }: Pick<App, 'config'>, row: FactsRow): RoomFacts {
  const publishing = Boolean(row.publishing)
  return {
    slug: row.slug,
    title: row.title,
    startsAt: row.roomStartsAt,
    endsAt: row.roomEndsAt,
    endedAt: row.roomEndedAt,
    maxViewers: row.maxViewers,
    waitingRoom: Boolean(row.waitingRoom),
    lockedAt: row.lockedAt,
    lockMessage: row.lockMessage,
    hostless: Boolean(row.hostless),
    publishing,
    playable: publishing ? (row.reachable ? row.playableAt !== null : null) : false,
    demo: config.demo,
    streamId: row.streamId,
    historyMs: row.historyMs,
    hostSince: row.hostSince,
  }
}

export const personFactsOf = (row: FactsRow): PersonFacts => ({
  id: row.personId,
  name: row.name,
  role: row.role,
  permissions: JSON.parse(row.permissions) as Grant[],
  removedAt: row.personRemovedAt,
  removedReason: row.removedReason,
  admittedAt: row.admittedAt,
  joinedAt: row.joinedAt,
  link: { id: row.linkId, label: row.linkLabel },
  linkStartsAt: row.linkStartsAt,
  linkEndsAt: row.linkEndsAt,
  linkRevokedAt: row.linkRevokedAt,
})

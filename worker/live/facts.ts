import { banned } from '../blocks/bans.ts'
import { blockKey } from '../blocks/bounds.ts'
import { blocked } from '../blocks/store.ts'
import { all, first, type InStatement, read, sql, write } from '../db.ts'
import type { App } from '../deps.ts'
import type { Grant } from '../links/permissions.ts'
import type { LinkOpens } from '../links/schema.ts'
import { PERSON_ROWS, VIEW, VIEW_OF_MANY, type ViewRow } from '../people/store.ts'
import { playableOf, STREAMS, streamsOf } from '../streams/now.ts'
import { ENTERS, makeByEntering, rememberInside } from '../subrooms/entering.ts'
import { naming } from './acts/conditions.ts'
import type { RoomTimecode } from './messages/timecode.ts'
import type { Place } from './place.ts'
import type { PersonFacts, RoomFacts } from './rules/state.ts'

/** What a room's channel needs of the database, about one person of it. */
interface FactsRow extends ViewRow {
  personId: string
  name: string
  role: string | null
  joinedAt: number
  displayCheckedAt: number | null
  removedReason: string | null
  historyMs: number | null
  hostSince: number | null
  /** As JSON; null = none. */
  timecode: string | null
  notesAt: number
  opens: LinkOpens
  /** Of a sub-room; null in the room itself. */
  sub: string | null
  subTitle: string | null
  subLockedAt: number | null
  subLockMessage: string | null
  /** They were in it while it was not locked. */
  wasInside: number | null
}

const OF_ROOM =
  'NULL AS sub, NULL AS subTitle, NULL AS subLockedAt, NULL AS subLockMessage, NULL AS wasInside'

const OF_SUBROOM = `b.name AS sub, b.title AS subTitle, b.locked_at AS subLockedAt, b.lock_message AS subLockMessage,
    EXISTS (SELECT 1 FROM subroom_people k WHERE k.room_id = r.id AND k.sub = b.name AND k.person_id = p.id) AS wasInside`

const TIMECODE = `(SELECT json_object('rate', z.rate, 'frame', z.frame, 'at', z.at,
         'running', json(CASE z.running WHEN 0 THEN 'false' ELSE 'true' END), 'by', z.set_by_name)
       FROM room_timecodes z WHERE z.room_id = r.id)`

/**
 * @param address whose blocks count; undefined = nobody's
 * @param view of each of them; the room's streams are asked for once, not with everybody
 */
function factsStatement(
  { roomId, sub }: Place,
  ids: readonly string[],
  address: string | undefined,
  now: number,
  view: string,
): InStatement {
  return naming(
    `SELECT p.id AS personId, p.name, p.joined_at AS joinedAt, p.display_checked_at AS displayCheckedAt, p.removed_at AS personRemovedAt,
       p.removed_reason AS removedReason, CASE WHEN p.permissions IS NULL THEN l.role ELSE p.role END AS role,
       l.opens, r.history_ms AS historyMs,
       (SELECT h.since FROM room_hosts h WHERE h.room_id = r.id AND h.sub = :sub) AS hostSince,
       ${TIMECODE} AS timecode,
       (SELECT COALESCE(MAX(n.changed_at), 0) FROM notes n WHERE n.room_id = r.id AND n.sub = :sub) AS notesAt,
       ${sub ? OF_SUBROOM : OF_ROOM}, ${view}
     FROM ${PERSON_ROWS} ${sub ? 'JOIN subrooms b ON b.room_id = r.id AND b.name = :sub' : ''}
     WHERE p.id IN (SELECT value FROM json_each(:ids)) AND p.room_id = :roomId ${sub ? `AND ${ENTERS}` : ''}`,
    { ids: JSON.stringify(ids), roomId, sub, blockKey: blockKey(address), now },
  )
}

/**
 * The named people of a room, each with the room's facts, and which of the addresses that they come from are kept out:
 * one round trip. Who is not of it is not there, and in a sub-room neither is who may not enter it.
 */
export async function readAll(
  { db }: Pick<App, 'db'>,
  place: Place,
  ids: readonly string[],
  addresses: readonly string[],
  now: number,
): Promise<{ rows: FactsRow[]; keptOut: ReadonlySet<string> }> {
  const keyed = JSON.stringify(addresses.map(address => [address, blockKey(address)]))
  const key = '(a.value ->> 1)'
  const [rows, streams, keptOut] = await read(db, [
    factsStatement(place, ids, undefined, now, VIEW_OF_MANY),
    sql(`SELECT ${STREAMS} AS streams FROM rooms r WHERE r.id = :roomId`, { roomId: place.roomId, now }),
    sql(
      `SELECT a.value ->> 0 AS address FROM json_each(:keyed) a JOIN rooms r ON r.id = :roomId
       WHERE ${blocked(key)} OR ${banned(key)}`,
      { keyed, roomId: place.roomId, now },
    ),
  ])
  return {
    rows: all<Omit<FactsRow, 'streams'>>(rows!).map(row => ({
      ...row,
      ...first<Pick<FactsRow, 'streams'>>(streams)!,
    })),
    keptOut: new Set(all<{ address: string }>(keptOut!).map(row => row.address)),
  }
}

/**
 * The facts of one who comes from an address. A sub-room is made on the way, where entering makes it, and remembers them;
 * undefined when there is none for them.
 */
export async function readComing(
  { db }: Pick<App, 'db'>,
  place: Place,
  personId: string,
  address: string | undefined,
  now: number,
): Promise<FactsRow | undefined> {
  const facts = factsStatement(place, [personId], address, now, VIEW)
  if (!place.sub) return first(await db.execute(facts))
  const results = await write(db, [
    makeByEntering(place, personId, blockKey(address), now),
    rememberInside(place, [personId]),
    facts,
  ])
  return first(results.at(-1))
}

/** People of a sub-room that is not locked, of whom it is not noted yet that they were inside. */
export const notRemembered = (rows: readonly FactsRow[]): string[] =>
  rows.flatMap(row => (row.sub !== null && row.subLockedAt === null && !row.wasInside ? [row.personId] : []))

export function roomFactsOf({ config }: Pick<App, 'config'>, row: FactsRow): RoomFacts {
  const publishing = Boolean(row.publishing)
  return {
    slug: row.slug,
    title: row.title,
    startsAt: row.roomStartsAt,
    endsAt: row.roomEndsAt,
    endedAt: row.roomEndedAt,
    maxViewers: row.maxViewers,
    ...(row.sub === null
      ? {
          waitingRoom: Boolean(row.waitingRoom),
          lockedAt: row.lockedAt,
          lockMessage: row.lockMessage,
          sub: null,
        }
      : {
          waitingRoom: false,
          lockedAt: row.subLockedAt,
          lockMessage: row.subLockMessage!,
          sub: { name: row.sub, title: row.subTitle! },
        }),
    hostless: Boolean(row.hostless),
    publishing,
    playable: playableOf(row),
    streams: streamsOf(row.streams),
    demo: config.demo,
    streamId: row.streamId,
    historyMs: row.historyMs,
    hostSince: row.hostSince,
    notesAt: row.notesAt,
    timecode: row.timecode === null ? null : (JSON.parse(row.timecode) as RoomTimecode),
  }
}

export const personFactsOf = (row: FactsRow): PersonFacts => ({
  id: row.personId,
  name: row.name,
  role: row.role,
  permissions: JSON.parse(row.permissions) as Grant[],
  removedAt: row.personRemovedAt,
  removedReason: row.removedReason,
  // Before a locked sub-room stands who was not in it before.
  admittedAt: row.subLockedAt !== null && !row.wasInside ? null : row.admittedAt,
  joinedAt: row.joinedAt,
  link: { id: row.linkId, label: row.linkLabel },
  watermark: row.watermark,
  opens: row.opens,
  linkStartsAt: row.linkStartsAt,
  linkEndsAt: row.linkEndsAt,
  linkRevokedAt: row.linkRevokedAt,
  displayChecked: row.displayCheckedAt !== null,
})

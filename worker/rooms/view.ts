import { iso } from '../http/fields.ts'
import type { Room } from './schema.ts'
import { roomState } from './state.ts'
import type { RoomRow } from './store.ts'

/** The lock of a room or sub-room. */
export const lockOf = ({ lockedAt, lockMessage }: Pick<RoomRow, 'lockedAt' | 'lockMessage'>): Room['lock'] =>
  lockedAt === null ? null : { message: lockMessage, since: iso(lockedAt)! }

/** A room as the API shows it to staff. */
export function roomOf(row: RoomRow, now: number): Room {
  const publishing = row.liveSince !== null
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    description: row.description,
    state: roomState({ ...row, publishing }, now),
    startsAt: iso(row.startsAt),
    endsAt: iso(row.endsAt),
    endedAt: iso(row.endedAt),
    maxViewers: row.maxViewers,
    leaseMs: row.leaseMs,
    originId: row.originId,
    live:
      row.liveSince === null
        ? null
        : {
            since: iso(row.liveSince)!,
            protocol: row.liveProtocol ?? 'unknown',
            playable: row.reachable ? row.playableAt !== null : null,
          },
    seats: row.seats,
    links: row.links,
    waitingRoom: Boolean(row.waitingRoom),
    lock: lockOf(row),
    autolock: Boolean(row.autolock),
    autokick: Boolean(row.autokick),
    endAfterHostMs: row.endAfterHostMs,
    chatHistoryMs: row.chatHistoryMs,
    public: Boolean(row.public),
    contact: row.contact,
    comment: row.comment,
    presentersInvite: Boolean(row.presentersInvite),
    allowRecording: Boolean(row.allowRecording),
    allowAnonymous: Boolean(row.allowAnonymous),
    autoSubrooms: Boolean(row.autoSubrooms),
    redirect: row.redirect,
    codecs: row.codecs === null ? null : (JSON.parse(row.codecs) as Room['codecs']),
    watermark: row.watermark,
    authServer: row.authServer,
    authPortal: row.authPortal,
    createdAt: iso(row.createdAt)!,
    updatedAt: iso(row.updatedAt)!,
  }
}

import { pruneRows } from '../audit/pruning.ts'
import { SIGHTLINE } from '../audit/record.ts'
import { sealRows } from '../audit/sealing.ts'
import { first, sql, write } from '../db.ts'
import type { App } from '../deps.ts'
import { sweepIncidents } from '../health/sweep.ts'
import { sweepChat } from '../live/sweep.ts'
import { dueAfterHost, endAfterHost } from '../rooms/after-host.ts'
import { emptyRooms } from '../rooms/empty.ts'
import { drainOutbox, orderDrops } from '../streams/outbox.ts'
import { reconcileStreams } from '../streams/watch.ts'
import { sweepSubrooms } from '../subrooms/entering.ts'
import { ONE_TIME_MS } from '../users/one-time-link.ts'

/** A runner holds the job this long, in ms; another one finds it taken until then. */
const HELD = 55_000

/** Ended playback sessions are kept this long, in ms, for late closings and for people who look who was there. */
const LEASE_KEPT = 3600_000

/**
 * A one-time link's row is kept until no older link of its user can be genuine any more: those minted away from the
 * database learn from it that there was a newer one. And links say when they end in seconds, rounded up. In ms.
 */
const LINK_KEPT = ONE_TIME_MS.recover + 1_000

/**
 * What must happen without anybody asking: rooms end whose hosts have left, rooms past their end lose their publisher, what has run out is swept, old
 * rooms are purged, orders to origins are tried again, their lists of streams are compared with ours, and the audit is
 * sealed. Called about once a minute by every instance; one conditional update decides whose turn it is, but what an
 * instance itself has to record is written at every call.
 * @returns whether this call had the job.
 */
export async function runMinute(app: App): Promise<boolean> {
  await app.audit.flush()
  const now = app.now()
  const taken = await app.db.execute(
    sql(`UPDATE jobs SET held_until = :until WHERE name = 'minute' AND held_until <= :now RETURNING name`, {
      now,
      until: now + HELD,
    }),
  )
  if (!first(taken)) return false
  await endRoomsAfterHosts(app, now)
  const ended = '(r.ended_at IS NOT NULL OR r.ends_at <= :now)'
  const days = app.config.purgeEndedAfterDays
  const old = `SELECT id FROM rooms WHERE ended_at < :before
    UNION ALL SELECT id FROM rooms WHERE ended_at IS NULL AND ends_at < :before`
  const purge = days ? { before: now - days * 86_400_000 } : undefined
  await write(app.db, [
    // Publications are few: only they are read through, in the order of the joins (hence CROSS).
    orderDrops(
      `publications p CROSS JOIN streams s ON s.id = p.stream_id JOIN rooms r ON r.id = s.room_id WHERE ${ended}`,
      {},
      now,
    ),
    sql(
      `DELETE FROM publications WHERE EXISTS (SELECT 1 FROM streams s JOIN rooms r ON r.id = s.room_id
         WHERE s.id = publications.stream_id AND ${ended})`,
      { now },
    ),
    sql('DELETE FROM leases WHERE expires_at < :before', { before: now - LEASE_KEPT }),
    sweepChat(now),
    sweepIncidents(now),
    sweepSubrooms(now),
    sql('DELETE FROM limits WHERE window_ends <= :now', { now }),
    sql('DELETE FROM blocks WHERE until <= :now', { now }),
    sql('DELETE FROM sessions WHERE ends_at <= :now', { now }),
    sql('DELETE FROM ceremonies WHERE expires_at <= :now', { now }),
    sql('DELETE FROM one_time_links WHERE expires_at <= :before', { before: now - LINK_KEPT }),
    ...(purge ? emptyRooms(old, purge) : []),
  ])
  await drainOutbox(app)
  await reconcileStreams(app)
  await pruneRows(app)
  await app.audit.flush()
  await sealRows(app)
  return true
}

/** Rooms whose time after their last host has passed end as if somebody had ended them. */
async function endRoomsAfterHosts(app: App, now: number): Promise<void> {
  for (const { id, title } of await dueAfterHost(app.db, now)) {
    if (!(await endAfterHost(app.db, id, now))) continue
    const target = { kind: 'room', id, name: title }
    // This very run writes it.
    app.audit.add(
      { at: now, action: 'room.end', outcome: 'done', actor: SIGHTLINE, target, room: id },
      () => {},
    )
    await app.live.changed(id)
  }
}

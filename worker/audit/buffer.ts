import type { Keys } from '../crypto/keys.ts'
import type { Db } from '../db.ts'
import type { After, Wait } from '../later.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { type AuditEntry, addRows, type MadeRow, makeRow, SIGHTLINE } from './record.ts'
import { createStrangers, type Strangers } from './strangers.ts'

/** The audit of what may wait until after the answer. */
export interface AuditBuffer {
  /**
   * Takes an entry; it is written soon, together with what came by then. `after` is the call's. One of a stranger is only
   * counted when there are too many.
   */
  add(entry: AuditEntry, after: After): void
  /** Counts a stranger's failed call instead of telling it. */
  strangers: Strangers['count']
  /** Writes what is held, and once a minute what strangers tried. Never throws: what cannot be written is kept. */
  flush(): Promise<void>
}

export interface AuditBufferDeps {
  db: Db
  keys: Keys
  log: Log
  metrics: Metrics
  now: () => number
  wait: Wait
}

/** Entries are written together this long after the first of them, in ms. */
const GATHERED = 500

/** A flush that has not happened so long after it was promised (ms) died with its request; the next entry promises another. */
const OVERDUE = 10_000

/** Entries held at most: about 5 MB, some minutes of a busy deployment without its database. */
const MAX_HELD = 5_000

/**
 * Of these, entries of strangers a minute. More are only counted: however many they cause, they push out neither
 * admission's entries nor those of known callers.
 */
const MAX_STRANGERS = 1_000

const MINUTE = 60_000

/** Rows of one write. */
const MAX_BATCH = 500

/** An entry that waits. Its row is made once: a second try must be the same row, not another one. */
interface Held {
  entry: AuditEntry
  row?: MadeRow
}

/**
 * Requests only put entries here; one of them, after its answer, writes for all. None waits for another: on Workers a
 * request that awaits another one's promise hangs.
 */
export function createAuditBuffer({ db, keys, log, metrics, now, wait }: AuditBufferDeps): AuditBuffer {
  const strangers = createStrangers(now)
  let held: Held[] = []
  let dropped = 0
  let promisedAt: number | undefined
  let ofStrangers = { since: Number.NEGATIVE_INFINITY, count: 0 }

  /** Those that wait from before count again: while the database is away, a new minute brings no new room. */
  function hasRoomForStranger(): boolean {
    const at = now()
    if (at - ofStrangers.since >= MINUTE)
      ofStrangers = { since: at, count: held.filter(({ entry }) => entry.actor.kind === 'stranger').length }
    return ++ofStrangers.count <= MAX_STRANGERS
  }

  function hold(entry: AuditEntry): void {
    if (held.length < MAX_HELD) held.push({ entry })
    else dropped++
  }

  /** Takes what is to be written now, oldest first. */
  function take(): Held[] {
    const batch = held.slice(0, MAX_BATCH)
    held = held.slice(MAX_BATCH)
    return batch
  }

  async function put(batch: Held[]): Promise<boolean> {
    try {
      const rows = await Promise.all(
        batch.map(async item => {
          item.row ??= await makeRow(keys, item.entry)
          return item.row
        }),
      )
      await db.execute(addRows(rows))
      return true
    } catch (error) {
      held = [...batch, ...held]
      metrics.failure('audit')
      log.error('audit.waits', { rows: held.length, error: error instanceof Error ? error.name : 'unknown' })
      return false
    }
  }

  /** Only when all else is written: while the database is down, what is held must not grow. */
  function holdLoss(): boolean {
    if (held.length || !dropped) return false
    log.error('audit.dropped', { rows: dropped })
    hold(lossOf(dropped, now()))
    dropped = 0
    return true
  }

  async function flush(): Promise<void> {
    promisedAt = undefined
    const tried = strangers.due()
    if (tried) hold(tried)
    // Only what is here now: what comes meanwhile is gathered for the next time, instead of written in small change.
    for (let due = held.length; due > 0; due -= MAX_BATCH) {
      if (!(await put(take()))) return
    }
    if (holdLoss()) await put(take())
  }

  return {
    add(entry, after) {
      if (entry.actor.kind === 'stranger' && !hasRoomForStranger())
        return strangers.count(`${entry.action} ${entry.outcome}`, entry.address ?? undefined)
      hold(entry)
      if (promisedAt !== undefined && now() - promisedAt < OVERDUE) return
      promisedAt = now()
      after('audit', async () => {
        await wait(GATHERED)
        await flush()
      })
    },
    strangers: strangers.count,
    flush,
  }
}

const lossOf = (count: number, at: number): AuditEntry => ({
  at,
  action: 'audit.dropped',
  outcome: 'done',
  actor: SIGHTLINE,
  params: { count },
})

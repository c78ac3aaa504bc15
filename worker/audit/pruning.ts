import { all, sql, write } from '../db.ts'
import type { App } from '../deps.ts'
import { auditRow, SIGHTLINE } from './record.ts'
import type { Seal } from './seal.ts'

const DAY = 86_400_000

/** Rows that one run deletes, about: the database belongs to others too. */
const ROWS_A_RUN = 10_000

/** The seals over the oldest rows that are still there. Their own rows go, they stay. */
const OLDEST = `SELECT to_id, rows, newest_at FROM audit_seals
  WHERE from_id >= (SELECT MIN(id) FROM audit) AND from_id < (SELECT MIN(id) FROM audit) + ${ROWS_A_RUN}
  ORDER BY from_id`

type OldSeal = Pick<Seal, 'to_id' | 'rows' | 'newest_at'>

/**
 * Which rows may go: those of whole seals, from the oldest on, whose newest row is older than the days to keep. Begins
 * only a day later, so that it happens daily and not each minute.
 * @param oldest seals by their first row
 * @returns the last row to go and how many there are, or undefined
 */
export function prunable(
  oldest: OldSeal[],
  keepDays: number,
  now: number,
): { to: number; rows: number; before: number } | undefined {
  const before = now - keepDays * DAY
  if (!oldest[0] || oldest[0].newest_at >= before - DAY) return undefined
  const firstKept = oldest.findIndex(seal => seal.newest_at >= before)
  const going = firstKept < 0 ? oldest : oldest.slice(0, firstKept)
  return { to: going.at(-1)!.to_id, rows: going.reduce((sum, seal) => sum + seal.rows, 0), before }
}

/**
 * Deletes the rows that have been kept long enough, and records that. A trigger refuses to delete any row that is not
 * older than the horizon, which is set back in the same transaction.
 */
export async function pruneRows(app: Pick<App, 'config' | 'db' | 'keys' | 'now'>): Promise<void> {
  const now = app.now()
  const oldest = all<OldSeal>(await app.db.execute(sql(OLDEST)))
  const going = prunable(oldest, app.config.auditKeepDays, now)
  if (!going) return
  const { to, rows, before } = going
  await write(app.db, [
    sql('UPDATE audit_horizon SET before = :before', { before }),
    sql('DELETE FROM audit WHERE id <= :to', { to }),
    sql('UPDATE audit_horizon SET before = 0'),
    await auditRow(app.keys, {
      at: now,
      action: 'audit.prune',
      outcome: 'done',
      actor: SIGHTLINE,
      params: { to, rows, before: new Date(before).toISOString() },
    }),
  ])
}

import { all, first, read, sql } from '../db.ts'
import type { App } from '../deps.ts'
import { type ChainEnd, NO_SEAL, nextSeal, type Seal, type SealedRow } from './seal.ts'

/** Rows under one seal at most, and seals of one run: what a busy minute leaves, in little memory. */
const ROWS_A_SEAL = 5_000
const SEALS_A_RUN = 4

const LAST = 'FROM audit_seals WHERE id = (SELECT MAX(id) FROM audit_seals)'
const UNSEALED = `SELECT id, at, mac FROM audit
  WHERE id > COALESCE((SELECT to_id ${LAST}), 0) ORDER BY id LIMIT ${ROWS_A_SEAL}`

/** Of two runners that seal at once one adds its seal; the other finds that the chain's end is not what it read. */
const ADD = `INSERT INTO audit_seals (id, from_id, to_id, rows, oldest_at, newest_at, sealed_at, hash)
  SELECT :id, :from_id, :to_id, :rows, :oldest_at, :newest_at, :sealed_at, :hash
  WHERE COALESCE((SELECT hash ${LAST}), '') = :before`

/**
 * Seals the rows that came since the last seal. The new end of the chain goes to the log: who keeps the log elsewhere can
 * tell when the end of the audit was cut off (`npm run audit:verify -- --head HASH`).
 */
export async function sealRows(app: Pick<App, 'db' | 'keys' | 'log' | 'now'>): Promise<void> {
  for (let i = 0; i < SEALS_A_RUN; i++) {
    const [end, unsealed] = await read(app.db, [sql(`SELECT id, to_id, hash ${LAST}`), sql(UNSEALED)])
    const before = first<ChainEnd>(end) ?? NO_SEAL
    const rows = all<SealedRow & { at: number }>(unsealed!)
    if (!rows.length) return
    const seal: Seal = await nextSeal(app.keys, before, rows, app.now())
    const added = await app.db.execute(sql(ADD, { ...seal, before: before.hash }))
    if (!added.rowsAffected) return
    app.log.info('audit.sealed', { seal: seal.id, rows: seal.rows, hash: seal.hash })
    if (rows.length < ROWS_A_SEAL) return
  }
}

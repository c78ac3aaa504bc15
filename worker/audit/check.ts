import { createKeys } from '../crypto/keys.ts'
import type { Db } from '../db.ts'
import { describeFinding } from './finding.ts'
import { openChain } from './reading.ts'
import { verifyChain } from './verify.ts'

const DAY = 86_400_000

export interface CheckOptions {
  /** The deployment's secret, the one before it, and older ones that made rows which are still kept. */
  secrets: string[]
  keepDays: number
  now: number
  head: string | undefined
  progress: (rows: number) => void
}

/**
 * The audit of a database, checked: a sentence for each finding, and one about what was looked at.
 * @throws when the database cannot be read
 */
export async function checkAudit(
  db: Db,
  { secrets, keepDays, ...options }: CheckOptions,
): Promise<{ findings: string[]; summary: string }> {
  const keys = secrets.map(secret => createKeys(secret))
  const { findings, rows, seals, unsealed } = await verifyChain(await openChain(db), {
    ...options,
    keys,
    keepMs: keepDays * DAY,
  })
  return {
    findings: findings.map(describeFinding),
    summary: `${rows} rows under ${seals} seals; ${unsealed} of them not sealed yet.`,
  }
}

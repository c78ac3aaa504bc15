import { type AuditEntry, auditRow } from '../../worker/audit/record.ts'
import { sealRows } from '../../worker/audit/sealing.ts'
import { createKeys } from '../../worker/crypto/keys.ts'
import { type Db, write } from '../../worker/db.ts'
import { createLog } from '../../worker/log.ts'
import { NOON, SECRET } from './app.ts'

/** An entry like any other. */
export const auditEntry = (fields: Partial<AuditEntry> = {}): AuditEntry => ({
  at: NOON,
  action: 'room.change',
  outcome: 'done',
  actor: { kind: 'user', id: 'vera', name: 'Vera Lind' },
  target: { kind: 'room', id: 'r1', name: 'Nordlicht' },
  room: 'r1',
  params: { title: 'Nordlicht' },
  address: '192.0.2.1',
  userAgent: 'Mozilla/5.0',
  ...fields,
})

/** Writes entries, each with its MAC under a secret. */
export async function addAudit(db: Db, entries: Partial<AuditEntry>[], secret = SECRET): Promise<void> {
  const keys = createKeys(secret)
  await write(db, await Promise.all(entries.map(fields => auditRow(keys, auditEntry(fields)))))
}

/** Seals what is not sealed; gives the log's lines. */
export async function sealAudit(db: Db, now = NOON, secret = SECRET): Promise<string[]> {
  const lines: string[] = []
  await sealRows({
    db,
    keys: createKeys(secret),
    log: createLog('info', line => lines.push(line)),
    now: () => now,
  })
  return lines
}

/** What somebody with the database in their hands does first. */
export const unguard = (db: Db) =>
  db.executeMultiple(`DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_kept;
    DROP TRIGGER audit_seals_are_not_changed; DROP TRIGGER audit_seals_are_kept`)

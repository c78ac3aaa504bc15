import type { AuditEntry } from '../audit/record.ts'
import type { Call } from '../http/route.ts'
import type { LinkGate, ViewRow } from './store.ts'

/** Leaves to be recorded what happened to somebody with a genuine link, or who may come through one. */
export function recordAtDoor(
  { app, after, c, address }: Pick<Call<never, never>, 'app' | 'after' | 'c' | 'address'>,
  row: ViewRow & LinkGate,
  what: Pick<AuditEntry, 'action' | 'outcome' | 'actor' | 'params'>,
): void {
  const entry = {
    ...what,
    at: app.now(),
    target: { kind: 'link', id: row.linkId, name: row.label },
    room: row.roomId,
    address,
    userAgent: c.req.header('user-agent'),
  }
  app.audit.add(entry, after)
}

/** Which rows of the audit; empty fields do not count. `from` and `to` are ISO 8601, `to` not included. */
export type AuditQuery = Record<'actor' | 'action' | 'outcome' | 'room' | 'address' | 'from' | 'to', string>

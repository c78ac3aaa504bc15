import type { Context } from 'hono'
import { paramsOf } from '../audit/params.ts'
import { type AuditEntry, auditRow } from '../audit/record.ts'
import type { Caller } from '../auth/caller.ts'
import type { App } from '../deps.ts'
import type { After } from '../later.ts'
import { Problem } from '../problem.ts'
import type { Route, Told } from './route.ts'

/** Writes what a call did, or tried, into the audit. */
export interface Recorder {
  /** Once it is known. */
  caller: Caller | undefined
  /** The validated body, once it is. */
  body: unknown
  tell(what: Told): void
  /** The call has done its work: its entry is written before the answer goes out. */
  done(): Promise<void>
  /** The call was refused or failed. */
  failed(error: unknown): void
}

const STRANGER: AuditEntry['actor'] = { kind: 'stranger', id: null, name: 'Stranger' }

/**
 * The recorder of one call. A known caller's refusals become entries as well; what strangers try is only counted, and so
 * are tries beyond a limit. Strangers' entries are those of tries that were limited and that said something, such as a
 * failed sign-in: a flood must not become a flood of rows.
 */
export function recorderOf(
  app: App,
  { audit, limit, method, path }: Route,
  c: Context,
  address: string | undefined,
  after: After,
): Recorder {
  let told: Told = {}

  const entry = (outcome: AuditEntry['outcome'], own: { action: AuditEntry['action']; kind: string }) => {
    const {
      kind = own.kind,
      id = idIn(c),
      name,
      room = roomIn(c, path),
      params,
      actor = actorOf(recorder.caller),
    } = told
    return {
      at: app.now(),
      action: told.action ?? own.action,
      outcome,
      actor,
      target: { kind, id, ...(name === undefined ? {} : { name }) },
      room,
      params: params ?? paramsOf(recorder.body),
      address: address ?? null,
      userAgent: c.req.header('user-agent') ?? null,
    } satisfies AuditEntry
  }

  const recorder: Recorder = {
    caller: undefined,
    body: undefined,
    tell(what) {
      told = { ...told, ...what }
    },
    async done() {
      if (!audit) return
      const done = entry('done', audit)
      try {
        await app.db.execute(await auditRow(app.keys, done))
      } catch (error) {
        // The change has happened and its answer is due: the entry waits with those that may.
        app.log.error('audit.waits', { error: error instanceof Error ? error.name : 'unknown' })
        app.audit.add(done, after)
      }
    },
    failed(error) {
      if (!(error instanceof Problem) || error.status < 400 || error.status >= 500) return
      const { status, code } = error
      // A page asks who one is before anybody has signed in, and a start whether there is an owner: no try at anything.
      if (code === 'owner_exists' || (status === 401 && path === '/api/session')) return
      const tell = (own: NonNullable<Route['audit']>) =>
        app.audit.add(withCode(entry('refused', own), code), after)
      const count = () => app.audit.strangers(`${method} ${path} ${code}`, address)
      if (status === 401 || status === 429) count()
      else if (recorder.caller) {
        // A page at a blocked address goes on asking for news.
        if (audit || (status === 403 && code !== 'blocked'))
          tell(audit ?? { action: 'call.refused', kind: 'call' })
      } else if (audit && limit && !told.onlyCounted && !saysNothing(error)) tell(audit)
      else if (audit || limit) count()
    },
  }
  return recorder
}

/** What is refused a stranger before their try counts for a limit, at a blocked address, or for its form alone. */
const saysNothing = ({ status, code }: Problem): boolean =>
  [400, 413, 415].includes(status) || code === 'blocked' || code === 'foreign_origin'

const withCode = (entry: AuditEntry, code: string): AuditEntry => ({
  ...entry,
  params: { ...entry.params, code },
})

const actorOf = (caller: Caller | undefined): AuditEntry['actor'] =>
  caller ? { kind: caller.kind, id: caller.id, name: caller.name } : STRANGER

/** The innermost row that the path names. */
const idIn = (c: Context): string | null =>
  c.req.param('personId') ?? c.req.param('linkId') ?? c.req.param('id') ?? null

const roomIn = (c: Context, path: string): string | null =>
  path.startsWith('/api/rooms/:id') ? (c.req.param('id') ?? null) : null

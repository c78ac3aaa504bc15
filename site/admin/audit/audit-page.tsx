import { useEffect, useMemo, useState } from 'preact/hooks'
import { type AuditItem, auditFile, type Session, type User } from '../api/client.ts'
import { usePoll } from '../api/use-poll.ts'
import { listenForKeys } from '../keys.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { readerZone } from '../time/zone.ts'
import { DownloadButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useSettled } from '../ui/use-settled.ts'
import { AuditDetails } from './audit-details.tsx'
import { AuditFilterBar, focusAddress } from './audit-filter-bar.tsx'
import { AuditTable } from './audit-table.tsx'
import { type AuditFilter, auditQuery, everything, isNarrow, isPartOfAddress } from './filter.ts'
import { createAuditState } from './state.ts'

/** Everything that happened, newest first. */
export function AuditPage({ session }: { session: Session }) {
  if (session.rights.includes('audit:read')) return <Audit session={session} />
  return (
    <>
      <PageHead title={t.audit.title} />
      <EmptyState title={t.notForYou} says={t.notForYouSay} />
    </>
  )
}

function Audit({ session }: { session: Session }) {
  const state = useMemo(createAuditState, [])
  const [filter, setFilter] = useState<AuditFilter>(everything)
  const [open, setOpen] = useState<AuditItem | null>(null)
  const users = useUsers(session)
  const query = auditQuery({ ...filter, address: useSettled(filter.address) }, readerZone())
  const refresh = usePoll(state.keyOf(query), () => state.refresh(query))
  useEffect(
    () =>
      listenForKeys(action => {
        if (action === 'find') focusAddress()
        return action === 'find'
      }),
    [],
  )
  function narrow(next: AuditFilter) {
    state.restart()
    setFilter(next)
  }
  const rows = state.rows()
  const failure = state.failure.value
  return (
    <>
      <PageHead title={t.audit.title}>
        <DownloadButton href={auditFile(query, 'csv')}>{t.audit.csv}</DownloadButton>
        <DownloadButton href={auditFile(query, 'jsonl')}>{t.audit.jsonLines}</DownloadButton>
      </PageHead>
      <AuditFilterBar filter={filter} users={users} onFilter={narrow} />
      {rows === null &&
        (failure ? (
          <ErrorState title={t.audit.notLoaded} failure={failure} onRetry={() => void refresh()} />
        ) : (
          <p class="dim" role="status">
            {t.loading}
          </p>
        ))}
      {rows && failure && !failure.passing && <FailureNote failure={failure} />}
      {rows?.length === 0 && (
        <EmptyState
          title={isNarrow(filter) ? t.audit.noMatch : t.audit.none}
          says={
            !isNarrow(filter)
              ? t.audit.noneSay
              : isPartOfAddress(filter.address)
                ? t.audit.wholeAddress
                : t.audit.noMatchSay
          }
        />
      )}
      {rows && rows.length > 0 && (
        <AuditTable
          rows={rows}
          keptDays={state.keptDays()}
          onOpen={setOpen}
          onNewer={state.newer()}
          onOlder={state.older()}
        />
      )}
      {open && (
        <AuditDetails
          row={open}
          onClose={() => setOpen(null)}
          onOnly={change => {
            setOpen(null)
            narrow({ ...filter, ...change })
          }}
        />
      )}
    </>
  )
}

/** Whom the filter offers: the newest hundred. Without them one still chooses somebody from a row. */
function useUsers(session: Session): readonly User[] {
  const [users, setUsers] = useState<readonly User[]>([])
  const sees = session.rights.includes('users:read')
  useEffect(() => {
    if (!sees) return
    api.users(null, null).then(
      got => setUsers(got?.value.items ?? []),
      () => undefined,
    )
  }, [sees])
  return users
}

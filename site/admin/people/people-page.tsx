import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Session, User } from '../api/client.ts'
import { usePoll } from '../api/use-poll.ts'
import { BlockCard } from '../blocks/block-card.tsx'
import { listenForKeys } from '../keys.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { InvitationReady } from './invitation-ready.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { RightsMatrix } from './rights-matrix.tsx'
import { createPeopleState } from './state.ts'
import type { UserAction } from './user-actions.ts'
import { type MadeLink, UserDialogs } from './user-dialogs.tsx'
import { UserTable } from './user-table.tsx'

/** Who can sign in and what their roles allow; which addresses are kept out. */
export function PeoplePage({ session }: { session: Session }) {
  const sees = { users: session.rights.includes('users:read'), blocks: session.rights.includes('blocks') }
  const invites = session.rights.includes('users:write')
  const state = useMemo(() => createPeopleState(sees), [sees.users, sees.blocks])
  const refresh = usePoll(sees.users || sees.blocks ? 'people' : '', () => state.refresh())
  const [inviting, setInviting] = useState(false)
  const [acting, setActing] = useState<{ user: User; which: UserAction } | null>(null)
  const [made, setMade] = useState<MadeLink | null>(null)
  useEffect(
    () =>
      listenForKeys(action => {
        if (action !== 'new' || !invites) return false
        setInviting(true)
        return true
      }),
    [invites],
  )
  /** The row that had the focus may have left the list: then the page's head takes it. */
  async function changed() {
    await refresh()
    if (document.activeElement === document.body) document.querySelector('h1')?.focus()
  }
  const users = state.users()
  const rights = state.rights.value
  const failure = state.failure.value

  if (!sees.users && !sees.blocks)
    return (
      <>
        <PageHead title={t.nav.people} />
        <EmptyState title={t.notForYou} says={t.notForYouSay} />
      </>
    )
  return (
    <>
      <PageHead title={t.nav.people}>
        {invites && (
          <Button kind="primary" icon="plus" onClick={() => setInviting(true)}>
            {t.users.invite} <kbd>C</kbd>
          </Button>
        )}
      </PageHead>
      {users === null &&
        (failure ? (
          <ErrorState title={t.users.notLoaded} failure={failure} onRetry={() => void refresh()} />
        ) : (
          <p class="dim" role="status">
            {t.loading}
          </p>
        ))}
      {users && sees.users && (
        <UserTable
          users={users}
          viewer={session}
          onMore={state.moreUsers()}
          onAct={(user, which) => setActing({ user, which })}
        />
      )}
      {users && sees.blocks && (
        <BlockCard blocks={state.blocks()} users={users} onMore={state.moreBlocks()} onChanged={changed} />
      )}
      {users && rights && <RightsMatrix table={rights} />}
      {inviting && (
        <InviteDialog own={session.role} onClose={() => setInviting(false)} onMade={() => void refresh()} />
      )}
      {acting && (
        <UserDialogs
          {...acting}
          own={session.role}
          onClose={() => setActing(null)}
          onChanged={() => void changed()}
          onLink={setMade}
        />
      )}
      {/* Only once the dialog before has given the focus back: that is where it returns to. */}
      {made && !acting && <InvitationReady {...made} onClose={() => setMade(null)} />}
    </>
  )
}

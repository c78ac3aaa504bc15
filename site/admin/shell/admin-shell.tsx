import { useEffect, useState } from 'preact/hooks'
import type { Session } from '../api/client.ts'
import { AuditPage } from '../audit/audit-page.tsx'
import { listenForKeys } from '../keys.ts'
import { PeoplePage } from '../people/people-page.tsx'
import { RoomPage } from '../room/room-page.tsx'
import { RoomSettingsPage } from '../room-settings/room-settings-page.tsx'
import { RoomsPage } from '../rooms/rooms-page.tsx'
import { go, route } from '../route.ts'
import { ServerPage } from '../server/server-page.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'
import { t } from '../text.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { LostBanner } from './lost-banner.tsx'
import { NavRail } from './nav-rail.tsx'
import { pagesFor } from './pages-for.ts'
import { ServerBanner } from './server-banner.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

/** Everything behind the door: the rail, what concerns all pages, and the page. */
export function AdminShell({ session }: { session: Session }) {
  const [keys, setKeys] = useState(false)
  const sees = pagesFor(session.rights)
  useEffect(
    () =>
      listenForKeys(action => {
        if (action === 'rooms' || action === 'server') go({ page: action })
        else if (action === 'keys') setKeys(true)
        else if (action !== 'new' && action !== 'find' && sees[action]) go({ page: action })
        else return false
        return true
      }),
    [sees.people, sees.audit, sees.settings],
  )
  return (
    <div class="admin-shell">
      <NavRail sees={sees} />
      <main class="page">
        {session.demo && <p class="demo-line">{t.demo}</p>}
        <LostBanner />
        <ServerBanner configured={session.originConfigured} />
        <Page session={session} />
      </main>
      {keys && <ShortcutsDialog onClose={() => setKeys(false)} />}
    </div>
  )
}

function Page({ session }: { session: Session }) {
  const shown = route.value
  switch (shown.page) {
    case 'rooms':
      return <RoomsPage />
    case 'room':
      return <RoomPage key={shown.id} id={shown.id} session={session} />
    case 'room-settings':
      return <RoomSettingsPage key={shown.id} id={shown.id} />
    case 'server':
      return <ServerPage session={session} />
    case 'people':
      return <PeoplePage session={session} />
    case 'audit':
      return <AuditPage session={session} />
    case 'settings':
      return <SettingsPage session={session} />
    default:
      return (
        <>
          <PageHead title={t.unknown.title} crumb={t.nav.rooms} />
          <EmptyState title={t.unknown.nothing} says={t.unknown.says} />
        </>
      )
  }
}

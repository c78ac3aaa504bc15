import { useEffect, useState } from 'preact/hooks'
import type { Session } from '../api/client.ts'
import { listenForKeys } from '../keys.ts'
import { RoomPage } from '../room/room-page.tsx'
import { RoomsPage } from '../rooms/rooms-page.tsx'
import { go, route } from '../route.ts'
import { ServerPage } from '../server/server-page.tsx'
import { t } from '../text.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { LostBanner } from './lost-banner.tsx'
import { NavRail } from './nav-rail.tsx'
import { ServerBanner } from './server-banner.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

/** Everything behind the door: the rail, what concerns all pages, and the page. */
export function AdminShell({ session }: { session: Session }) {
  const [keys, setKeys] = useState(false)
  useEffect(
    () =>
      listenForKeys(action => {
        if (action === 'rooms' || action === 'server') go({ page: action })
        else if (action === 'keys') setKeys(true)
        else return false
        return true
      }),
    [],
  )
  return (
    <div class="admin-shell">
      <NavRail />
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
    case 'server':
      return <ServerPage session={session} />
    case 'unknown':
      return (
        <>
          <PageHead title={t.unknown.title} crumb={t.nav.rooms} />
          <EmptyState title={t.unknown.nothing} says={t.unknown.says} />
        </>
      )
  }
}

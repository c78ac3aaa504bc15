import { liveCount } from '../rooms/state.ts'
import { route } from '../route.ts'
import { session } from '../session.ts'
import { shared, t } from '../text.ts'
import { AppLink } from '../ui/app-link.tsx'
import { Icon, MarkIcon } from '../ui/icon.tsx'
import type { Pages } from './pages-for.ts'
import { SignOutButton } from './sign-out-button.tsx'

/** The pages, at the left; a bar at the bottom on phones. */
export function NavRail({ sees }: { sees: Pages }) {
  const page = route.value.page
  const live = liveCount()
  return (
    <nav class="nav-rail" aria-label={t.nav.label}>
      <span class="mark">
        <MarkIcon />
        {shared.product}
      </span>
      <AppLink to={{ page: 'rooms' }} current={page.startsWith('room')}>
        <Icon is="rooms" />
        <span>{t.nav.rooms}</span>
        {live ? (
          <span class="count" title={t.nav.live(live)}>
            {live}
          </span>
        ) : null}
      </AppLink>
      <AppLink to={{ page: 'server' }} current={page === 'server'}>
        <Icon is="origin" />
        <span>{t.nav.server}</span>
      </AppLink>
      {sees.people && (
        <AppLink to={{ page: 'people' }} current={page === 'people'}>
          <Icon is="people" />
          <span>{t.nav.people}</span>
        </AppLink>
      )}
      {sees.audit && (
        <AppLink to={{ page: 'audit' }} current={page === 'audit'}>
          <Icon is="audit" />
          <span>{t.nav.audit}</span>
        </AppLink>
      )}
      {sees.settings && (
        <AppLink to={{ page: 'settings' }} current={page === 'settings'}>
          <Icon is="settings" />
          <span>{t.nav.settings}</span>
        </AppLink>
      )}
      <Who />
    </nav>
  )
}

/** Who is signed in, and the way out. */
function Who() {
  const state = session.value
  if (state.is !== 'signed-in') return null
  const { user, role } = state.session
  return (
    <div class="who">
      <div class="name">
        {user?.name ?? t.nav.machine}
        <span>{t.roles[role]}</span>
      </div>
      <SignOutButton kind="ghost" />
    </div>
  )
}

import type { ReadonlySignal } from '@preact/signals'
import { Mark } from '../lib/icon.tsx'
import type { Api } from './api.ts'
import { OpenForm } from './open-form.tsx'
import { RoomList } from './room-list.tsx'
import type { Rooms } from './rooms.ts'
import { shared, t } from './text.ts'

interface AppProps {
  find: Api['find']
  rooms: ReadonlySignal<Rooms>
  refresh(): void
  origin: string
  go(href: string): void
}

/** The page at the bare address, in the manner of the doors: a way in for a link or a name, and who is open to all. */
export function App({ find, rooms, refresh, origin, go }: AppProps) {
  return (
    <section class="door landing">
      <header>
        <Mark name={shared.product} />
      </header>
      <main class="card">
        <div class="way-in">
          <div class="say">
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
          </div>
          <OpenForm find={find} origin={origin} go={go} />
        </div>
        <RoomList rooms={rooms.value} again={refresh} />
      </main>
      <footer>
        <a href="/admin">{t.staff}</a>
      </footer>
    </section>
  )
}

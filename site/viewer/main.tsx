import { render } from 'preact'
import { keepFor } from '../lib/keep.ts'
import { pathOf, readWay } from './address.ts'
import { createApi } from './api.ts'
import { App } from './app.tsx'
import { openWire } from './live/wire.ts'
import { startVisit } from './visitor.ts'

// On its way while the link is being checked: the first frame waits for neither alone.
const loadPlayer = () => import('../player/player.ts')
const way = readWay(location)
const keep = way && keepFor(way)
// A token is nobody else's to see: not in the address, not in the history, not when the page is loaded again.
if (way?.token) history.replaceState(null, '', location.pathname + location.hash)
if (way?.secret || keep?.get()) loadPlayer().catch(() => {})

const visitor = startVisit({
  way,
  api: createApi(fetch.bind(globalThis)),
  keep,
  openWire,
  showPlace(sub, back) {
    const address = pathOf(way!.slug, sub) + location.hash
    if (address === location.pathname + location.hash) return
    if (back) history.replaceState(null, '', address)
    else history.pushState(null, '', address)
  },
  loadPlayer,
  loadSignIn: () => import('./sign-in.ts'),
})
const root = document.getElementById('app')
if (root) render(<App visitor={visitor} root={root} />, root)

// Back and forth between the room and its sub-rooms.
addEventListener('popstate', () => visitor.goTo(readWay(location)?.sub ?? null))
// Another link typed over this one is another visit.
addEventListener('hashchange', () => location.reload())

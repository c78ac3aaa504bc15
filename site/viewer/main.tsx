import { render } from 'preact'
import { readLink } from './address.ts'
import { createApi } from './api.ts'
import { App } from './app.tsx'
import { keepFor } from './keep.ts'
import { startVisit } from './visitor.ts'

// On its way while the link is being checked: the first frame waits for neither alone.
const loadPlayer = () => import('../player/player.ts')
const link = readLink(location)
if (link) loadPlayer().catch(() => {})

const visitor = startVisit({
  link,
  api: createApi(fetch.bind(globalThis)),
  keep: link && keepFor(link),
  loadPlayer,
})
const root = document.getElementById('app')
if (root) render(<App visitor={visitor} root={root} />, root)

// Another link typed over this one is another visit.
addEventListener('hashchange', () => location.reload())

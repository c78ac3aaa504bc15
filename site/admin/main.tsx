import { effect } from '@preact/signals'
import { render } from 'preact'
import { passkeyPlace } from '../lib/passkey-place.ts'
import { App } from './app.tsx'
import { takeProviderQuery } from './callback/query.ts'
import { forgetRooms } from './rooms/state.ts'
import { route, startRouting } from './route.ts'
import { check, keep, session } from './session.ts'
import { watchLinkSecret } from './welcome/secret.ts'

function start(): void {
  watchLinkSecret()
  takeProviderQuery()
  const { page } = route.peek()
  if (page !== 'welcome' && page !== 'callback') void check()
  effect(() => {
    if (session.value.is === 'signed-out') forgetRooms()
  })
  for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, () => void keep(Date.now()))
  const root = document.getElementById('app')
  if (root) render(<App />, root)
}

startRouting()
const place = passkeyPlace(location.href, isSecureContext)
// What the sign-in provider sends back belongs to the address where it began.
if (place.is === 'elsewhere' && route.peek().page !== 'callback') location.replace(place.address)
else start()

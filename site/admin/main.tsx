import { effect } from '@preact/signals'
import { render } from 'preact'
import { App } from './app.tsx'
import { forgetRooms } from './rooms/state.ts'
import { startRouting } from './route.ts'
import { session, startSession } from './session.ts'

startRouting()
startSession()
effect(() => {
  if (session.value.is === 'signed-out') forgetRooms()
})
const root = document.getElementById('app')
if (root) render(<App />, root)

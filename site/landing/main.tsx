import { render } from 'preact'
import { createApi } from './api.ts'
import { App } from './app.tsx'
import { watchRooms } from './rooms.ts'

const api = createApi(fetch.bind(globalThis))
const { rooms, refresh } = watchRooms(api, {
  hidden: () => document.hidden,
  onShown: wake => document.addEventListener('visibilitychange', () => document.hidden || wake()),
  after: (ms, then) => void setTimeout(then, ms),
})

const root = document.getElementById('app')
if (root)
  render(
    <App
      find={api.find}
      rooms={rooms}
      refresh={() => void refresh()}
      origin={location.origin}
      go={href => location.assign(href)}
    />,
    root,
  )

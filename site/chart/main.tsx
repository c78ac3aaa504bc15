import { render } from 'preact'
import { createApi } from './api.ts'
import { App } from './app.tsx'
import { keepClock } from './clock.ts'

const token = location.hash.slice(1) || null
const clock = keepClock(createApi(fetch.bind(globalThis)), token, {
  steady: () => performance.now(),
  after: (ms, then) => void setTimeout(then, ms),
})

const root = document.getElementById('app')
if (root) render(<App clock={clock} />, root)

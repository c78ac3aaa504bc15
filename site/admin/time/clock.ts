import { signal } from '@preact/signals'
import type { Here } from './say.ts'
import { readerZone } from './zone.ts'

/** How often sentences such as “Live 42 min” are written anew, in ms. */
const TICK = 10_000

const now = signal(Date.now())
setInterval(() => {
  if (!document.hidden) now.value = Date.now()
}, TICK)
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) now.value = Date.now()
})

/** Now and here; a component that calls it is drawn again as time passes. */
export const here = (): Here => ({ now: now.value, zone: readerZone() })

import { useEffect, useState } from 'preact/hooks'
import { lost } from '../api/use-poll.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { readiness } from './readiness.ts'

/** While the server cannot be reached: when it is tried again. What is on the page stays. */
export function LostBanner() {
  const state = lost.value
  const [now, setNow] = useState(Date.now())
  const waiting = state !== null
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [waiting])
  // A database that is down has a banner of its own, which says more.
  if (!state || (state.failure.code === 'unavailable' && readiness.value?.ready.database === 'down'))
    return null
  const seconds = Math.max(0, Math.ceil((state.retryAt - Math.max(now, Date.now())) / 1000))
  return (
    <div class="banner poor">
      <Glyph is="poor" />
      <p>
        <b role="alert">{state.failure.status === 0 ? t.lost.title : t.lost.fails}</b>{' '}
        <span>{t.lost.retry(seconds)}</span>
      </p>
      <Button onClick={state.retry}>{t.lost.now}</Button>
    </div>
  )
}

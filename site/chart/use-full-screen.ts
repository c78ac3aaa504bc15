import { useEffect, useState } from 'preact/hooks'

/** Full screen of the page, with the display kept on meanwhile; null where the browser has none. */
export function useFullScreen(): { on: boolean; toggle(): void } | null {
  const [on, setOn] = useState(false)
  useEffect(() => {
    const changed = () => setOn(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [])
  useEffect(() => {
    if (!on) return
    const lock = navigator.wakeLock?.request('screen').catch(() => null)
    return () => void lock?.then(held => held?.release())
  }, [on])
  if (!document.fullscreenEnabled) return null
  return {
    on,
    toggle: () =>
      void (on ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {}),
  }
}

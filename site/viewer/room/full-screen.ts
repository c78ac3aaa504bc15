import { useEffect, useState } from 'preact/hooks'

/** An iPhone gives the full screen to a video only, with its own controls. */
interface PhoneVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void
}

/** Whether the page fills the screen, and a switch for it. Null where a browser has no full screen at all. */
export function useFullScreen(video: HTMLVideoElement | null): { on: boolean; turn: (() => void) | null } {
  const [on, tell] = useState(document.fullscreenElement !== null)
  useEffect(() => {
    const changed = () => tell(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [])
  const phone = video as PhoneVideo | null
  if (document.fullscreenEnabled) return { on, turn: turnPage }
  return { on: false, turn: phone?.webkitEnterFullscreen ? () => phone.webkitEnterFullscreen?.() : null }
}

function turnPage(): void {
  // The browser may refuse without a touch; then nothing happens, as it should.
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
  else document.documentElement.requestFullscreen().catch(() => {})
}

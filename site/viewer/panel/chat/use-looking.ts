import { useEffect } from 'preact/hooks'
import type { Live } from '../../live/room-store.ts'

/** Tells the conversation whether its end is in sight: there, on a page that is looked at. */
export function useLooking({ talk }: Live, atEnd: boolean): void {
  useEffect(() => {
    const look = () => talk({ type: 'look', looking: atEnd && document.visibilityState === 'visible' })
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      talk({ type: 'look', looking: false })
    }
  }, [talk, atEnd])
}

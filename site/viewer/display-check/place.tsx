import { useEffect, useState } from 'preact/hooks'
import type { Live } from '../live/room-store.ts'

/** When its file could not be loaded, in ms. */
const LOAD_AGAIN = 2000

type Loaded = typeof import('./display-check.tsx')

/** Where the display check stands once its file is here. */
export function DisplayCheckPlace({ live, close }: { live: Live; close: (() => void) | null }) {
  const [loaded, tell] = useState<Loaded | null>(null)
  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = () =>
      import('./display-check.tsx').then(
        file => gone || tell(file),
        () => {
          if (!gone) timer = setTimeout(load, LOAD_AGAIN)
        },
      )
    load()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [])
  return loaded && <loaded.DisplayCheck live={live} close={close} />
}

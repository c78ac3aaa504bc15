import { useEffect, useState } from 'preact/hooks'
import type { Desk } from './desk.ts'
import type { Kit } from './kit.tsx'

/** The picture comes first: the instruments follow its first frame, or come after so long without one, in ms. */
const WAIT = 1000
/** When their file could not be loaded, in ms. */
const LOAD_AGAIN = 2000

type Parts = typeof import('./kit.tsx')

/** The instruments once they are here, and what they look like. */
export interface Instruments {
  kit: Kit
  parts: Parts
}

/** Loads the instruments around the picture; null until they are here. */
export function useKit(desk: Desk): Instruments | null {
  const [instruments, tell] = useState<Instruments | null>(null)
  const seen = desk.video.value !== null
  const [due, be] = useState(false)

  useEffect(() => {
    const timer = setTimeout(() => be(true), seen ? 0 : WAIT)
    return () => clearTimeout(timer)
  }, [seen])

  useEffect(() => {
    if (!due) return
    let gone = false
    let close = () => {}
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = () =>
      import('./kit.tsx').then(
        parts => {
          if (gone) return
          const kit = parts.openKit(desk)
          close = () => parts.closeKit(kit)
          tell({ kit, parts })
        },
        () => {
          if (!gone) timer = setTimeout(load, LOAD_AGAIN)
        },
      )
    load()
    return () => {
      gone = true
      clearTimeout(timer)
      close()
      tell(null)
    }
  }, [desk, due])
  return instruments
}

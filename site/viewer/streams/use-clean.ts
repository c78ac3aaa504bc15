import { useEffect, useState } from 'preact/hooks'
import type { CleanWay } from '../address.ts'
import type { Instruments } from '../instruments/use-kit.ts'
import { chosenOf } from './chosen.ts'

/** When its file could not be loaded, in ms. */
const LOAD_AGAIN = 2000

type Clean = typeof import('./clean-view.tsx')

/** The clean view, where the address asks for it, with the stream that it names; null until it is here. */
export function useClean(way: CleanWay | null, instruments: Instruments | null): Clean | null {
  const [clean, tell] = useState<Clean | null>(null)
  const [tries, again] = useState(0)
  useEffect(() => {
    if (!way || clean) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    import('./clean-view.tsx').then(
      file => gone || tell(file),
      () => {
        if (!gone) timer = setTimeout(() => again(tries + 1), LOAD_AGAIN)
      },
    )
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [way, clean, tries])

  const kit = instruments?.kit
  const chosen = way && kit ? chosenOf(kit.live.room.value?.streams ?? [], way.stream)?.id : undefined
  useEffect(() => {
    if (kit && chosen) kit.streams.enlarge(chosen)
  }, [kit, chosen])
  return clean
}

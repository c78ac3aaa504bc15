import { useEffect, useState } from 'preact/hooks'

/** When its file could not be loaded, in ms. */
const LOAD_AGAIN = 2000

type Clean = typeof import('./clean-view.tsx')

/** The clean view, where the address asks for it; null until it is here. */
export function useClean(wanted: boolean): Clean | null {
  const [clean, tell] = useState<Clean | null>(null)
  const [tries, again] = useState(0)
  useEffect(() => {
    if (!wanted || clean) return
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
  }, [wanted, clean, tries])
  return clean
}

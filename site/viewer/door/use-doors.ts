import { useEffect, useState } from 'preact/hooks'

/** When their file could not be loaded, in ms. */
const LOAD_AGAIN = 2000

type Doors = typeof import('./doors.tsx')

/** The doors, loaded when the first of them is needed; null until they are here. */
export function useDoors(needed: boolean): Doors | null {
  const [doors, tell] = useState<Doors | null>(null)
  const [tries, again] = useState(0)
  useEffect(() => {
    if (!needed || doors) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    import('./doors.tsx').then(
      file => gone || tell(file),
      () => {
        if (!gone) timer = setTimeout(() => again(tries + 1), LOAD_AGAIN)
      },
    )
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [needed, doors, tries])
  return doors
}

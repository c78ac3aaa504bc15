import { useEffect, useState } from 'preact/hooks'
import type { PanelTab } from '../panel/panel-tab.ts'

/** When the panel's file could not be loaded, in ms. */
const LOAD_AGAIN = 2000

const UPRIGHT = '(max-width: 640px) and (orientation: portrait)'

type Loaded = typeof import('../panel/side-panel.tsx')

/** The side panel: which tab is open, if one is, and its own file once it is here. */
export interface SidePanelUse {
  /** Null: nothing is open. */
  tab: PanelTab | null
  Panel: Loaded['SidePanel'] | null
  /** On a phone held upright it is always there. */
  fixed: boolean
  open(tab: PanelTab): void
  close(): void
}

export function useSidePanel(): SidePanelUse {
  const [chosen, choose] = useState<PanelTab | null>(null)
  const fixed = useUpright()
  const tab = chosen ?? (fixed ? 'chat' : null)
  const loaded = useLoaded(tab !== null)
  return {
    tab,
    Panel: loaded?.SidePanel ?? null,
    fixed,
    open: choose,
    close: () => choose(null),
  }
}

function useLoaded(wanted: boolean): Loaded | null {
  const [loaded, tell] = useState<Loaded | null>(null)
  const [tries, again] = useState(0)
  useEffect(() => {
    if (!wanted || loaded) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    import('../panel/side-panel.tsx').then(
      file => gone || tell(file),
      () => {
        if (!gone) timer = setTimeout(() => again(tries + 1), LOAD_AGAIN)
      },
    )
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [wanted, loaded, tries])
  return loaded
}

function useUpright(): boolean {
  const [upright, tell] = useState(() => matchMedia(UPRIGHT).matches)
  useEffect(() => {
    const query = matchMedia(UPRIGHT)
    const changed = () => tell(query.matches)
    changed()
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, [])
  return upright
}

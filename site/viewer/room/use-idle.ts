import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** The bars leave after this, in ms (`--idle-hide` of the design). */
const IDLE_AFTER = 3000
const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

/** Whether nobody touched anything for 3 s. Never while a bar is hovered or has the focus, nor while not `allowed`. */
export function useIdle(root: RefObject<HTMLElement | null>, allowed: boolean): boolean {
  const [idle, tell] = useState(false)
  useEffect(() => {
    tell(false)
    if (!allowed) return
    let timer: ReturnType<typeof setTimeout>
    const leave = () => {
      if (
        root.current?.querySelector(
          ':is(.top-bar, .control-bar):hover, :is(.top-bar, .control-bar, .side-panel) :focus-visible',
        )
      )
        wake()
      else tell(true)
    }
    const wake = () => {
      clearTimeout(timer)
      timer = setTimeout(leave, IDLE_AFTER)
      tell(false)
    }
    wake()
    for (const sign of signs) addEventListener(sign, wake)
    return () => {
      clearTimeout(timer)
      for (const sign of signs) removeEventListener(sign, wake)
    }
  }, [root, allowed])
  return idle
}

import { useEffect, useState } from 'preact/hooks'

/** How long the bar stays after the pointer rests, ms. */
const REST = 3_000

/** Whether somebody has moved a pointer, or pressed something, within the last moments. Not from the beginning: a page that is captured shows the chart alone. */
export function useAwake(): boolean {
  const [awake, setAwake] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wake = () => {
      setAwake(true)
      clearTimeout(timer)
      timer = setTimeout(() => setAwake(false), REST)
    }
    const kinds = ['pointermove', 'pointerdown', 'keydown'] as const
    for (const kind of kinds) addEventListener(kind, wake)
    return () => {
      clearTimeout(timer)
      for (const kind of kinds) removeEventListener(kind, wake)
    }
  }, [])
  return awake
}

import { useEffect, useRef } from 'preact/hooks'

/** A finger that rests for so long means it, in ms; one that moves further than this scrolls, in px. */
const LONG = 500
const FAR = 10

/** Handlers for what a long touch, a right click or a menu key asks for: `open` gets what was under it. */
export function useLongPress(open: (target: Element) => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const from = useRef({ x: 0, y: 0 })
  const stop = () => clearTimeout(timer.current)
  useEffect(() => stop, [])
  return {
    onPointerDown(event: PointerEvent) {
      const { target } = event
      if (event.pointerType === 'mouse' || !(target instanceof Element)) return
      from.current = { x: event.clientX, y: event.clientY }
      stop()
      timer.current = setTimeout(() => open(target), LONG)
    },
    onPointerMove(event: PointerEvent) {
      if (Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y) > FAR) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu(event: MouseEvent) {
      stop()
      // Selected text and links keep the browser's own menu.
      const { target } = event
      if (!(target instanceof Element) || target.closest('a') || String(getSelection())) return
      event.preventDefault()
      open(target)
    },
  }
}

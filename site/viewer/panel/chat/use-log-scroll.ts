import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** So near to its end a log is at its end, and so near to its beginning it wants more, in px. */
const NEAR = 24
const UP = 48

interface LogScroll {
  /** The end is in sight. */
  atEnd: boolean
  toEnd(): void
  scrolled(): void
}

interface Shown {
  /** The first and the last line, by name. */
  first: string
  last: string
  /** The last thing that somebody did here themselves, by name: whoever writes wants to see it. */
  own: string
  /** Nothing moves: something is open beside a line. */
  held: boolean
  /** Somebody went up to the beginning of what is shown. */
  onTop(): void
}

/**
 * Keeps the end of a log in sight while somebody is there, and what they read in its place while they are further up:
 * also where the browser itself does not.
 */
export function useLogScroll(
  box: RefObject<HTMLElement | null>,
  { first, last, own, held, onTop }: Shown,
): LogScroll {
  const [atEnd, tell] = useState(false)
  const stuck = useRef(true)
  /** How far the top of the view is from the end of the log. */
  const left = useRef(0)
  const before = useRef(first)
  const mine = useRef(own)
  const still = useRef(held)
  still.current = held

  const measure = () => {
    const { current } = box
    if (!current) return
    left.current = current.scrollHeight - current.scrollTop
    stuck.current = left.current - current.clientHeight < NEAR
    tell(stuck.current)
  }
  const toEnd = () => {
    const { current } = box
    if (!current) return
    current.scrollTop = current.scrollHeight
    measure()
  }

  // Opened with news in it, it begins where the news begin.
  useLayoutEffect(() => {
    const { current } = box
    const mark = current?.querySelector<HTMLElement>('.new-mark')
    if (!current || !mark) return toEnd()
    current.scrollTop = Math.min(mark.offsetTop - UP, current.scrollHeight)
    measure()
  }, [])

  useLayoutEffect(() => {
    const { current } = box
    if (!current || held) return
    if (stuck.current || own !== mine.current) toEnd()
    else if (before.current !== first) {
      current.scrollTop = current.scrollHeight - left.current
      measure()
    }
    before.current = first
    mine.current = own
  }, [first, last, own, held])

  useEffect(() => {
    const { current } = box
    if (!current) return
    // The composer grows, a keyboard comes up, a picture of the text is laid out anew.
    const observer = new ResizeObserver(() => {
      if (stuck.current && !still.current) toEnd()
    })
    observer.observe(current)
    for (const child of current.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])

  return {
    atEnd,
    toEnd,
    scrolled() {
      measure()
      if ((box.current?.scrollTop ?? UP) < UP) onTop()
    },
  }
}

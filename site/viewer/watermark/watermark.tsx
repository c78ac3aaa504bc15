import { useEffect, useRef } from 'preact/hooks'
import type { Live } from '../live/room-store.ts'
import { layMark, type Mark } from './layer.ts'

/** A page that loses its mark says so once in so long, in ms. */
const SAID_EVERY = 60_000

interface WatermarkProps {
  /** Null: the picture is not marked. */
  mark: Mark | null
  live: Live
}

/** Who watches, over the picture that this stands in. */
export function Watermark({ mark, live }: WatermarkProps) {
  const here = useRef<HTMLSpanElement>(null)
  const mode = mark?.mode
  const text = mark?.text
  useEffect(() => {
    const picture = here.current?.parentElement
    if (!picture || !mode || text === undefined) return
    let saidAt = Number.NEGATIVE_INFINITY
    return layMark(picture, { mode, text }, () => {
      if (performance.now() - saidAt < SAID_EVERY) return
      saidAt = performance.now()
      live.send({ type: 'watermark.removed' })
    })
  }, [mode, text, live])
  return <span ref={here} hidden />
}

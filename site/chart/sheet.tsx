import { useEffect, useRef } from 'preact/hooks'
import type { Chart } from '../colour/chart.ts'
import { drawStrip } from '../colour/draw-chart.ts'
import type { ServerClock } from './clock.ts'
import { contextOf, drawLabel, drawSheet } from './draw.ts'
import type { Fit } from './fit.ts'
import { t } from './text.ts'

interface SheetProps {
  fit: Fit
  clock: ServerClock
  /** What the chart says of its clock in words. */
  said: string
}

/**
 * The chart itself. Only the strip is drawn with each frame of the display, with the server's time of that frame; the rest
 * when the window's size or the words change.
 */
export function Sheet({ fit: { chart: size, css }, clock, said }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const chart = useRef<Chart | null>(null)
  const words = useRef(said)
  words.current = said

  useEffect(() => {
    const context = canvas.current && contextOf(canvas.current)
    if (!context) return
    Object.assign(context.canvas, { width: size.width, height: size.height })
    const drawn = drawSheet(context, size, words.current)
    chart.current = drawn
    let last: number | undefined
    const draw = (now: number) => {
      const state = clock.state.peek()
      const chartId = 'chartId' in state ? state.chartId : 0
      const time = clock.at(now)
      if (time === null) {
        if (last !== 0) drawStrip(context, drawn, { kind: 'still', chartId, time: 0 })
        last = 0
      } else {
        drawStrip(context, drawn, { kind: 'clock', chartId, time })
        last = time
      }
      frame = requestAnimationFrame(draw)
    }
    let frame = requestAnimationFrame(draw)
    return () => cancelAnimationFrame(frame)
  }, [size.width, size.height, clock])

  useEffect(() => {
    const context = canvas.current && contextOf(canvas.current)
    if (context && chart.current) drawLabel(context, chart.current, said)
  }, [said])

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t.picture}
      style={{ width: `${css.width}px`, height: `${css.height}px` }}
    />
  )
}

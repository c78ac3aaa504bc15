import { drawStrip } from '../colour/draw-chart.ts'
import { contextOf, drawSheet } from './draw.ts'
import type { Size } from './fit.ts'
import { t } from './text.ts'

/** Gives the chart as a PNG that says it is a still: for a grading application, which sends it as any picture. */
export async function download(size: Size, chartId: number): Promise<void> {
  const canvas = Object.assign(document.createElement('canvas'), size)
  const context = contextOf(canvas)
  if (!context) return
  const chart = drawSheet(context, size, t.still)
  drawStrip(context, chart, { kind: 'still', chartId, time: 0 })
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'))
  if (!blob) return
  const href = URL.createObjectURL(blob)
  const name = `sightline-chart-${size.width}x${size.height}.png`
  Object.assign(document.createElement('a'), { href, download: name }).click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

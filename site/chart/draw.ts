import { type Chart, chartOf, GROUND } from '../colour/chart.ts'
import { drawChart } from '../colour/draw-chart.ts'
import type { Size } from './fit.ts'
import { t } from './text.ts'

/** Draws all of the chart but the strip, with its size and what is said of its clock. */
export function drawSheet(context: CanvasRenderingContext2D, { width, height }: Size, said: string): Chart {
  const chart = chartOf(width, height)
  drawChart(context, chart)
  drawLabel(context, chart, said)
  return chart
}

/** Two lines in grey where the chart leaves room for words; longer ones are set smaller. */
export function drawLabel(context: CanvasRenderingContext2D, chart: Chart, said: string): void {
  const { x, y, width, height } = chart.label
  context.fillStyle = `rgb(${GROUND}, ${GROUND}, ${GROUND})`
  context.fillRect(x, y, width, height)
  context.fillStyle = 'rgb(150, 150, 150)'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const [line, words] of [t.label(chart.width, chart.height), said].entries()) {
    context.font = `${Math.round(height * 0.34)}px system-ui, sans-serif`
    context.fillText(words, x + width / 2, y + height * (line === 0 ? 0.28 : 0.74), width)
  }
}

/** A canvas for the chart: opaque, and in the colours that code values are of. */
export const contextOf = (canvas: HTMLCanvasElement): CanvasRenderingContext2D | null =>
  canvas.getContext('2d', { alpha: false, colorSpace: 'srgb' })

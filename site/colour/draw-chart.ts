import { type Box, type Chart, GROUND, isDark, MARK_MODULES, type StripCells } from './chart.ts'
import type { Rgb } from './delta-e.ts'
import { encodeStrip, type Strip } from './strip.ts'

/** What drawing needs of a canvas: `CanvasRenderingContext2D` has it. Every edge is a whole pixel, so nothing is smoothed. */
export interface Ink {
  fillStyle: string | CanvasGradient | CanvasPattern
  fillRect(x: number, y: number, width: number, height: number): void
}

const BLACK: Rgb = [0, 0, 0]
const WHITE: Rgb = [255, 255, 255]
const grey = (level: number): Rgb => [level, level, level]

/** Everything that stays: all but what the strip says. */
export function drawChart(ink: Ink, chart: Chart): void {
  fill(ink, { x: 0, y: 0, width: chart.width, height: chart.height }, grey(GROUND))
  for (const { name, box } of chart.marks) drawMark(ink, name, box)
  for (const { rgb, box } of chart.patches) fill(ink, box, rgb)
  for (const { level, box } of chart.greys) fill(ink, box, grey(level))
  fill(ink, chart.pluge.ground, grey(chart.pluge.level))
  for (const { level, box } of chart.pluge.bars) fill(ink, box, grey(level))
  for (const { lines, upright, box } of chart.wedge) drawLines(ink, box, lines, upright)
}

/** What the strip says, in both its copies: the only thing that changes from picture to picture. */
export function drawStrip(ink: Ink, { strips }: Chart, strip: Strip): void {
  const bits = encodeStrip(strip)
  for (const copy of strips) drawCells(ink, copy, bits)
}

function drawCells(ink: Ink, { box, whites, cells }: StripCells, bits: number[]): void {
  fill(ink, box, BLACK)
  for (const cell of [...whites, ...cells.filter((_, i) => bits[i] === 1)]) fill(ink, cell, WHITE)
}

/** A mark on a light plate one module wider on each side, so that it begins with an edge everywhere. */
function drawMark(ink: Ink, name: Chart['marks'][number]['name'], { x, y, width, height }: Box): void {
  const [across, down] = [width / MARK_MODULES, height / MARK_MODULES]
  const box = (column: number, row: number, columns: number, rows: number): Box => {
    const [left, top] = [Math.round(x + column * across), Math.round(y + row * down)]
    return {
      x: left,
      y: top,
      width: Math.round(x + (column + columns) * across) - left,
      height: Math.round(y + (row + rows) * down) - top,
    }
  }
  fill(ink, box(-1, -1, MARK_MODULES + 2, MARK_MODULES + 2), WHITE)
  for (let i = 0; i < MARK_MODULES ** 2; i += 1) {
    const [column, row] = [i % MARK_MODULES, Math.floor(i / MARK_MODULES)]
    if (isDark(name, column, row)) fill(ink, box(column, row, 1, 1), BLACK)
  }
}

function drawLines(ink: Ink, box: Box, lines: number, upright: boolean): void {
  fill(ink, box, BLACK)
  const length = upright ? box.width : box.height
  for (let at = 0; at < length; at += 2 * lines) {
    const wide = Math.min(lines, length - at)
    fill(
      ink,
      upright ? { ...box, x: box.x + at, width: wide } : { ...box, y: box.y + at, height: wide },
      WHITE,
    )
  }
}

function fill(ink: Ink, { x, y, width, height }: Box, [red, green, blue]: Rgb): void {
  ink.fillStyle = `rgb(${red}, ${green}, ${blue})`
  ink.fillRect(x, y, width, height)
}
